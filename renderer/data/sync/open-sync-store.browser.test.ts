import { afterEach, beforeEach, expect, test } from 'vitest';
import { COFFEE, SyncedShop, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { expectAlike, shownBy } from '#tests/fakes/tills-alike.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import type { Grant } from '#shared/ledger/event.ts';
import type { MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import { planPush, type Batch } from '#shared/sync/plan-push.ts';
import { eventOf } from '../event-of-row.ts';
import { verifyChains } from '../verify-chains.ts';
import { openSyncStore } from './open-sync-store.ts';

let shop: SyncedShop;
let one: SyncedTill;
let two: SyncedTill;
beforeEach(async () => {
  shop = await SyncedShop.open(2);
  [one, two] = shop.tills as [SyncedTill, SyncedTill];
  await one.append({ type: 'program', data: { program: COFFEE } });
});
afterEach(() => shop.close());

const coffee = (units: number): Grant => ({ program: 'coffee', version: 1, rule: 'visit', units });
const profileOf = (name: string, phone: string | null = null) => ({
  ...EMPTY_PROFILE,
  name,
  phone: phone as PhoneNumber | null,
});

async function join(till: SyncedTill, name = 'Ana', units = 1): Promise<MemberId> {
  const member = till.ids.memberId();
  const data = { by: 'phone' as const, visit: 1, grants: [coffee(units)] };
  await till.append({ type: 'enrolment', data }, member, profileOf(name));
  return member;
}
const visit = (till: SyncedTill, member: MemberId, units = 1) =>
  till.append({ type: 'visit', data: { count: 1, grants: [coffee(units)] } }, member);

async function countPlaced({ database }: SyncedTill): Promise<number> {
  const runs = await database.places.toArray();
  const inRows = await database.events.filter(({ g }) => g !== undefined).count();
  return runs.reduce((sum, { count }) => sum + count, inRows);
}

const cardOf = (till: SyncedTill, member: MemberId) => till.database.cards.get(member);
const rowOf = (till: SyncedTill, member: MemberId) => till.database.members.get(member);

test('what one till writes, another one shows: events, cards, days and the name', async () => {
  const ana = await join(one);
  await visit(one, ana, 2);
  await shop.settle();
  expect(await rowOf(two, ana)).toMatchObject({ name: 'Ana', stamps: 3, visits: 2 });
  expect((await two.store.marks()).cursor).toBe(3);
  expect(await two.store.queue(10)).toEqual([]);
  await expectAlike(shop.tills);
});

test('two tills that stamp one card without knowing of each other agree afterwards', async () => {
  const ana = await join(one, 'Ana', 8);
  await shop.settle();
  const taken = { program: 'coffee', version: 1, reward: COFFEE.rewards[0]?.id ?? '', cost: 10 };
  await visit(one, ana, 2);
  await visit(two, ana, 2);
  await one.append({ type: 'redemption', data: taken }, ana);
  await two.append({ type: 'redemption', data: taken }, ana);
  await shop.exchange(two);
  await shop.settle();
  expect((await cardOf(one, ana))?.exceptions).toHaveLength(1);
  expect(await cardOf(one, ana)).toEqual(await cardOf(two, ana));
  await expectAlike(shop.tills);
});

test('the queue is what is sent: without what only this disk knows', async () => {
  await join(one);
  const [first] = await one.store.queue(1);
  expect(first).toMatchObject({ n: 1, g: null });
  expect(first?.event).not.toHaveProperty('n');
  expect(first?.event).not.toHaveProperty('g');
  await shop.settle();
  await one.database.meta.put({ key: 'sync', value: { ...(await one.store.marks()), uploaded: 0 } });
  expect(await one.store.queue(10)).toEqual([]);
});

test('the same page again changes nothing, and one behind a hole is refused', async () => {
  const ana = await join(one);
  await visit(one, ana);
  await shop.exchange(one);
  await shop.hello(two);
  const page = await shop.readPage(0);
  await two.store.takePage({ ...page, events: page.events.slice(1) }, two.run, 0.5);
  expect(await two.database.events.count()).toBe(0);
  expect((await two.store.marks()).cursor).toBe(0);
  const first = await two.store.takePage(page, two.run, 0.5);
  const shown = await shownBy(two);
  await two.store.takePage(page, first.run, 0.5);
  expect(await shownBy(two)).toBe(shown);
  expect(await two.database.events.count()).toBe(3);
  expect((await two.store.marks()).cursor).toBe(3);
});

test('a page that is cut off leaves nothing of itself, and comes whole the next time', async () => {
  const ana = await join(one);
  await visit(one, ana);
  await shop.exchange(one);
  await shop.hello(two);
  const page = await shop.readPage(0);
  const { put } = IDBObjectStore.prototype;
  let isFailing = true;
  IDBObjectStore.prototype.put = function fail(this: IDBObjectStore, ...args: [unknown]) {
    // The last thing a page writes.
    if (isFailing && this.name === 'meta' && JSON.stringify(args[0]).includes('"key":"places"')) {
      this.transaction.abort();
    }
    return put.apply(this, args);
  };
  try {
    await expect(two.store.takePage(page, two.run, 0.5)).rejects.toBeInstanceOf(DOMException);
  } finally {
    isFailing = false;
    IDBObjectStore.prototype.put = put;
  }
  const { events, cards, members, totals, programs, streams } = two.database;
  for (const table of [events, cards, members, totals, programs, streams]) {
    expect(await table.count()).toBe(0);
  }
  expect((await two.store.marks()).cursor).toBe(0);
  await shop.settle();
  await expectAlike(shop.tills);
});

test('an event whose fields are this store’s own is passed after some patience, and told once', async () => {
  await shop.exchange(one);
  await shop.hello(two);
  const page = await shop.readPage(0);
  const odd = page.events.map(({ g, event }) => ({ g, event: { ...(event as object), n: 1 } }));
  for (let times = 0; times < 5; times += 1) {
    two.run = (await two.store.takePage({ ...page, events: odd }, two.run, 0.5)).run;
  }
  expect(await two.store.marks()).toMatchObject({ cursor: 1, setAside: [{ code: 'damaged', n: null }] });
  expect(await two.database.alarms.toArray()).toMatchObject([{ code: 'set-aside', about: 'place 1' }]);
});

test('what is refused alone counts nowhere until it is offered again', async () => {
  const ana = await join(one, 'Ana', 3);
  await shop.settle();
  const [day] = await one.database.totals.toArray();
  const spoiled = await visit(one, ana, 2);
  const batch = planPush(await one.store.queue(1), one.run, 'batch');
  if (!batch) return expect.fail('nothing to send');
  const rejected = { kind: 'rejected', status: 400, isOurs: true } as const;
  await one.store.takeRejection(batch, rejected, one.run, 0.5);
  expect(await rowOf(one, ana)).toMatchObject({ stamps: 3 });
  expect(await one.database.totals.toArray()).toEqual([day]);
  expect(await one.store.queue(10)).toEqual([]);
  await one.store.offerAgain(spoiled.id);
  expect(await rowOf(one, ana)).toMatchObject({ stamps: 5 });
  await shop.settle();
  expect(await rowOf(two, ana)).toMatchObject({ stamps: 5 });
  await expectAlike(shop.tills);
});

test('what is offered again while another batch is on its way is sent all the same', async () => {
  const ana = await join(one);
  await shop.settle();
  const rejected = { kind: 'rejected', status: 400, isOurs: true } as const;
  const planNow = async () => planPush(await one.store.queue(1), one.run, 'batch') as Batch;
  const refused: string[] = [];
  for (const stamps of [2, 3]) {
    refused.push((await visit(one, ana, stamps)).id);
    await one.store.takeRejection(await planNow(), rejected, one.run, 0.5);
  }
  const [first = '', second = ''] = refused;
  await one.store.offerAgain(second);
  const onItsWay = await planNow();
  await one.store.offerAgain(first);
  await one.store.takeVerdicts(onItsWay, [{ id: second, status: 'ok', g: 9 }], one.run);
  expect((await one.store.queue(10)).map(({ event }) => event.id)).toEqual([first, second]);
  await shop.settle();
  expect(await rowOf(two, ana)).toMatchObject({ stamps: 6 });
  await expectAlike(shop.tills);
});

test('streams that began behind what is moved name where it stands afterwards', async () => {
  const ana = await join(one);
  await shop.settle();
  const taken = await visit(one, ana);
  const written = await one.restart();
  await visit(written, ana);
  const open = await one.restart();
  const batch = planPush(await one.store.queue(10), one.run, 'batch') as Batch;
  const verdicts = batch.items.map(({ event: { id } }) => ({ id, status: 'gap' as const }));
  const conflict = { id: taken.id, status: 'conflict', code: 'position-taken' } as const;
  await one.store.takeVerdicts(batch, [conflict, ...verdicts.slice(1)], one.run);
  expect((await verifyChains(one.database)).faults).toEqual([]);
  await visit(open, ana);
  // This window has not heard of it, and goes on.
  await visit(written, ana);
  await shop.settle();
  await expectAlike(shop.tills);
});

test('verdicts about another batch settle nothing', async () => {
  await join(one);
  const batch = planPush(await one.store.queue(10), one.run, 'batch');
  if (!batch) return expect.fail('nothing to send');
  expect(await one.store.takeVerdicts(batch, [{ id: 'other', status: 'ok' }], one.run)).toBeUndefined();
  expect((await one.store.marks()).uploaded).toBe(0);
});

test('an endpoint restored from a backup is offered everything anew, and nobody loses a stamp', async () => {
  const ana = await join(one);
  await shop.settle();
  const backup = shop.endpoint.backUp();
  await visit(one, ana, 2);
  await visit(two, ana, 3);
  await shop.settle();
  shop.restoreEndpoint(backup);
  await shop.hello(one);
  expect(await countPlaced(one)).toBe(0);
  expect((await one.store.marks()).cursor).toBe(0);
  expect(await one.store.queue(10)).toHaveLength(4);
  for (const till of shop.tills) till.run = { ...till.run, needsHello: true };
  await shop.settle();
  for (const till of shop.tills) expect(await rowOf(till, ana)).toMatchObject({ stamps: 6 });
  expect(await two.database.alarms.toArray()).toMatchObject([{ code: 'endpoint-restored' }]);
  await expectAlike(shop.tills);
});

test('a till that stops while it forgets its places goes on with it at the next start', async () => {
  await join(one);
  await shop.settle();
  await one.database.meta.put({ key: 'forgettingPlaces', value: true });
  const again = await one.restart();
  await again.store.queue(1);
  expect(await countPlaced(one)).toBe(0);
  expect(await one.database.meta.get('forgettingPlaces')).toBeUndefined();
});

test('a tail whose position is taken moves with its ids, and every window goes on in a new stream', async () => {
  const ana = await join(one);
  await shop.settle();
  const stamped = await visit(one, ana);
  const batch = planPush(await one.store.queue(10), one.run, 'batch');
  if (!batch) return expect.fail('nothing to send');
  const conflict = { id: stamped.id, status: 'conflict', code: 'position-taken' } as const;
  await one.store.takeVerdicts(batch, [conflict], one.run);
  const [moved] = await one.store.queue(10);
  expect(moved?.event).toMatchObject({ id: stamped.id, body: stamped.body, seq: 1 });
  expect(moved?.event.stream).not.toBe(stamped.stream);
  const next = await visit(one, ana);
  expect(next).toMatchObject({ seq: 1 });
  expect(await one.database.alarms.toArray()).toMatchObject([{ code: 'fork', about: stamped.stream }]);
  await shop.settle();
  await expectAlike(shop.tills);
});

test('of two definitions of one version the first in the shop’s order holds everywhere', async () => {
  await two.append({ type: 'program', data: { program: { ...COFFEE, name: 'Of the second till' } } });
  const ana = await join(two);
  expect(two.ledger.programs().get('coffee')).toMatchObject([{ name: 'Of the second till' }]);
  await shop.settle();
  expect(await two.database.programs.toArray()).toMatchObject([{ name: COFFEE.name }]);
  await visit(two, ana);
  expect(two.ledger.programs().get('coffee')).toMatchObject([{ name: COFFEE.name }]);
  await shop.settle();
  await expectAlike(shop.tills);
});

test('a void that comes before what it takes back still takes it back, on its own day', async () => {
  const ana = await join(one);
  await shop.settle();
  const mistake = await visit(one, ana, 4);
  one.clock.advance(26 * 60 * 60 * 1000);
  await one.append({ type: 'void', data: { target: mistake.id } }, ana);
  const rows = await one.database.events.where('member').equals(ana).toArray();
  const [first, second] = rows.slice(-2).map(eventOf);
  await two.store.takeFile([second]);
  expect(await rowOf(two, ana)).toMatchObject({ stamps: 1 });
  await two.store.takeFile([first]);
  expect(await rowOf(two, ana)).toMatchObject({ stamps: 1 });
  const [, later] = await two.database.totals.toArray();
  expect(later).toMatchObject({ voids: 1, undone: { visits: 1, programs: [{ given: 4 }] } });
  await shop.settle();
  await expectAlike(shop.tills);
});

test('two voids of one event count it once, whichever till pressed first', async () => {
  const ana = await join(one);
  const mistake = await visit(one, ana, 4);
  await shop.settle();
  for (const till of [two, one]) {
    till.clock.advance(26 * 60 * 60 * 1000);
    await till.append({ type: 'void', data: { target: mistake.id } }, ana);
  }
  one.clock.advance(26 * 60 * 60 * 1000);
  await shop.exchange(two);
  await shop.settle();
  const undone = (await one.database.totals.toArray()).reduce((sum, day) => sum + day.undone.visits, 0);
  expect(undone).toBe(1);
  await expectAlike(shop.tills);
});

test('a sync file: new events count at once, known ones once, and changed ones not at all', async () => {
  const ana = await join(one);
  await visit(one, ana);
  const events = (await one.database.events.toArray()).map(eventOf);
  const [, , last] = events;
  const changed = { ...last, data: { count: 9, grants: [coffee(99)] } };
  const foreign = { ...last, shop: 'another' };
  expect(await two.store.takeFile([...events.slice(0, 2), changed, foreign])).toEqual({
    added: 2,
    known: 0,
    refused: 2,
  });
  expect(await two.store.takeFile(events)).toEqual({ added: 1, known: 2, refused: 0 });
  expect(await rowOf(two, ana)).toMatchObject({ stamps: 2 });
  expect(await two.store.queue(10)).toHaveLength(3);
  await shop.exchange(two);
  await shop.settle();
  await expectAlike(shop.tills);
});

test('of two sync files of one till the later one was taken first: everything is sent all the same', async () => {
  const ana = await join(one);
  await visit(one, ana);
  const events = (await one.database.events.toArray()).map(eventOf);
  await two.store.takeFile(events.slice(1));
  await two.store.takeFile(events.slice(0, 1));
  await shop.exchange(two);
  expect(await shop.endpoint.heads(shop.shop)).toMatchObject({ head: events.length });
  await shop.settle();
  expect(await rowOf(two, ana)).toMatchObject({ stamps: 2 });
  await expectAlike(shop.tills);
});

test('documents: the later one wins, the erased never come back, and one waits for its member', async () => {
  const ana = await join(one, 'Ana');
  await one.append({ type: 'profile', data: { fields: ['name'] } }, ana, profileOf('Ana Lima'));
  const [waiting] = await one.store.unsentProfiles(10);
  if (waiting?.kind !== 'profile') return expect.fail('the document waits');
  const { profile } = waiting;
  const older = { ...profile, hlc: '000000000000001-00000-till-9' as Hlc, name: 'Older' };
  await two.store.takeProfiles({ docs: [{ kind: 'profile', profile }], docCursor: 1 });
  await two.store.takeProfiles({ docs: [{ kind: 'profile', profile: older }], docCursor: 2 });
  expect((await two.store.marks()).docCursor).toBe(2);
  await shop.exchange(one);
  await shop.hello(two);
  await shop.pull(two);
  expect(await rowOf(two, ana)).toMatchObject({ name: 'Ana Lima' });
  const hlc = '999999999999999-00000-till-9' as Hlc;
  await two.store.takeProfiles({ docs: [{ kind: 'erased', member: ana, hlc }], docCursor: 3 });
  await two.store.takeProfiles({ docs: [{ kind: 'profile', profile }], docCursor: 4 });
  expect(await rowOf(two, ana)).toMatchObject({ name: '', nameKeys: [] });
  expect(await two.database.profiles.count()).toBe(0);
});

test('a document that was edited while it was sent goes on waiting', async () => {
  const ana = await join(one, 'Ana');
  const [sent] = await one.store.unsentProfiles(10);
  if (sent?.kind !== 'profile') return expect.fail('the document waits');
  await one.append({ type: 'profile', data: { fields: ['name'] } }, ana, profileOf('Ana Lima'));
  await one.store.profilesSent([sent.profile]);
  const [later] = await one.store.unsentProfiles(10);
  expect(later).toMatchObject({ kind: 'profile', profile: { name: 'Ana Lima' } });
  if (later?.kind !== 'profile') return undefined;
  await one.store.profilesSent([later.profile]);
  expect(await one.store.unsentProfiles(10)).toEqual([]);
  await one.store.queueAllProfiles();
  expect(await one.store.unsentProfiles(10)).toHaveLength(1);
});

test('an enrolment that was taken back takes its name with it, also from the other tills', async () => {
  const gone = await join(one, 'Mistyped');
  await shop.settle();
  const enrolment = await one.database.events.where('member').equals(gone).first();
  await one.append({ type: 'void', data: { target: enrolment?.id ?? '' } }, gone);
  await shop.settle();
  for (const till of shop.tills) {
    expect(await rowOf(till, gone)).toBeUndefined();
    expect((await till.database.profiles.get(gone))?.name ?? '').toBe('');
  }
  await expectAlike(shop.tills);
});

test('without room nothing is begun', async () => {
  await shop.exchange(one);
  await shop.hello(two);
  const page = await shop.readPage(0);
  const { database, clock } = two;
  const identity = { shop: shop.shop, till: two.store.till as never };
  const guard = { ensure: async () => false, trip: () => undefined, warm: () => undefined };
  const store = openSyncStore({ database, identity, clock, guard });
  await expect(store.takePage(page, two.run, 0.5)).rejects.toMatchObject({ name: 'QuotaExceededError' });
  expect(await database.events.count()).toBe(0);
});
