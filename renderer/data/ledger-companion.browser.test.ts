import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import { UNASSIGNED_STAFF, type Grant } from '#shared/ledger/event.ts';
import { InvariantError } from '#shared/lib/assert.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import { err, ok } from '#shared/lib/result.ts';
import { findLastAction } from './last-action.ts';
import { openLedger } from './ledger.ts';
import type { CommitReads, CommitView, Ledger } from './ledger-port.ts';
import { digestProjections, rebuildProjections } from './rebuild.ts';
import type { TillIdentity } from './rows.ts';
import { ensureTillIdentity } from './till-identity.ts';
import { undoRequest } from './undo-request.ts';
import { verifyChains } from './verify-chains.ts';

/** A friend's first visit, and the event that rewards whoever brought them: one commit, both or neither. */

let store: TestStore;
let identity: TillIdentity;
let referrer: MemberId;
let friend: MemberId;

beforeEach(async () => {
  store = await openTestStore();
  identity = await ensureTillIdentity(store.database, store.ids);
  referrer = await join();
  friend = await join(referrer);
});
afterEach(() => store.database.delete());

const staff = UNASSIGNED_STAFF;
const stamps = (units: number): Grant[] => [{ program: 'coffee', version: 1, rule: 'visit', units }];

/** A member without a visit. */
async function join(referredBy?: MemberId): Promise<MemberId> {
  const { ids, ledger } = store;
  const [id, member] = [ids.eventId(), ids.memberId()];
  const data = { by: 'card' as const, visit: 0, grants: [], ...(referredBy ? { referredBy } : {}) };
  const joined = await ledger.append<never>({
    id,
    member,
    decide: () => ok({ draft: { id, member, staff, type: 'enrolment', data } }),
  });
  if (!joined.ok) throw new Error('not joined');
  return member;
}

interface Visit {
  readonly id: EventId;
  readonly companionId: EventId;
}

const newVisit = (): Visit => ({ id: store.ids.eventId(), companionId: store.ids.eventId() });

/** As the counter decides it: rewards the referrer once, at the first visit. */
function visit(ledger: Ledger, { id, companionId }: Visit, member = friend) {
  return ledger.append<never>({
    id,
    member,
    reads: { companion: 'referrer' },
    decide: ({ state, companion }) => {
      const isFirst = companion !== undefined && state.visits === 0;
      const data = { count: 1, grants: stamps(1), ...(isFirst ? { referral: companionId } : {}) };
      const draft = { id, member, staff, type: 'visit' as const, data };
      if (!isFirst) return ok({ draft });
      const reward = { friend: member, visit: id, grants: stamps(2) };
      const by = companion.member;
      return ok({ draft, companion: { id: companionId, member: by, staff, type: 'referral', data: reward } });
    },
  });
}

const undo = (ledger: Ledger, target: EventId, member = friend, id = store.ids.eventId()) =>
  ledger.append(undoRequest({ id, companionId: store.ids.eventId(), target, member, staff }));

const stateOf = async (member: MemberId): Promise<MemberState> =>
  (await store.database.cards.get(member)) ?? expect.fail('no such member');
const rowOf = (member: MemberId) => store.database.members.get(member);

async function expectEqualToRebuild(): Promise<void> {
  const before = await digestProjections(store.database);
  await rebuildProjections(store.database);
  expect(await digestProjections(store.database)).toBe(before);
  expect((await verifyChains(store.database)).faults).toEqual([]);
}

describe('two events of one intent', () => {
  test('stand side by side in the stream, and change the rows of both members and the day', async () => {
    const request = newVisit();
    const done = await visit(store.ledger, request);
    expect(done).toMatchObject({ ok: true, value: { isRepeat: false, event: { id: request.id } } });
    const [second, first] = await store.database.events.orderBy('n').reverse().limit(2).toArray();
    expect([first?.id, second?.id]).toEqual([request.id, request.companionId]);
    expect(second).toMatchObject({ member: referrer, stream: first?.stream, prev: first?.link });
    expect(second?.seq).toBe((first?.seq ?? 0) + 1);
    expect(await stateOf(referrer)).toMatchObject({ referrals: 1, visits: 0 });
    expect(await rowOf(referrer)).toMatchObject({ stamps: 2, visits: 0 });
    expect(await rowOf(friend)).toMatchObject({ stamps: 1, visits: 1 });
    expect(await store.database.totals.toArray()).toMatchObject([
      { visits: 1, referrals: 1, programs: [{ program: 'coffee', given: 3 }] },
    ]);
    await expectEqualToRebuild();
  });

  test('a repeat of the intent finds the first one and rewards nobody again', async () => {
    const request = newVisit();
    const answers = await Promise.all([visit(store.ledger, request), visit(store.ledger, request)]);
    expect(answers.map((answer) => answer.ok && answer.value.isRepeat)).toEqual([false, true]);
    expect(answers.map((answer) => answer.ok && answer.value.event.id)).toEqual([request.id, request.id]);
    expect(await rowOf(referrer)).toMatchObject({ stamps: 2 });
    expect(await rowOf(friend)).toMatchObject({ stamps: 1 });
  });

  test('two windows at once: the friend is new only once', async () => {
    const other = await openLedger({ ...store, identity });
    const answers = await Promise.all([visit(store.ledger, newVisit()), visit(other, newVisit())]);
    expect(answers.every(({ ok: isDone }) => isDone)).toBe(true);
    expect(await rowOf(friend)).toMatchObject({ visits: 2, stamps: 2 });
    expect(await stateOf(referrer)).toMatchObject({ referrals: 1 });
    expect(await rowOf(referrer)).toMatchObject({ stamps: 2 });
    await expectEqualToRebuild();
  });

  test('somebody whom nobody brought is stamped alone', async () => {
    expect(await visit(store.ledger, newVisit(), referrer)).toMatchObject({ ok: true });
    expect((await store.database.events.toArray()).some(({ type }) => type === 'referral')).toBe(false);
    expect(await rowOf(referrer)).toMatchObject({ visits: 1, stamps: 1 });
  });
});

describe('neither of the two', () => {
  async function expectNothingWritten(act: () => Promise<unknown>): Promise<void> {
    const [events, digest] = [await store.database.events.count(), await digestProjections(store.database)];
    await act();
    expect(await store.database.events.count()).toBe(events);
    expect(await digestProjections(store.database)).toBe(digest);
    await visit(store.ledger, newVisit());
    await expectEqualToRebuild();
  }

  test('is written when the second one can’t be: its id is taken', async () => {
    const known = await store.database.events.orderBy('n').first();
    const request = { id: store.ids.eventId(), companionId: known?.id ?? expect.fail('no event') };
    await expectNothingWritten(async () => {
      await expect(visit(store.ledger, request)).rejects.toThrow(InvariantError);
    });
  });

  test('is written when the commit is aborted', async () => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function abort(this: IDBObjectStore, value: unknown) {
      const request = put.call(this, value);
      if (this.name === 'streams') this.transaction.abort();
      return request;
    };
    try {
      await expectNothingWritten(async () => {
        const answer = visit(store.ledger, newVisit());
        await answer.catch(() => undefined).finally(() => (IDBObjectStore.prototype.put = put));
        expect(await answer.catch(() => ({ ok: false }))).toMatchObject({ ok: false });
      });
    } finally {
      IDBObjectStore.prototype.put = put;
    }
  });

  test('is written when the decision refuses, or names somebody it did not ask for', async () => {
    const { id, companionId } = newVisit();
    const decideFor = (member: MemberId, reads: CommitReads) =>
      store.ledger.append<never>({
        id,
        member: friend,
        reads,
        decide: () =>
          ok({
            draft: { id, member: friend, staff, type: 'visit', data: { count: 1, grants: [] } },
            companion: {
              id: companionId,
              member,
              staff,
              type: 'referral',
              data: { friend, visit: id, grants: [] },
            },
          }),
      });
    const refusal = { code: 'no' } as const;
    await expectNothingWritten(async () => {
      const refused = await store.ledger.append({
        id,
        member: friend,
        reads: { companion: referrer },
        decide: () => err(refusal),
      });
      expect(refused).toEqual({ ok: false, error: refusal });
      await expect(decideFor(referrer, {})).rejects.toThrow(InvariantError);
      await expect(decideFor(store.ids.memberId(), { companion: referrer })).rejects.toThrow(InvariantError);
      await expect(decideFor(friend, { companion: friend })).rejects.toThrow(InvariantError);
    });
  });
});

describe('what the decision sees', () => {
  async function look(reads: CommitReads, member = friend): Promise<CommitView> {
    let seen: CommitView | undefined;
    await store.ledger.append({
      id: store.ids.eventId(),
      member,
      reads,
      decide: (view) => {
        seen = view;
        return err({ code: 'only-looking' });
      },
    });
    return seen ?? expect.fail('nothing was decided');
  }

  test('is the companion that was asked for, the till’s zone, and nobody where nobody is', async () => {
    expect(await look({ companion: 'referrer' })).toMatchObject({
      timeZone: 'Europe/Istanbul',
      companion: { member: referrer },
      companionHistory: [],
    });
    expect((await look({ companion: referrer, history: true })).companionHistory).toHaveLength(1);
    expect((await look({ companion: 'referrer' }, referrer)).companion).toBeUndefined();
    expect((await look({ companion: store.ids.memberId() })).companion).toBeUndefined();
    expect((await look({ companion: friend })).companion).toBeUndefined();
    expect((await look({})).companion).toBeUndefined();
  });
});

describe('undo', () => {
  test('of the first visit takes the referrer’s reward back in the same commit', async () => {
    const request = newVisit();
    await visit(store.ledger, request);
    const events = await store.database.events.count();
    const id = store.ids.eventId();
    expect(await undo(store.ledger, request.id, friend, id)).toMatchObject({ ok: true });
    expect(await undo(store.ledger, request.id, friend, id)).toMatchObject({
      ok: true,
      value: { isRepeat: true },
    });
    expect(await store.database.events.count()).toBe(events + 2);
    expect(await stateOf(referrer)).toMatchObject({ referrals: 0 });
    expect(await rowOf(referrer)).toMatchObject({ stamps: 0 });
    expect(await rowOf(friend)).toMatchObject({ stamps: 0, visits: 0 });
    expect(await store.database.totals.toArray()).toMatchObject([
      { voids: 2, undone: { visits: 1, referrals: 1, programs: [{ given: 3 }] } },
    ]);
    await expectEqualToRebuild();
    // The next visit is the first one again.
    await visit(store.ledger, newVisit());
    expect(await stateOf(referrer)).toMatchObject({ referrals: 1 });
    await expectEqualToRebuild();
  });

  test('of an enrolment that was the first visit takes both members’ side back', async () => {
    const { ids, ledger } = store;
    const [id, companionId, member] = [ids.eventId(), ids.eventId(), ids.memberId()];
    const data = {
      by: 'card' as const,
      visit: 1,
      grants: stamps(1),
      referredBy: referrer,
      referral: companionId,
    };
    const reward = { friend: member, visit: id, grants: stamps(2) };
    await ledger.append<never>({
      id,
      member,
      reads: { companion: referrer, profile: true },
      decide: () =>
        ok({
          draft: { id, member, staff, type: 'enrolment', data },
          companion: { id: companionId, member: referrer, staff, type: 'referral', data: reward },
        }),
    });
    expect(await rowOf(referrer)).toMatchObject({ stamps: 2 });
    expect(await undo(ledger, id, member)).toMatchObject({ ok: true });
    expect(await rowOf(member)).toBeUndefined();
    expect(await rowOf(referrer)).toMatchObject({ stamps: 0 });
    expect(await stateOf(referrer)).toMatchObject({ referrals: 0 });
    await expectEqualToRebuild();
  });

  test('of an enrolment that only joined leaves the visit and its reward, and the visit still takes both', async () => {
    const joined = await store.database.events.where('member').equals(friend).first();
    const request = newVisit();
    await visit(store.ledger, request);
    expect(await undo(store.ledger, joined?.id ?? expect.fail('not joined'))).toMatchObject({ ok: true });
    expect(await stateOf(friend)).toMatchObject({ visits: 1, referredBy: null });
    expect(await rowOf(referrer)).toMatchObject({ stamps: 2 });
    expect(await undo(store.ledger, request.id)).toMatchObject({ ok: true });
    expect(await rowOf(friend)).toBeUndefined();
    expect(await rowOf(referrer)).toMatchObject({ stamps: 0 });
    await expectEqualToRebuild();
  });

  test('of a visit that names somebody else’s action as its reward leaves that action alone', async () => {
    const joined = await store.database.events.where('member').equals(referrer).first();
    const companionId = joined?.id ?? expect.fail('not joined');
    const id = store.ids.eventId();
    const data = { count: 1, grants: stamps(1), referral: companionId };
    await store.ledger.append<never>({
      id,
      member: friend,
      decide: () => ok({ draft: { id, member: friend, staff, type: 'visit', data } }),
    });
    expect(await undo(store.ledger, id)).toMatchObject({ ok: true });
    expect(await rowOf(referrer)).toBeDefined();
    expect(await rowOf(friend)).toMatchObject({ visits: 0, stamps: 0 });
    await expectEqualToRebuild();
  });

  test('that names another member’s action takes back nothing, now and after a rebuild', async () => {
    const joined = await store.database.events.where('member').equals(referrer).first();
    const id = store.ids.eventId();
    const data = { target: joined?.id ?? expect.fail('not joined') };
    await store.ledger.append<never>({
      id,
      member: friend,
      reads: { history: true },
      decide: () => ok({ draft: { id, member: friend, staff, type: 'void', data } }),
    });
    expect(await rowOf(referrer)).toBeDefined();
    await expectEqualToRebuild();
  });

  test('of the reward alone is refused: it goes with the visit', async () => {
    const request = newVisit();
    await visit(store.ledger, request);
    expect(await undo(store.ledger, request.companionId, referrer)).toEqual({
      ok: false,
      error: { code: 'undo', refusal: 'nothing' },
    });
    expect(await rowOf(referrer)).toMatchObject({ stamps: 2 });
  });

  test('by one key names the visit, not the reward that was written behind it', async () => {
    const request = newVisit();
    await visit(store.ledger, request);
    const find = () => findLastAction(store.database, identity.till, store.ledger);
    expect(await find()).toMatchObject({ id: request.id, member: friend });
    await undo(store.ledger, request.id);
    expect(await find()).toBeUndefined();
  });

  test('in another window, after the referrer has left, takes the last trace of them with it', async () => {
    const other = await openLedger({ ...store, identity });
    const request = newVisit();
    await visit(store.ledger, request);
    const joined = await store.database.events.where('member').equals(referrer).first();
    await undo(other, joined?.id ?? expect.fail('not joined'), referrer);
    expect(await rowOf(referrer)).toMatchObject({ stamps: 2 });
    expect(await undo(other, request.id)).toMatchObject({ ok: true });
    expect(await rowOf(referrer)).toBeUndefined();
    expect(await store.database.cards.get(referrer)).toBeUndefined();
    await expectEqualToRebuild();
  });
});
