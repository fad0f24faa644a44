import { afterEach, beforeEach, expect, test } from 'vitest';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import { SyncedShop, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { nativeOf } from '../native.ts';
import { listUnsentMembers } from './all-profiles.ts';

/** More documents than get their rows at once. */
const MANY = 2500;
const stamp = '000000000000001-00000-till-1' as Hlc;

let shop: SyncedShop;
let one: SyncedTill;
beforeEach(async () => {
  shop = await SyncedShop.open(1);
  [one] = shop.tills as [SyncedTill];
  const profile = () => ({ ...EMPTY_PROFILE, member: one.ids.memberId(), hlc: stamp });
  await one.database.profiles.bulkPut(Array.from({ length: MANY }, profile));
  await one.database.erased.put({ member: one.ids.memberId(), hlc: stamp });
});
afterEach(() => shop.close());

test('all documents wait at once, whoever has a row already counts once, and each is handed out once', async () => {
  const some = (await one.database.profiles.limit(3).primaryKeys()) as MemberId[];
  await one.database.unsentProfiles.bulkPut(some.map((member) => ({ member })));
  expect(await one.store.countUnsentProfiles()).toBe(3);
  await one.store.queueAllProfiles();
  expect(await one.store.countUnsentProfiles()).toBe(MANY + 1);

  expect(await one.store.unsentProfiles(10)).toHaveLength(10);
  expect(await one.store.countUnsentProfiles()).toBe(MANY + 1);
  const native = nativeOf(one.database).transaction(['unsentProfiles', 'profiles', 'erased', 'meta']);
  expect(await listUnsentMembers(native)).toHaveLength(MANY + 1);

  const handed: string[] = [];
  for (;;) {
    const waiting = await one.store.unsentProfiles(1000);
    if (waiting.length === 0) break;
    const sent = waiting.map((each) =>
      each.kind === 'erased' ? { member: each.member, hlc: each.hlc } : each.profile,
    );
    handed.push(...sent.map(({ member }) => member));
    await one.store.profilesSent(sent);
  }
  expect(handed).toHaveLength(MANY + 1);
  expect(new Set(handed).size).toBe(MANY + 1);
  expect(await one.store.countUnsentProfiles()).toBe(0);
});

test('asked for again in the middle, all of them wait again', async () => {
  await one.store.queueAllProfiles();
  const first = await one.store.unsentProfiles(100);
  await one.store.profilesSent(first.flatMap((each) => (each.kind === 'profile' ? [each.profile] : [])));
  expect(await one.store.countUnsentProfiles()).toBe(MANY + 1 - 100);
  await one.store.queueAllProfiles();
  expect(await one.store.countUnsentProfiles()).toBe(MANY + 1);
  expect(await one.store.unsentProfiles(MANY * 2)).toHaveLength(MANY + 1);
});
