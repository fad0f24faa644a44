import { afterEach, beforeEach, expect, test } from 'vitest';
import { COFFEE, SyncedShop, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { expectAlike } from '#tests/fakes/tills-alike.ts';
import { endPast, rebuildProjections } from '#renderer/data/rebuild.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import { createPastFold } from '#shared/sync/fold-past.ts';

// A till that joins a shop with a long past: cards stand there before their events do (renderer/data/snapshot.ts).

const FAR_AWAY = 100_000;
const grants = [{ program: 'coffee', version: 1, rule: 'visit', units: 1 }];

let shop: SyncedShop;
let one: SyncedTill;
let two: SyncedTill;
let ana: MemberId;
let ben: MemberId;

beforeEach(async () => {
  shop = await SyncedShop.open(2);
  [one, two] = shop.tills as [SyncedTill, SyncedTill];
  await one.append({ type: 'program', data: { program: COFFEE } });
  ana = await join(one, 'Ana');
  ben = await join(one, 'Ben');
  for (const member of [ana, ben, ana]) await visit(one, member);
  const wrong = await visit(one, ana);
  await undo(one, ana, wrong.id);
  await shop.exchange(one);
});
afterEach(() => shop.close());

async function join(till: SyncedTill, name: string): Promise<MemberId> {
  const member = till.ids.memberId();
  await till.append({ type: 'enrolment', data: { by: 'phone', visit: 1, grants } }, member, {
    ...EMPTY_PROFILE,
    name,
  });
  return member;
}
const visit = (till: SyncedTill, member: MemberId) =>
  till.append({ type: 'visit', data: { count: 1, grants } }, member);
const undo = (till: SyncedTill, member: MemberId, target: EventId) =>
  till.append({ type: 'void', data: { target } }, member);
const cardOf = ({ database }: SyncedTill, member: MemberId) => database.cards.get(member);

/** The first events of a past of which much more is said to come, and the documents. */
async function beginToJoin(till: SyncedTill, events = 2): Promise<void> {
  await shop.hello(till);
  await pullSome(till, events);
  await shop.exchangeProfiles(till);
}

async function pullSome(till: SyncedTill, events: number): Promise<void> {
  const page = await shop.readPage((await till.store.marks()).cursor, events);
  till.run = (await till.store.takePage({ ...page, head: FAR_AWAY }, till.run, 0.5)).run;
}

/** As the loop does it, with all that the endpoint has. */
async function takeSnapshot({ store }: SyncedTill): Promise<void> {
  const fold = createPastFold(shop.shop);
  do fold.take((await shop.readPage(0, 1000)).events);
  while (fold.endReading());
  await store.beginSnapshot(fold.shopEvents());
  for (const card of fold.cards()) await store.putSnapshot([card]);
  await store.endSnapshot();
}

test('everybody is served with what they have before their events are here', async () => {
  await beginToJoin(two);
  expect(await two.store.isSnapshotDue()).toBe(true);
  await takeSnapshot(two);
  expect(await two.store.isSnapshotDue()).toBe(false);
  for (const member of [ana, ben]) {
    expect(await cardOf(two, member)).toEqual(await cardOf(one, member));
    expect(await two.database.members.get(member)).toEqual(await one.database.members.get(member));
  }
  expect(await two.database.events.count()).toBe(2);
  await shop.settle();
  expect(await two.store.isSnapshotDue()).toBe(false);
  await expectAlike(shop.tills);
});

test('stamps and what is taken back again stand on the cards meanwhile, and count once afterwards', async () => {
  await beginToJoin(two);
  await takeSnapshot(two);
  const before = await cardOf(two, ana);
  const wrong = await visit(two, ana);
  expect((await cardOf(two, ana))?.visits).toBe((before?.visits ?? 0) + 1);
  await pullSome(two, 2);
  await undo(two, ana, wrong.id);
  expect(await cardOf(two, ana)).toMatchObject({ visits: before?.visits, programs: before?.programs });
  await visit(two, ana);
  await visit(two, ben);
  await visit(two, ben);
  expect((await cardOf(two, ana))?.visits).toBe((before?.visits ?? 0) + 1);
  await shop.settle();
  expect((await cardOf(one, ana))?.visits).toBe((before?.visits ?? 0) + 1);
  await expectAlike(shop.tills);
});

test('what comes meanwhile, page by page or in a file, is on no card twice', async () => {
  await beginToJoin(two);
  await takeSnapshot(two);
  const before = await cardOf(two, ana);
  const { events } = await shop.readPage(2, 1000);
  await two.store.takeFile(events.slice(2).map(({ event }) => event));
  await pullSome(two, 2);
  expect(await cardOf(two, ana)).toEqual(before);
  await visit(one, ana);
  await shop.exchange(one);
  await pullSome(two, 1000);
  expect(await cardOf(two, ana)).toEqual(before);
  await shop.settle();
  expect((await cardOf(two, ana))?.visits).toBe((before?.visits ?? 0) + 1);
  await expectAlike(shop.tills);
});

test('after a start the cards still stand, and what was stamped on them can be taken back', async () => {
  await beginToJoin(two);
  await takeSnapshot(two);
  const stamped = await visit(two, ana);
  const before = await cardOf(two, ana);
  two = await two.restart();
  expect(await cardOf(two, ana)).toEqual(before);
  await undo(two, ana, stamped.id);
  expect((await cardOf(two, ana))?.visits).toBe((before?.visits ?? 0) - 1);
  expect(await two.store.isSnapshotDue()).toBe(false);
});

test('cut off in the middle it is begun anew', async () => {
  await beginToJoin(two, 3);
  const fold = createPastFold(shop.shop);
  do fold.take((await shop.readPage(0, 1000)).events);
  while (fold.endReading());
  await two.store.beginSnapshot(fold.shopEvents());
  await two.store.putSnapshot(fold.cards().slice(0, 1));
  two = await two.restart();
  shop.tills[1] = two;
  // As far as the ledger reaches: that both have joined.
  expect((await two.database.cards.toArray()).map(({ visits }) => visits)).toEqual([1, 1]);
  await shop.hello(two);
  await pullSome(two, 1);
  expect(await two.store.isSnapshotDue()).toBe(true);
  await takeSnapshot(two);
  await shop.settle();
  await expectAlike(shop.tills);
});

test('who was enrolled here keeps the card that is here', async () => {
  await beginToJoin(two);
  const cem = await join(two, 'Cem');
  await takeSnapshot(two);
  const card = await cardOf(two, cem);
  if (card) await two.store.putSnapshot([{ ...card, visits: 99 }]);
  expect(await cardOf(two, cem)).toEqual(card);
  await visit(two, cem);
  const wrong = await visit(two, cem);
  await undo(two, cem, wrong.id);
  expect(await cardOf(two, cem)).toMatchObject({ visits: 2 });
  await shop.settle();
  await expectAlike(shop.tills);
});

test('made anew by hand meanwhile, the cards are what the ledger has, and all of it comes in the end', async () => {
  await beginToJoin(two);
  await takeSnapshot(two);
  await visit(two, ana);
  await rebuildProjections(two.database);
  expect(await two.database.meta.where('key').startsWith('snapshot').count()).toBe(0);
  await shop.settle();
  await expectAlike(shop.tills);
});

test('the rules are those of the end of the past, whatever comes on the way there', async () => {
  const publish = (version: number) =>
    one.append({ type: 'program', data: { program: { ...COFFEE, version, name: `Coffee ${version}` } } });
  await publish(2);
  await visit(one, ana);
  await publish(3);
  await shop.exchange(one);
  await beginToJoin(two);
  await takeSnapshot(two);
  const versions = async () => (await two.database.programs.toArray()).map(({ version }) => version);
  expect(await versions()).toEqual([1, 2, 3]);
  // With the second version in it.
  await pullSome(two, 7);
  expect(await two.database.events.filter(({ type }) => type === 'program').count()).toBe(2);
  expect(await versions()).toEqual([1, 2, 3]);
  await shop.settle();
  await expectAlike(shop.tills);
});

test('who stops syncing on the way has what is here by then, and nothing that waits for more', async () => {
  await beginToJoin(two, 3);
  await takeSnapshot(two);
  await visit(two, ana);
  await endPast(two.database);
  // Both have joined, as far as the ledger knows; the stamp is one of this till.
  expect((await two.database.cards.toArray()).map(({ visits }) => visits).sort()).toEqual([1, 2]);
  const wrong = await visit(two, ben);
  await undo(two, ben, wrong.id);
  expect(await cardOf(two, ben)).toMatchObject({ visits: 1 });
  // Paired again, all of it comes.
  await shop.settle();
  await expectAlike(shop.tills);
});

test('without a past on its way there is nothing to end', async () => {
  await shop.settle();
  const before = await two.database.meta.toArray();
  await endPast(two.database);
  expect(await two.database.meta.toArray()).toEqual(before);
});
