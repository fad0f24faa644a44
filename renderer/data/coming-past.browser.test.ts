import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardOf, join, joiningSteps, openJoiningShop, undo, visit } from '#tests/fakes/joining-shop.ts';
import { COFFEE, type SyncedShop, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { expectAlike } from '#tests/fakes/tills-alike.ts';
import { endPast, rebuildProjections } from '#renderer/data/rebuild.ts';
import { openPageCache } from '#renderer/data/sync/page-cache.ts';
import { appendSlice } from '#renderer/data/bulk-append.ts';
import { nobodyBefore } from '#renderer/data/event-rows.ts';
import { mergeSameNumber } from '#renderer/data/same-number.commands.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import type { MemberId } from '#shared/lib/brand.ts';

// What happens at a till while cards stand there before their events do (renderer/data/coming-past.ts).

let shop: SyncedShop;
let one: SyncedTill;
let two: SyncedTill;
let ana: MemberId;
let ben: MemberId;
const { beginToJoin, pullSome, takeSnapshot } = joiningSteps(() => shop);

/** The cards stand, and hardly any event is here. */
async function joinByCards(): Promise<void> {
  await beginToJoin(two);
  await takeSnapshot(two);
}

beforeEach(async () => {
  ({ shop, one, two, ana, ben } = await openJoiningShop());
});
afterEach(() => shop.close());

test('stamps and what is taken back again stand on the cards meanwhile, and count once afterwards', async () => {
  await joinByCards();
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
  await joinByCards();
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
  await joinByCards();
  const stamped = await visit(two, ana);
  const before = await cardOf(two, ana);
  two = await two.restart();
  expect(await cardOf(two, ana)).toEqual(before);
  await undo(two, ana, stamped.id);
  expect((await cardOf(two, ana))?.visits).toBe((before?.visits ?? 0) - 1);
  expect(await two.store.isSnapshotDue()).toBe(false);
});

test.each([
  ['before the stamp that is taken back', true],
  ['after it', false],
])('a file that comes %s is no part of what this till did', async (_, isBefore) => {
  await joinByCards();
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

test('who is forgotten elsewhere is found by nothing any more, and keeps the card until the end', async () => {
  await joinByCards();
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
  await joinByCards();
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
  await joinByCards();
  await visit(two, ana);
  await rebuildProjections(two.database);
  expect(await two.database.meta.where('key').startsWithAnyOf('unfolded', 'base:').count()).toBe(0);
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

test('unpaired, a till keeps no page of a past, whether it is still coming or not', async () => {
  const page = { serverEpoch: 'epoch-1', after: 0, through: 1, text: 'one event' };
  const cacheOf = () =>
    openPageCache({
      databaseName: two.database.name,
      shop: 'shop',
      onFault: (error) => expect.unreachable(String(error)),
    });
  for (const isComing of [false, true]) {
    if (isComing) await beginToJoin(two);
    await cacheOf().put(page);
    await endPast(two.database);
    expect(await cacheOf().through()).toBe(0);
  }
});

test('a stamp that is taken back where nobody has told of the enrolment empties no document', async () => {
  await joinByCards();
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

test('an import meanwhile can be taken back whole', async () => {
  await joinByCards();
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

test('nobody is merged by their number while what was said of them may be on its way', async () => {
  await joinByCards();
  const pairs = [{ member: ana, other: ben }];
  expect(await mergeSameNumber(two, pairs)).toEqual({ ok: true, value: { merged: 0 } });
  await shop.settle();
  expect(await mergeSameNumber(two, pairs)).toEqual({ ok: true, value: { merged: 1 } });
});
