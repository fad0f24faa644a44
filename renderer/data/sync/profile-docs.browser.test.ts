import { afterEach, beforeEach, expect, test } from 'vitest';
import { SyncedShop, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { EMPTY_PROFILE, type Profile } from '#shared/domain/profile.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Hlc } from '#shared/lib/hlc.ts';

/** Documents where a stamp alone decides nothing, and tills that are gone before they sent theirs. */

let shop: SyncedShop;
let one: SyncedTill;
let two: SyncedTill;
let three: SyncedTill;
beforeEach(async () => {
  shop = await SyncedShop.open(3);
  [one, two, three] = shop.tills as [SyncedTill, SyncedTill, SyncedTill];
});
afterEach(() => shop.close());

async function join(till: SyncedTill, name: string): Promise<MemberId> {
  const member = till.ids.memberId();
  const data = { by: 'phone' as const, visit: 1, grants: [] };
  await till.append({ type: 'enrolment', data }, member, { ...EMPTY_PROFILE, name });
  return member;
}
const forget = (till: SyncedTill, member: MemberId) =>
  till.append({ type: 'erasure', data: { reason: 'asked for it' } }, member);
const erasedAt = async (till: SyncedTill, member: MemberId) => (await till.database.erased.get(member))?.hlc;
const later = (minute: number) => `99999999999999${minute}-00000-till-9` as Hlc;

/** Everything but documents: as if the power went before them. */
async function sendEvents(till: SyncedTill): Promise<void> {
  await shop.hello(till);
  await shop.pull(till);
  while (await shop.push(till));
}

test('under another key all is stamped right behind itself and sent anew, and all is asked for again', async () => {
  const ana = await join(one, 'Ana');
  const bob = await join(two, 'Bob');
  await shop.settle();
  await one.store.useKey('key-1');
  expect(await one.store.unsentProfiles(10)).toEqual([]);
  const stampOf = async (till: SyncedTill, member: MemberId) =>
    (await till.database.profiles.get(member))?.hlc;
  const before = await stampOf(one, ana);
  const { docCursor } = await one.store.marks();
  expect(docCursor).toBe(2);
  // Meanwhile somebody edits one of them elsewhere.
  await two.database.profiles.put({ ...EMPTY_PROFILE, member: bob, name: 'Robert', hlc: later(1) });
  await two.database.unsentProfiles.put({ member: bob });

  await one.store.useKey('key-2');
  expect(await one.store.marks()).toMatchObject({ docCursor: 0 });
  expect((await one.store.unsentProfiles(10)).length).toBe(2);
  await shop.settle();
  const after = await stampOf(one, ana);
  expect(after).toBe(`${before?.slice(0, 15)}-00001-${one.store.till}`);
  const names = shop.tills.map(({ database }) => database.profiles.bulkGet([ana, bob]));
  for (const both of await Promise.all(names))
    expect(both).toMatchObject([
      { name: 'Ana', hlc: after },
      { name: 'Robert', hlc: later(1) },
    ]);

  await one.store.useKey('key-2');
  expect(await one.store.unsentProfiles(10)).toEqual([]);
});

test("a till and its copy wrote two documents with one stamp: both show the endpoint's", async () => {
  const ana = await join(one, 'Ana');
  await shop.settle();
  const before = await one.database.profiles.get(ana);
  const write = async (till: SyncedTill, name: string) => {
    await till.database.profiles.put({ ...(before as Profile), name, hlc: later(1) });
    await till.database.unsentProfiles.put({ member: ana });
  };
  await write(one, 'Anna');
  await write(two, 'Anne');
  await shop.settle();
  const names = shop.tills.map(async ({ database }) => (await database.profiles.get(ana))?.name);
  expect(await Promise.all(names)).toEqual(['Anna', 'Anna', 'Anna']);
  expect(await two.database.members.get(ana)).toMatchObject({ name: 'Anna' });
  expect(await two.store.unsentProfiles(10)).toEqual([]);
});

test('two tills forgot one person: every till has the stamp that the endpoint has', async () => {
  const ana = await join(one, 'Ana');
  await shop.settle();
  await forget(one, ana);
  two.clock.advance(60_000);
  await forget(two, ana);
  await shop.settle();
  const { docs } = await shop.endpoint.pullProfiles({ shop: shop.shop, after: 0, limit: 10 });
  expect(docs).toMatchObject([{ member: ana, erased: true }]);
  for (const till of shop.tills) expect(await erasedAt(till, ana)).toBe(docs[0]?.hlc);
});

test('the till where somebody was forgotten is gone before it said so: whoever heard of it tells the endpoint', async () => {
  const ana = await join(one, 'Ana');
  await shop.settle();
  await forget(one, ana);
  await sendEvents(one);
  shop.tills.shift();
  await shop.settle();
  const { docs } = await shop.endpoint.pullProfiles({ shop: shop.shop, after: 0, limit: 10 });
  expect(docs).toMatchObject([{ member: ana, erased: true }]);
  expect(await three.database.profiles.count()).toBe(0);
  shop.tills.push(one);
});

test('what came in a file is passed on to the endpoint', async () => {
  const ana = await join(one, 'Ana');
  const [waiting] = await one.store.unsentProfiles(10);
  if (waiting?.kind !== 'profile') return expect.fail('the document waits');
  await two.store.takeProfiles({ docs: [{ kind: 'profile', profile: waiting.profile }], docCursor: null });
  expect(await two.store.unsentProfiles(10)).toEqual([waiting]);
  expect((await two.store.marks()).docCursor).toBe(0);
  await shop.exchange(two);
  const { docs } = await shop.endpoint.pullProfiles({ shop: shop.shop, after: 0, limit: 10 });
  expect(docs).toMatchObject([{ member: ana }]);
});

test('an older document does not come back over one that went with its enrolment', async () => {
  const ana = await join(one, 'Ana');
  await shop.settle();
  const older = await two.database.profiles.get(ana);
  const enrolment = await one.database.events.where('member').equals(ana).first();
  await one.append({ type: 'void', data: { target: enrolment?.id ?? '' } }, ana);
  await one.store.takeProfiles({ docs: [{ kind: 'profile', profile: older as Profile }], docCursor: 9 });
  expect(await one.store.unsentProfiles(10)).toMatchObject([{ kind: 'profile', profile: { name: '' } }]);
});

test('rows with nothing to send do not stand before the others', async () => {
  const ana = await join(one, 'Ana');
  const hollow = Array.from({ length: 5 }, (_, index) => ({ member: `!${index}` as MemberId }));
  await one.database.unsentProfiles.bulkPut(hollow);
  expect(await one.store.unsentProfiles(2)).toMatchObject([{ kind: 'profile', profile: { member: ana } }]);
  expect(await one.database.unsentProfiles.count()).toBe(1);
});
