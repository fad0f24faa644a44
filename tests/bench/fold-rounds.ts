import { foldMember } from '#shared/domain/fold.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF, type EventDraft, type Grant } from '#shared/ledger/event.ts';
import { assert } from '#shared/lib/assert.ts';
import type { EventId, MemberId, ProgramId } from '#shared/lib/brand.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { ok } from '#shared/lib/result.ts';
import { appendSlice, type BulkItem } from '#renderer/data/bulk-append.ts';
import { openLedger } from '#renderer/data/ledger.ts';
import type { Ledger } from '#renderer/data/ledger-port.ts';
import type { Store } from '#renderer/data/store.ts';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import type { FoldRounds } from './messages.ts';
import { summarize } from './statistics.ts';

/**
 * What a long history costs: the fold of one member with thousands of events, as they lie in the store, and the punch
 * of that member beside one of somebody who is nearly new. Two programs, stamps and points that expire, two visits on
 * every other day, rewards taken, some actions undone.
 */

const LONG = 5000;
const SHORT = 5;
const WARM_UP = 30;
const DAY_MS = 24 * 60 * 60 * 1000;
const VISITS_PER_DAY = 2;

export async function foldRounds(store: Store, { rounds }: { readonly rounds: number }): Promise<FoldRounds> {
  const { database, ledger } = store;
  const points = await publishPoints(ledger);
  const [long, short] = [await makeMember(store, points, LONG), await makeMember(store, points, SHORT)];
  const events = await database.events.where('member').equals(long).toArray();
  const programs = ledger.programs();
  const folded = foldMember(long, events, programs);
  assert(events.length === LONG, 'the history is as long as it is called');
  const stored = await database.cards.get(long);
  assert(stored && canonicalJson(folded) === canonicalJson(stored), 'the fold is what the store holds');

  const fold: number[] = [];
  for (let round = -WARM_UP; round < rounds; round += 1) {
    const startedAt = performance.now();
    foldMember(long, events, programs);
    if (round >= 0) fold.push(performance.now() - startedAt);
    await breathe();
  }

  const commands = createCounterCommands({ ledger, ids: createRandomIds(), staff: () => UNASSIGNED_STAFF });
  const ids = createRandomIds();
  const punch = { long: [] as number[], short: [] as number[] };
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? (['long', 'short'] as const) : (['short', 'long'] as const)) {
      const request = { id: ids.eventId(), member: name === 'long' ? long : short, count: 1 };
      const startedAt = performance.now();
      const result = await commands.punch(request);
      if (round >= 0) punch[name].push(performance.now() - startedAt);
      assert(result.ok, 'the punch is done');
      await breathe();
    }
  }
  return {
    events: LONG,
    few: SHORT,
    fold: summarize(fold),
    long: summarize(punch.long),
    short: summarize(punch.short),
  };
}

const breathe = () => new Promise((resolve) => void setTimeout(resolve, 0));

async function publishPoints(ledger: Ledger): Promise<ProgramDefinition> {
  const ids = createRandomIds();
  const program: ProgramDefinition = {
    id: ids.programId(),
    version: 1,
    name: 'Club',
    unit: { kind: 'points', icon: 'star' },
    earn: [
      {
        kind: 'amount',
        id: 'spend',
        units: 1,
        per: 100,
        minimum: null,
        rounding: 'down',
        excludedItems: [],
        excludedSales: [],
      },
    ],
    headStart: 0,
    rewards: [{ kind: 'amount-off', id: 'five', at: 100, name: 'Five off', amount: 500 }],
    limits: { perVisit: null, perDay: null, minutesBetween: null },
    expiry: { kind: 'after-months', months: 12 },
    tiers: { by: 'spend', levels: [{ id: 'silver', name: 'Silver', from: 50_000, percent: 150, note: '' }] },
    currency: 'EUR',
  };
  const id = ids.eventId();
  const published = await ledger.append<never>({
    id,
    decide: () => ok({ draft: { id, type: 'program', staff: UNASSIGNED_STAFF, data: { program } } }),
  });
  assert(published.ok, 'the program is published');
  return program;
}

/** A member whose `count` events lie days apart, up to yesterday: written by the app on a clock that is turned on. */
async function makeMember(store: Store, points: ProgramDefinition, count: number): Promise<MemberId> {
  const { database, identity } = store;
  const ids = createRandomIds();
  const member = ids.memberId();
  const made: EventId[] = [];
  const stamps = [...store.ledger.programs().keys()].find((program) => program !== points.id);
  assert(stamps, 'the shop has a card of stamps');
  let now = Date.now() - (count / VISITS_PER_DAY + 1) * DAY_MS;
  const clock = { now: () => now, timeZone: () => 'UTC' };
  const ledger = await openLedger({ database, clock, ids, identity });
  await ledger.withStream(async (stream) => {
    for (; made.length < count; now += DAY_MS) {
      const drafts = Array.from({ length: Math.min(VISITS_PER_DAY, count - made.length) }, () => {
        const id = ids.eventId();
        const draft = {
          id,
          member,
          staff: UNASSIGNED_STAFF,
          ...contentOf(made, stamps as ProgramId, points.id),
        };
        made.push(id);
        return draft as EventDraft;
      });
      const slice = await appendSlice(database, stream, async (reads) => {
        const before = await reads.before(member, { history: drafts.some(({ type }) => type === 'void') });
        const isNew = before.row === undefined;
        const items = drafts.map((draft): BulkItem => ({ member, draft, before }));
        const [first, ...others] = items;
        assert(first, 'something happens every day');
        return {
          items: isNew ? [{ ...first, profile: { ...EMPTY_PROFILE, name: 'Regular' } }, ...others] : items,
        };
      });
      await slice.committed;
    }
  });
  return member;
}

/** What happens as the next event after those in `made`. */
function contentOf(
  made: readonly EventId[],
  stamps: ProgramId,
  points: string,
): Pick<EventDraft, 'type' | 'data'> {
  const place = made.length;
  const base = { program: stamps, version: 1 };
  if (place === 0) return { type: 'enrolment', data: { by: 'phone', visit: 0, grants: [] } };
  const target = made.at(-1);
  // The first of its day, so that what it takes back is in the store.
  if (place % 500 === 0 && target) return { type: 'void', data: { target } };
  if (place % 11 === 10) return { type: 'redemption', data: { ...base, reward: 'final', cost: 10 } };
  if (place % 23 === 22) {
    return {
      type: 'redemption',
      data: { program: points, version: 1, reward: 'five', cost: 100, amount: 500 },
    };
  }
  const amount = 300 + ((place * 137) % 900);
  const grants: Grant[] = [
    { ...base, rule: 'visit', units: 1 },
    { program: points, version: 1, rule: 'spend', units: Math.floor(amount / 100) },
  ];
  return { type: 'visit', data: { count: 1, grants, sale: { amount, lines: [], type: null } } };
}
