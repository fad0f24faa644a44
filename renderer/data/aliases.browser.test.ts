import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COFFEE, SyncedShop, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { expectAlike, shownBy } from '#tests/fakes/tills-alike.ts';
import { balanceOf } from '#shared/domain/member-state.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import type { Grant } from '#shared/ledger/event.ts';
import type { EventId, MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import { findSameNumber, mergeSameNumber } from './same-number.commands.ts';

/** Merges and forgetting between tills that are not always in touch. */

let shop: SyncedShop;
let one: SyncedTill;
let two: SyncedTill;
beforeEach(async () => {
  shop = await SyncedShop.open(2);
  [one, two] = shop.tills as [SyncedTill, SyncedTill];
  await one.append({ type: 'program', data: { program: COFFEE } });
  await shop.settle();
});
afterEach(() => shop.close());

const PHONE = '+33612345678' as PhoneNumber;
const OTHER_PHONE = '+33698765432' as PhoneNumber;
const coffee = (units: number, rule = 'visit'): Grant => ({ program: 'coffee', version: 1, rule, units });

async function join(till: SyncedTill, name: string, phone: PhoneNumber): Promise<MemberId> {
  const member = till.ids.memberId();
  const data = { by: 'phone' as const, visit: 1, grants: [coffee(2, 'joining'), coffee(1)] };
  await till.append({ type: 'enrolment', data }, member, { ...EMPTY_PROFILE, name, phone });
  return member;
}
const visit = (till: SyncedTill, member: MemberId) =>
  till.append({ type: 'visit', data: { count: 1, grants: [coffee(1)] } }, member);
const merge = (till: SyncedTill, member: MemberId, other: MemberId) =>
  till.append({ type: 'merge', data: { other, by: 'manager', reason: 'one' } }, member);
const unmerge = (till: SyncedTill, member: MemberId, other: MemberId, merges: readonly EventId[]) =>
  till.append({ type: 'unmerge', data: { other, merges: [...merges], reason: 'two' } }, member);
const stampsOf = async (till: SyncedTill, member: MemberId) => {
  const state = await till.database.cards.get(member);
  return state?.programs.reduce((sum, program) => sum + balanceOf(program), 0);
};

async function expectSettled(): Promise<void> {
  await shop.settle();
  await expectAlike(shop.tills);
}

describe('one number, enrolled at two tills that were apart', () => {
  test('becomes one card with one bonus, though both tills say so', async () => {
    const first = await join(one, 'Anna', PHONE);
    const second = await join(two, '', PHONE);
    await shop.settle();
    for (const till of [one, two]) {
      const pairs = await findSameNumber(till.database, [first, second]);
      expect(await mergeSameNumber(till, pairs)).toEqual({ ok: true, value: { merged: 1 } });
    }
    await expectSettled();
    expect(await stampsOf(two, first)).toBe(2 + 1 + 1);
    expect(await two.database.cards.get(second)).toBeUndefined();
    expect(await two.database.events.where('member').anyOf([first, second]).count()).toBe(4);
    expect(await findSameNumber(one.database, [first, second])).toEqual([]);
  });
});

describe('a merge', () => {
  async function both() {
    const first = await join(one, 'Anna', PHONE);
    const second = await join(one, 'Anna B', OTHER_PHONE);
    await shop.settle();
    return { first, second };
  }

  test('that a till has not heard of loses nothing it stamps meanwhile', async () => {
    const { first, second } = await both();
    await merge(one, second, first);
    await visit(two, second);
    await visit(one, first);
    await expectSettled();
    expect(await stampsOf(two, first)).toBe(8);
  });

  test('and its end, in whichever order they come, leave what each one was', async () => {
    const { first, second } = await both();
    const before = await shownBy(two);
    const { id } = await merge(one, second, first);
    await unmerge(one, first, second, [id]);
    await expectSettled();
    expect(await shownBy(two)).toBe(before);
  });

  test('in a chain of three stands under who was first, everywhere', async () => {
    const { first, second } = await both();
    const third = await join(two, '', '+33611112222' as PhoneNumber);
    await shop.settle();
    await merge(one, second, first);
    await merge(two, third, second);
    await expectSettled();
    expect(await one.database.aliases.toArray()).toMatchObject(
      [second, third].sort().map((member) => ({ member, canonical: first })),
    );
    expect(await stampsOf(one, first)).toBe(9);
  });

  test('a document that comes later still finds the one card', async () => {
    const { first, second } = await both();
    await merge(one, second, first);
    await shop.settle();
    const changed = {
      ...EMPTY_PROFILE,
      name: 'Anna B',
      phone: '+33655556666' as PhoneNumber,
      note: 'oat milk',
    };
    const document = await two.database.profiles.get(second);
    const hlc = document?.hlc.replace(/^\d{15}/u, '999999999999999') as never;
    await two.database.profiles.put({ ...changed, member: second, hlc });
    await two.database.unsentProfiles.put({ member: second });
    await shop.settle();
    expect(await one.database.aliases.get(second)).toMatchObject({ phone: '+33655556666' });
    expect(await one.database.members.get(first)).toMatchObject({ name: 'Anna', phone: PHONE });
  });
});

describe('somebody who is forgotten', () => {
  const tracesAt = async ({ database }: SyncedTill) => {
    const text = JSON.stringify(await Promise.all(database.tables.map((table) => table.toArray())));
    return [PHONE, OTHER_PHONE, 'Anna', 'oat milk'].filter((word) => text.includes(word));
  };
  const erase = (till: SyncedTill, member: MemberId, also: readonly MemberId[]) =>
    till.append({ type: 'erasure', data: { reason: 'asked', also: [...also] } }, member, undefined);

  test('is gone at every till and at the endpoint, and what a till wrote meanwhile brings nobody back', async () => {
    const first = await join(one, 'Anna', PHONE);
    const second = await join(one, 'Anna B', OTHER_PHONE);
    await merge(one, second, first);
    await shop.settle();
    expect(await tracesAt(two)).not.toEqual([]);
    // Out of touch, the other till goes on editing and stamping.
    await two.append({ type: 'profile', data: { fields: ['note'] } }, second, {
      ...EMPTY_PROFILE,
      name: 'Anna B',
      phone: OTHER_PHONE,
      note: 'oat milk',
    });
    await visit(two, first);
    await erase(one, first, [second]);
    await shop.settle();
    for (const till of shop.tills) expect(await tracesAt(till)).toEqual([]);
    const { docs } = await shop.endpoint.pullProfiles({ shop: shop.shop, after: 0, limit: 100 });
    expect(JSON.stringify(docs)).not.toContain('Anna');
    expect(await stampsOf(one, first)).toBe(7);
    await expectSettled();
    for (const till of shop.tills) expect(await tracesAt(till)).toEqual([]);
  });
});
