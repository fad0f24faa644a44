import { afterEach, beforeEach, expect, test } from 'vitest';
import { COFFEE, SyncedShop, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import type { Grant } from '#shared/ledger/event.ts';
import type { MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { digestProjections, rebuildProjections } from '../rebuild.ts';
import { verifyChains } from '../verify-chains.ts';

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

const cardOf = (till: SyncedTill, member: MemberId) => till.database.cards.get(member);
const rowOf = (till: SyncedTill, member: MemberId) => till.database.members.get(member);

/** What all tills of a shop must have alike. */
async function shownBy({ database }: SyncedTill): Promise<string> {
  const { cards, members, totals, programs, aliases } = database;
  const tables = [cards, members, totals, programs, aliases];
  return canonicalJson(await Promise.all(tables.map((table) => table.toArray())));
}

async function expectAlike(): Promise<void> {
  const [first = ''] = await Promise.all(shop.tills.map(shownBy));
  for (const till of shop.tills) {
    expect(await shownBy(till)).toBe(first);
    const digest = await digestProjections(till.database);
    await rebuildProjections(till.database);
    expect(await shownBy(till)).toBe(first);
    expect(await digestProjections(till.database)).toBe(digest);
    expect((await verifyChains(till.database)).faults).toEqual([]);
  }
}

test('what one till writes, another one shows: events, cards, days and the name', async () => {
  const ana = await join(one);
  await visit(one, ana, 2);
  await shop.settle();
  expect(await rowOf(two, ana)).toMatchObject({ name: 'Ana', stamps: 3, visits: 2 });
  expect((await two.store.marks()).cursor).toBe(3);
  expect(await two.store.queue(10)).toEqual([]);
  await expectAlike();
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
  await expectAlike();
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
