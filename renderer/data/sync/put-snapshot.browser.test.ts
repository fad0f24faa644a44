import { afterEach, beforeEach, expect, test } from 'vitest';
import { COFFEE, SyncedShop, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { expectAlike } from '#tests/fakes/tills-alike.ts';
import { appendSlice } from '#renderer/data/bulk-append.ts';
import { dropSnapshot } from '#renderer/data/coming-past.ts';
import { nobodyBefore } from '#renderer/data/event-rows.ts';
import { mergeSameNumber } from '#renderer/data/same-number.commands.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { endPast, rebuildProjections } from '#renderer/data/rebuild.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import { createPastFold } from '#shared/sync/fold-past.ts';

// A till that joins a shop with a long past: cards stand there before their events do (renderer/data/coming-past.ts).

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

/** @param left what is said to come behind them */
async function pullSome(till: SyncedTill, events: number, left = FAR_AWAY): Promise<void> {
  const page = await shop.readPage((await till.store.marks()).cursor, events);
  const head = (page.events.at(-1)?.g ?? 0) + left;
  till.run = (await till.store.takePage({ ...page, head }, till.run, 0.5)).run;
}

/** All that the endpoint has, read as the loop reads it. */
async function readPast() {
  const fold = createPastFold(shop.shop);
  const { events, head } = await shop.readPage(0, 1000);
  do fold.take(events);
  while (fold.endReading());
  return { shopEvents: fold.shopEvents(), cards: fold.cards(), upTo: head };
}

async function takeSnapshot({ store }: SyncedTill, id = 'snapshot'): Promise<void> {
  const { shopEvents, cards, upTo } = await readPast();
  expect(await store.beginSnapshot({ id, upTo, shopEvents })).toBe(true);
  for (const [index, card] of cards.entries()) {
    expect(await store.putSnapshot({ id, cards: [card], isLast: index === cards.length - 1 })).toBe(true);
  }
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
  const { shopEvents, cards, upTo } = await readPast();
  await two.store.beginSnapshot({ id: 'first', upTo, shopEvents });
  await two.store.putSnapshot({ id: 'first', cards: cards.slice(0, 1), isLast: false });
  two = await two.restart();
  shop.tills[1] = two;
  await visit(two, ana);
  expect(await two.store.isSnapshotDue()).toBe(true);
  await takeSnapshot(two, 'second');
  const visits = ((await cardOf(one, ana))?.visits ?? 0) + 1;
  expect((await cardOf(two, ana))?.visits).toBe(visits);
  expect(await cardOf(two, ben)).toEqual(await cardOf(one, ben));
  // The one that was cut off says nothing any more.
  expect(await two.store.putSnapshot({ id: 'first', cards, isLast: true })).toBe(false);
  expect((await cardOf(two, ana))?.visits).toBe(visits);
  await shop.settle();
  await expectAlike(shop.tills);
});

test('what was made from a part of the past makes way for it', async () => {
  await beginToJoin(two, 5);
  await rebuildProjections(two.database);
  expect((await cardOf(two, ana))?.visits).toBeLessThan((await cardOf(one, ana))?.visits ?? 0);
  await two.database.events.where('n').above(3).delete();
  const stamped = await visit(two, ben);
  await pullSome(two, 0);
  await takeSnapshot(two);
  expect(await cardOf(two, ana)).toEqual(await cardOf(one, ana));
  expect((await cardOf(two, ben))?.visits).toBe(((await cardOf(one, ben))?.visits ?? 0) + 1);
  await undo(two, ben, stamped.id);
  expect((await cardOf(two, ben))?.visits).toBe((await cardOf(one, ben))?.visits);
});

test('another window that makes everything anew ends it', async () => {
  await beginToJoin(two);
  const { shopEvents, cards, upTo } = await readPast();
  await two.store.beginSnapshot({ id: 'first', upTo, shopEvents });
  await rebuildProjections(two.database);
  const before = await two.database.cards.toArray();
  expect(await two.store.putSnapshot({ id: 'first', cards, isLast: true })).toBe(false);
  expect(await two.store.beginSnapshot({ id: 'second', upTo, shopEvents })).toBe(false);
  expect(await two.database.cards.toArray()).toEqual(before);
  expect(await two.database.meta.get('unfolded')).toBeUndefined();
});

test('cards never fall back: they stand until all that they have counted is here', async () => {
  await beginToJoin(two);
  await takeSnapshot(two);
  const before = await cardOf(two, ana);
  await pullSome(two, 2, 3);
  expect(await cardOf(two, ana)).toEqual(before);
  expect(await two.database.members.count()).toBe(2);
  await pullSome(two, 1000, 3);
  expect(await two.database.meta.get('unfolded')).toBeUndefined();
  expect(await cardOf(two, ana)).toEqual(before);
});

test.each([
  ['before the stamp that is taken back', true],
  ['after it', false],
])('a file that comes %s is no part of what this till did', async (_, isBefore) => {
  await beginToJoin(two);
  await takeSnapshot(two);
  const before = await cardOf(two, ana);
  const { events } = await shop.readPage(0, 1000);
  const takeFile = () => two.store.takeFile(events.map(({ event }) => event));
  if (isBefore) await takeFile();
  const wrong = await visit(two, ana);
  if (!isBefore) await takeFile();
  await undo(two, ana, wrong.id);
  expect(await cardOf(two, ana)).toMatchObject({ visits: before?.visits, programs: before?.programs });
  await shop.settle();
  await expectAlike(shop.tills);
});

test('who was enrolled here before it can be stamped, and that taken back', async () => {
  await beginToJoin(two);
  const cem = await join(two, 'Cem');
  const wrong = await visit(two, cem);
  await takeSnapshot(two);
  await undo(two, cem, wrong.id);
  expect(await cardOf(two, cem)).toMatchObject({ visits: 1 });
  const joined = await two.database.events.where('member').equals(cem).first();
  if (joined) await undo(two, cem, joined.id);
  expect(await cardOf(two, cem)).toBeUndefined();
});

test('a card that is not put yet is one of this till alone', async () => {
  await beginToJoin(two);
  const cem = await join(two, 'Cem');
  const wrong = await visit(two, cem);
  const { shopEvents, cards, upTo } = await readPast();
  await two.store.beginSnapshot({ id: 'snapshot', upTo, shopEvents });
  await undo(two, cem, wrong.id);
  expect(await cardOf(two, cem)).toMatchObject({ visits: 1 });
  expect(await two.store.putSnapshot({ id: 'snapshot', cards, isLast: true })).toBe(true);
  expect(await cardOf(two, cem)).toMatchObject({ visits: 1 });
});

test('when all is here, and only waits to be made anew, no snapshot begins', async () => {
  await beginToJoin(two);
  await dropSnapshot(two.database);
  expect(await two.store.isSnapshotDue()).toBe(false);
  const { shopEvents, upTo } = await readPast();
  expect(await two.store.beginSnapshot({ id: 'late', upTo, shopEvents })).toBe(false);
  two = await two.restart();
  expect(await two.database.meta.get('unfolded')).toBeUndefined();
});

test('who is forgotten elsewhere is found by nothing any more, and keeps the card until the end', async () => {
  await beginToJoin(two);
  await takeSnapshot(two);
  const before = await cardOf(two, ana);
  await two.append({ type: 'erasure', data: { reason: 'asked' } }, ana);
  expect(await cardOf(two, ana)).toEqual(before);
  expect(await two.database.members.get(ana)).toMatchObject({ name: '', nameKeys: [] });
  expect(await two.database.profiles.get(ana)).toBeUndefined();
  await one.append({ type: 'erasure', data: { reason: 'asked' } }, ben);
  await shop.exchange(one);
  const card = await cardOf(two, ben);
  await pullSome(two, 1000);
  expect(await two.database.members.get(ben)).toMatchObject({ name: '', nameKeys: [] });
  expect(await cardOf(two, ben)).toEqual(card);
  await shop.settle();
  await expectAlike(shop.tills);
});

test('a reward that was given here meanwhile, and elsewhere too, is told here', async () => {
  for (let times = 0; times < 8; times += 1) await visit(one, ana);
  await shop.exchange(one);
  await beginToJoin(two);
  await takeSnapshot(two);
  const data = { program: 'coffee', version: 1, reward: COFFEE.rewards[0]?.id ?? '', cost: 10 };
  await two.append({ type: 'redemption', data }, ana);
  await one.append({ type: 'redemption', data }, ana);
  await shop.exchange(one);
  await shop.settle();
  expect((await cardOf(two, ana))?.exceptions).toHaveLength(1);
  expect(await two.database.alarms.filter(({ code }) => code === 'excess-redemption').count()).toBe(1);
  await expectAlike(shop.tills);
});

test('who was enrolled here keeps the card that is here', async () => {
  await beginToJoin(two);
  const cem = await join(two, 'Cem');
  await takeSnapshot(two);
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
  expect(await two.database.meta.where('key').startsWithAnyOf('unfolded', 'base:').count()).toBe(0);
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
  expect(await cardOf(two, ana)).toMatchObject({ visits: 2 });
  expect(await cardOf(two, ben)).toMatchObject({ visits: 1 });
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

/** Pulled so far that this till is far behind. */
async function fallBehind(till: SyncedTill): Promise<void> {
  const { cursor } = await till.store.marks();
  const page = await shop.readPage(cursor, 1);
  till.run = (await till.store.takePage({ ...page, head: FAR_AWAY }, till.run, 0.5)).run;
}

test('a stamp that is taken back where nobody has told of the enrolment empties no document', async () => {
  await beginToJoin(two);
  await takeSnapshot(two);
  const wrong = await visit(two, ben);
  await endPast(two.database);
  await undo(two, ben, wrong.id);
  expect(await cardOf(two, ben)).toBeUndefined();
  expect(await two.database.profiles.get(ben)).toMatchObject({ name: 'Ben' });
  expect(await two.database.unsentProfiles.get(ben)).toBeUndefined();
  await shop.settle();
  expect(await one.database.profiles.get(ben)).toMatchObject({ name: 'Ben' });
  await expectAlike(shop.tills);
});

test('while one snapshot follows another, the cards of the first still stand', async () => {
  await beginToJoin(two);
  await takeSnapshot(two, 'first');
  const wrong = await visit(two, ben);
  const { shopEvents, upTo } = await readPast();
  await two.store.beginSnapshot({ id: 'second', upTo, shopEvents });
  await undo(two, ben, wrong.id);
  const visits = (await cardOf(one, ben))?.visits;
  expect(await cardOf(two, ben)).toMatchObject({ visits });
  await takeSnapshot(two, 'third');
  expect(await cardOf(two, ben)).toMatchObject({ visits });
  await shop.settle();
  await expectAlike(shop.tills);
});

test('a card of this till’s own past stays where the snapshot has none', async () => {
  const cem = await join(two, 'Cem');
  await shop.settle();
  await one.append({ type: 'merge', data: { other: ben, by: 'manager', reason: 'one' } }, cem);
  await shop.exchange(one);
  const wrong = await visit(two, cem);
  await two.store.takePage({ ...(await shop.readPage(9, 0)), head: FAR_AWAY }, two.run, 0.5);
  expect(await two.store.isSnapshotDue()).toBe(true);
  await takeSnapshot(two);
  expect(await cardOf(two, cem)).toMatchObject({ visits: 2 });
  await undo(two, cem, wrong.id);
  expect(await cardOf(two, cem)).toMatchObject({ visits: 1 });
});

test('an endpoint that has lost what a snapshot has counted ends it all the same', async () => {
  await beginToJoin(two);
  const { shopEvents, cards } = await readPast();
  await two.store.beginSnapshot({ id: 'snapshot', upTo: 10_000, shopEvents });
  await two.store.putSnapshot({ id: 'snapshot', cards, isLast: true });
  await shop.settle();
  expect(await two.database.meta.get('unfolded')).toBeUndefined();
  await expectAlike(shop.tills);
});

test('an import meanwhile can be taken back whole', async () => {
  await beginToJoin(two);
  await takeSnapshot(two);
  const [member, id] = [two.ids.memberId(), two.ids.eventId()];
  const data = { by: 'import' as const, visit: 0, grants: [] };
  const draft = { id, member, staff: UNASSIGNED_STAFF, type: 'enrolment' as const, data };
  const profile = { ...EMPTY_PROFILE, name: 'From a list' };
  await two.ledger.withStream(async (stream) => {
    const items = [{ member, before: nobodyBefore(member), profile, draft }];
    await (
      await appendSlice(two.database, stream, async () => ({ items }))
    ).committed;
  });
  expect(await two.database.members.get(member)).toMatchObject({ name: 'From a list' });
  await undo(two, member, id);
  expect(await cardOf(two, member)).toBeUndefined();
  expect(await two.database.profiles.get(member)).toBeUndefined();
  await shop.settle();
  await expectAlike(shop.tills);
});

test('what the endpoint has acknowledged is in the past that was read', async () => {
  await shop.settle();
  await visit(one, ana);
  await shop.exchange(one);
  await visit(two, ben);
  await shop.push(two);
  const before = await cardOf(two, ben);
  await fallBehind(two);
  await takeSnapshot(two);
  expect(await cardOf(two, ben)).toEqual(before);
});

test('nobody is merged by their number while what was said of them may be on its way', async () => {
  await beginToJoin(two);
  await takeSnapshot(two);
  const pairs = [{ member: ana, other: ben }];
  expect(await mergeSameNumber(two, pairs)).toEqual({ ok: true, value: { merged: 0 } });
  await shop.settle();
  expect(await mergeSameNumber(two, pairs)).toEqual({ ok: true, value: { merged: 1 } });
});

test('a later snapshot knows more than what an earlier one had kept', async () => {
  await beginToJoin(two);
  await takeSnapshot(two, 'first');
  await visit(two, ben);
  await shop.push(two);
  await visit(one, ben);
  await shop.exchange(one);
  await takeSnapshot(two, 'second');
  const before = await cardOf(two, ben);
  expect(before?.visits).toBe((await cardOf(one, ben))?.visits);
  const wrong = await visit(two, ben);
  await undo(two, ben, wrong.id);
  expect(await cardOf(two, ben)).toMatchObject({ visits: before?.visits });
});
