import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardOf, join, joiningSteps, openJoiningShop, undo, visit } from '#tests/fakes/joining-shop.ts';
import { COFFEE, type SyncedShop, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { expectAlike } from '#tests/fakes/tills-alike.ts';
import { endPast, rebuildProjections } from '#renderer/data/rebuild.ts';
import { dropSnapshot } from '#renderer/data/coming-past.ts';
import type { MemberId } from '#shared/lib/brand.ts';

// Cards of a past that is not here are put, follow each other and make way (renderer/data/sync/put-snapshot.ts).

let shop: SyncedShop;
let one: SyncedTill;
let two: SyncedTill;
let ana: MemberId;
let ben: MemberId;
const { beginToJoin, pullSome, readPast, takeSnapshot } = joiningSteps(() => shop);

beforeEach(async () => {
  ({ shop, one, two, ana, ben } = await openJoiningShop());
});
afterEach(() => shop.close());

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

test('without a past on its way there is nothing to end', async () => {
  await shop.settle();
  const before = await two.database.meta.toArray();
  await endPast(two.database);
  expect(await two.database.meta.toArray()).toEqual(before);
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
  await two.store.takePage({ ...(await shop.readPage(9, 0)), head: 100_000 }, two.run, 0.5);
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

test('what the endpoint has acknowledged is in the past that was read', async () => {
  await shop.settle();
  await visit(one, ana);
  await shop.exchange(one);
  await visit(two, ben);
  await shop.push(two);
  const before = await cardOf(two, ben);
  await pullSome(two, 1);
  await takeSnapshot(two);
  expect(await cardOf(two, ben)).toEqual(before);
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
