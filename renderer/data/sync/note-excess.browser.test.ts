import { afterEach, beforeEach, expect, test } from 'vitest';
import { COFFEE, SyncedShop, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import type { Grant } from '#shared/ledger/event.ts';
import { countUnseenAlarms, listUnseenAlarms, markAlarmsSeen } from '../alarms.ts';

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
const TAKEN = { program: 'coffee', version: 1, reward: COFFEE.rewards[0]?.id ?? '', cost: 10 };

/** One full card, and a reward for it at each till before they meet. */
async function giveTwice() {
  const ana = one.ids.memberId();
  const data = { by: 'phone' as const, visit: 1, grants: [coffee(10)] };
  await one.append({ type: 'enrolment', data }, ana, { ...EMPTY_PROFILE, name: 'Ana' });
  await shop.settle();
  const first = await one.append({ type: 'redemption', data: TAKEN }, ana);
  const second = await two.append({ type: 'redemption', data: TAKEN }, ana);
  for (const { database } of shop.tills) expect(await countUnseenAlarms(database)).toBe(0);
  return { ana, first, second };
}

test('a reward that two tills gave is on the list of both when they have met, by its moment, until it is seen', async () => {
  const { ana, second } = await giveTwice();
  await shop.settle();
  const alarm = {
    code: 'excess-redemption',
    about: second.id,
    at: second.wall,
    member: { id: ana, name: 'Ana' },
  };
  for (const { database } of shop.tills) {
    expect(await listUnseenAlarms(database, 10)).toMatchObject({ total: 1, alarms: [alarm] });
  }
  const { alarms } = await listUnseenAlarms(one.database, 10);
  await markAlarmsSeen(
    one.database,
    alarms.map(({ id }) => id),
  );
  await two.append({ type: 'visit', data: { count: 1, grants: [coffee(1)] } }, ana);
  await shop.settle();
  expect(await countUnseenAlarms(one.database)).toBe(0);
  expect(await countUnseenAlarms(two.database)).toBe(1);
});

test('one that was taken back is nobody’s concern any more', async () => {
  const { ana, second } = await giveTwice();
  await shop.settle();
  await two.append({ type: 'void', data: { target: second.id } }, ana);
  await shop.settle();
  for (const { database } of shop.tills) expect(await countUnseenAlarms(database)).toBe(0);
});
