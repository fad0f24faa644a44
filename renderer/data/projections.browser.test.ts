import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF, type EventDraft, type Grant } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';
import { digestProjections, rebuildProjections } from './rebuild.ts';
import { hasReward } from './row-rewards.ts';

let store: TestStore;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.database.delete());

type Content = {
  [Type in EventDraft['type']]: Pick<EventDraft & { type: Type }, 'type' | 'data'>;
}[EventDraft['type']];

async function append(content: Content, member?: MemberId): Promise<void> {
  const id = store.ids.eventId();
  const draft = { id, staff: UNASSIGNED_STAFF, ...content, ...(member ? { member } : {}) } as EventDraft;
  const done = await store.ledger.append<never>({
    id,
    ...(member ? { member } : {}),
    decide: () => ok({ draft }),
  });
  if (!done.ok) throw new Error(done.error.code);
}

const club = (version: number, at: number): ProgramDefinition => ({
  id: 'club',
  version,
  name: 'Club',
  unit: { kind: 'points', icon: 'star' },
  earn: [{ kind: 'visit', id: 'visit', units: 5 }],
  headStart: 0,
  rewards: [{ kind: 'free-item', id: 'cake', at, name: 'Cake' }],
  limits: { perVisit: null, perDay: null, minutesBetween: null },
  expiry: { kind: 'none' },
});
const publish = (program: ProgramDefinition) => append({ type: 'program', data: { program } });

async function join(grants: Grant[]): Promise<MemberId> {
  const member = store.ids.memberId();
  await append({ type: 'enrolment', data: { by: 'phone', visit: 1, grants } }, member);
  return member;
}
const coffee = (units: number): Grant => ({ program: 'coffee', version: 1, rule: 'visit', units });
const points = (units: number): Grant => ({ program: 'club', version: 1, rule: 'visit', units });

const rowOf = async (member: MemberId) =>
  (await store.database.members.get(member)) ?? expect.fail('no such member');

test('a row keeps stamps and points apart, and points by program', async () => {
  await publish(club(1, 50));
  await publish({ ...club(1, 50), id: 'brunch' });
  const member = await join([coffee(12), points(40), { ...points(7), program: 'brunch' }]);
  expect(await rowOf(member)).toMatchObject({
    stamps: 12,
    points: [
      { program: 'brunch', units: 7 },
      { program: 'club', units: 40 },
    ],
    ready: 1,
  });
});

test('a later version makes no row stale: what points can buy is asked when it is shown', async () => {
  await publish(club(1, 50));
  const rich = await join([points(60)]);
  const near = await join([points(40)]);
  const ready = await join([coffee(10)]);
  const whoHasSomething = async () => {
    const programs = store.ledger.programs();
    const rows = await Promise.all([rich, near, ready].map(rowOf));
    return rows.map((row) => hasReward(row, programs));
  };
  expect(await whoHasSomething()).toEqual([true, false, true]);
  const before = await store.database.members.toArray();
  await publish(club(2, 30));
  expect(await store.database.members.toArray()).toEqual(before);
  expect(await whoHasSomething()).toEqual([true, true, true]);
  const digest = await digestProjections(store.database);
  await rebuildProjections(store.database);
  expect(await digestProjections(store.database)).toBe(digest);
});

test('what names rules that nobody here holds is folded anew when they come', async () => {
  await publish(club(1, 50));
  const member = await join([points(60)]);
  const taken = { program: 'club', version: 2, reward: 'cake', cost: 30 };
  await append({ type: 'redemption', data: taken }, member);
  expect(await rowOf(member)).toMatchObject({ points: [{ program: 'club', units: 60 }] });
  await publish(club(2, 30));
  expect(await store.database.meta.get('projectionVersion')).toBeUndefined();
  await rebuildProjections(store.database);
  expect(await rowOf(member)).toMatchObject({ points: [{ program: 'club', units: 30 }] });
});
