import fc from 'fast-check';
import { planAction, planJoining, planReferral, planVisit, type LimitBreach } from '#shared/domain/earn.ts';
import { applyEvent, foldMember, stateOn } from '#shared/domain/fold.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { makeProgramBook, type ProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import { listReadyRewards, type ReadyReward } from '#shared/domain/rewards.ts';
import {
  UNASSIGNED_STAFF,
  VOIDABLE_TYPES,
  type EventData,
  type EventDraft,
  type Grant,
  type KnownEvent,
  type Sale,
} from '#shared/ledger/event.ts';
import type { Digest, EventId, MemberId, PlainDay, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import { formatHlc, HLC_ZERO, tickHlc } from '#shared/lib/hlc.ts';
import { addDays, addMonths } from '#shared/lib/plain-day.ts';
import { shop } from './programs.ts';

/**
 * Random histories of one member in a random shop. What the counter decides goes through the real planners; what other
 * tills, a newer app or an import may have written is made up. Days mostly go on and now and then jump far or back.
 */

export const ANA = 'ana' as MemberId;
const FRIEND = emptyMemberState('friend' as MemberId);
export const BIRTHDAY = '2000-02-29' as PlainDay;
const FIRST_DAY = '2026-11-20' as PlainDay;

const KINDS = [
  'visit',
  'visit',
  'visit',
  'visit',
  'join',
  'action',
  'purchase',
  'redeem',
  'redeem',
  'redeem',
  'force',
  'adjust',
  'paper-card',
  'opening',
  'friend',
  'publish',
  'void',
  'unknown-rules',
] as const;

export interface RandomStep {
  readonly kind: (typeof KINDS)[number];
  /** Days since the step before. */
  readonly days: number;
  readonly a: number;
  readonly b: number;
}

const step: fc.Arbitrary<RandomStep> = fc.record({
  kind: fc.constantFrom(...KINDS),
  days: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) },
    { weight: 2, arbitrary: fc.integer({ min: 10, max: 60 }) },
    { weight: 1, arbitrary: fc.integer({ min: -60, max: -1 }) },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 500 }) },
  ),
  a: fc.nat({ max: 1000 }),
  b: fc.nat({ max: 1000 }),
});

/** What was planned at the counter, before it was written. */
export interface Planned {
  readonly grants: readonly Grant[];
  readonly breaches: readonly LimitBreach[];
  readonly current: readonly ProgramDefinition[];
}

/** One event, with what the till knew before and after. */
export interface Turn {
  readonly event: KnownEvent;
  readonly before: MemberState;
  readonly after: MemberState;
  readonly planned: Planned | undefined;
  readonly taken: ReadyReward | undefined;
}

export interface Played {
  readonly book: ProgramBook;
  /** Versions published at the end. */
  readonly bookNow: ProgramBook;
  readonly events: readonly KnownEvent[];
  readonly turns: readonly Turn[];
  readonly state: MemberState;
  /** The latest day of any event. */
  readonly lastDay: PlainDay;
  /** What a counterexample prints. */
  readonly [fc.toStringMethod]: () => string;
}

type Draft = { [Type in EventDraft['type']]: { type: Type; data: EventData<Type> } }[EventDraft['type']];
interface Decided {
  readonly draft: Draft;
  readonly planned?: Planned;
  readonly taken?: ReadyReward;
}

const pick = <Value>(values: readonly Value[], place: number): Value | undefined =>
  values[place % Math.max(1, values.length)];

export function playHistory(programs: readonly ProgramDefinition[], steps: readonly RandomStep[]): Played {
  const book = makeProgramBook(programs);
  const published = new Map([...book.keys()].map((id) => [id, 1]));
  const events: KnownEvent[] = [];
  const turns: Turn[] = [];
  let state = emptyMemberState(ANA);
  let day = FIRST_DAY;
  let lastDay = FIRST_DAY;
  let hlc = HLC_ZERO;

  const bookNow = (): ProgramBook =>
    new Map(
      [...book].map(([id, versions]) => [
        id,
        versions.filter(({ version }) => version <= (published.get(id) ?? 0)),
      ]),
    );
  for (const [index, now] of steps.entries()) {
    day = addDays(day, now.days);
    if (now.kind === 'publish') {
      const id = pick([...book.keys()], now.a) ?? '';
      published.set(id, Math.min(3, (published.get(id) ?? 0) + 1));
      continue;
    }
    const wall = Date.parse(`${day}T10:00:00Z`) + index * 60_000;
    const decided = decide(now, { book, bookNow: bookNow(), state, events, day, wall });
    if (!decided) continue;
    hlc = tickHlc(hlc, wall);
    const event = eventOf(decided.draft, { index: events.length, day, wall, hlc: formatHlc(hlc, TILL) });
    events.push(event);
    const before = state;
    state = event.type === 'void' ? foldMember(ANA, events, book) : applyEvent(state, event, book);
    turns.push({ event, before, after: state, planned: decided.planned, taken: decided.taken });
    if (lastDay < day) lastDay = day;
  }
  const told = () =>
    JSON.stringify({ programs, events: events.map(({ day: on, type, data }) => [on, type, data]) });
  return { book, bookNow: bookNow(), events, turns, state, lastDay, [fc.toStringMethod]: told };
}

const TILL = 'till-1' as TillId;

/** Nothing here looks at the chain: hashing it would take most of the time. */
function eventOf(
  draft: Draft,
  place: {
    readonly index: number;
    readonly day: PlainDay;
    readonly wall: number;
    readonly hlc: KnownEvent['hlc'];
  },
): KnownEvent {
  return {
    v: 1,
    id: `event-${place.index}` as EventId,
    shop: 'shop-1' as ShopId,
    till: TILL,
    stream: 'stream-1' as StreamId,
    seq: place.index + 1,
    prev: '',
    hlc: place.hlc,
    wall: place.wall,
    tz: 'UTC',
    day: place.day,
    staff: UNASSIGNED_STAFF,
    member: ANA,
    body: '' as Digest,
    link: '' as Digest,
    ...draft,
  };
}

interface Moment {
  readonly book: ProgramBook;
  readonly bookNow: ProgramBook;
  readonly state: MemberState;
  readonly events: readonly KnownEvent[];
  readonly day: PlainDay;
  readonly wall: number;
}

function decide({ kind, a, b }: RandomStep, moment: Moment): Decided | undefined {
  const { state, bookNow, day } = moment;
  const current = [...bookNow.values()].flatMap((versions) => versions.at(-1) ?? []);
  const program = pick(current, a);
  if (!program) return undefined;
  const { id, version } = program;
  switch (kind) {
    case 'visit':
      return decideVisit(current, moment, { a, b });
    case 'join': {
      const grants = planJoining(current);
      const planned = { grants, breaches: [], current };
      return { draft: { type: 'enrolment', data: { by: 'phone', visit: 0, grants } }, planned };
    }
    case 'action': {
      const plan = planAction({ state, program, action: 'review', day });
      if (!plan) return undefined;
      const data = { program: id, version, action: 'review', grants: [...plan.grants] };
      return { draft: { type: 'action', data }, planned: { ...plan, current } };
    }
    case 'purchase': {
      const offer = program.isWithdrawn ? undefined : pick(program.offers ?? [], b);
      if (!offer) return undefined;
      const data = { program: id, version, offer: offer.id, price: offer.price, currency: 'EUR' };
      const bought =
        offer.kind === 'pass'
          ? { grants: [], passUntil: addMonths(day, offer.months) }
          : { grants: [{ program: id, version, rule: offer.id, units: offer.units }] };
      return { draft: { type: 'purchase', data: { ...data, ...bought } } };
    }
    case 'redeem': {
      const ready = pick(listReadyRewards(state, bookNow, { day, birthday: BIRTHDAY }), a);
      return ready && { draft: redemptionOf(ready, b), taken: ready };
    }
    case 'force':
      return forceRedemption(moment, { a, b });
    case 'friend': {
      const { referrer } = planReferral({ friend: FRIEND, referrer: state, programs: current });
      const data = { friend: FRIEND.member, visit: 'elsewhere', grants: [...referrer] };
      return { draft: { type: 'referral', data }, planned: { grants: referrer, breaches: [], current } };
    }
    case 'adjust': {
      const units = (b % 25) - 15;
      const grants = [{ program: id, version, rule: 'adjustment', units }];
      return { draft: { type: 'adjustment', data: { grants, reason: 'random' } } };
    }
    case 'paper-card':
      return {
        draft: {
          type: 'paper-card',
          data: { grants: [{ program: id, version, rule: 'paper-card', units: 1 + (b % 12) }] },
        },
      };
    case 'opening': {
      const grants = [{ program: id, version, rule: 'opening', units: b % 20 }];
      const standings = [
        {
          program: id,
          tier: { level: `level-${b % 3}`, until: 2026 + (b % 3) },
          ...(b % 2 === 0 ? {} : { passUntil: addMonths(day, 1) }),
        },
      ];
      return { draft: { type: 'opening', data: { import: 'import-1', grants, standings } } };
    }
    case 'unknown-rules': {
      // A till of a newer definition: its units are kept until the rules arrive.
      const grants = [{ program: id, version: 9, rule: 'visit', units: 1 + (b % 3) }];
      return { draft: { type: 'visit', data: { count: 1, grants } } };
    }
    case 'void': {
      const target = pick(
        moment.events.filter(({ type }) => VOIDABLE_TYPES.has(type)),
        b,
      );
      return target && { draft: { type: 'void', data: { target: target.id } } };
    }
    case 'publish':
      return undefined;
  }
}

function decideVisit(
  current: readonly ProgramDefinition[],
  { state, day, wall }: Moment,
  { a, b }: Pick<RandomStep, 'a' | 'b'>,
): Decided {
  const sale = saleOf(a, b);
  const count = a % 7 === 0 ? 1 + (b % 4) : 1;
  const plan = planVisit({ state, programs: current, count, sale, atMs: wall, day, timeZone: 'UTC' });
  const referrer = b % 5 === 0 ? { ...FRIEND, live: 1 } : undefined;
  const { friend } = planReferral({ friend: state, referrer, programs: current });
  const grants = [...plan.grants, ...friend];
  const data = { grants, ...(sale ? { sale } : {}), donations: [...plan.donations] };
  const planned = { grants, breaches: plan.breaches, current };
  return a % 11 === 0
    ? { draft: { type: 'enrolment', data: { by: 'card', visit: count, ...data } }, planned }
    : { draft: { type: 'visit', data: { count, ...data } }, planned };
}

function saleOf(a: number, b: number): Sale | undefined {
  if (a % 3 === 0) return undefined;
  const line = pick(
    [
      { item: 'Cake', category: null, count: 1 },
      { item: 'Tea', category: 'Drinks', count: 2 },
      { item: 'Tobacco', category: null, count: 1 },
      { item: null, category: 'Drinks', count: 1 },
    ],
    a,
  );
  return {
    amount: a % 5 === 0 ? null : b * 3,
    lines: line ? [line] : [],
    type: b % 9 === 0 ? 'Gift card' : null,
  };
}

/** @param choice how many points to use, where the member may choose. */
export function redemptionOf(ready: ReadyReward, choice: number): Draft {
  const { program, version, reward, birthdayYear } = ready;
  const steps =
    reward.kind === 'chosen-points' ? ((ready.maxCost ?? ready.cost) - ready.cost) / reward.step : 0;
  const cost =
    reward.kind === 'chosen-points' ? ready.cost + (choice % (steps + 1)) * reward.step : ready.cost;
  const given = reward.kind === 'donation' ? { amount: reward.amount, charity: reward.charity } : {};
  const gift = birthdayYear === undefined ? {} : { birthdayYear };
  return { type: 'redemption', data: { program, version, reward: reward.id, cost, ...given, ...gift } };
}

/** What another till gave that did not know of this one's. */
function forceRedemption({ book }: Moment, { a, b }: Pick<RandomStep, 'a' | 'b'>): Decided | undefined {
  const definition = pick([...book.values()].flat(), a);
  const reward = definition && pick(definition.rewards, b);
  if (!reward) return undefined;
  const data = { program: definition.id, version: definition.version, reward: reward.id, cost: reward.at };
  const gift = reward.birthday && b % 3 > 0 ? { birthdayYear: 2026 + (b % 2) } : {};
  return { draft: { type: 'redemption', data: { ...data, ...gift } } };
}

/** A redemption right after the last event, on its day. */
export function eventAfter({ events, lastDay }: Played, draft: Draft, more: number): KnownEvent {
  const last = events.at(-1);
  const wall = (last?.wall ?? 0) + 1000 * (more + 1);
  const hlc = formatHlc({ wallMs: 9_999_999_999_999 + more, counter: 0 }, TILL);
  return eventOf(draft, { index: events.length + more, day: lastDay, wall, hlc });
}

export const history: fc.Arbitrary<Played> = fc
  .tuple(shop, fc.array(step, { maxLength: 30, size: 'max' }))
  .map(([programs, steps]) => playHistory(programs, steps));

export const isWithdrawn = (current: readonly ProgramDefinition[], program: string): boolean =>
  current.some(({ id, isWithdrawn: gone }) => id === program && gone === true);

export const fold = ({ book }: Pick<Played, 'book'>, events: readonly KnownEvent[]): MemberState =>
  foldMember(ANA, events, book);

/** Days after the last event, on some of which something lapses. */
export const later = ({ lastDay }: Played): readonly PlainDay[] =>
  [0, 1, 31, 95, 400, 800].map((days) => addDays(lastDay, days));

export const on = ({ state, book }: Played, day: PlainDay): MemberState => stateOn(state, day, book);
