import { LEDGER_FORMAT, type EventType, type Grant, type KnownEvent } from '../ledger/event.ts';
import type { Digest, EventId, MemberId, PlainDay, ShopId, StaffId, StreamId, TillId } from '../lib/brand.ts';
import type { Hlc } from '../lib/hlc.ts';
import { addMonths, isTimeZone } from '../lib/plain-day.ts';
import { planAction, planJoining, planReferral, planVisit } from './earn.ts';
import { applyKnownEvent, stateOn, type OnLapse } from './fold.ts';
import { sumOf } from './lots.ts';
import { emptyMemberState, findProgramState, type MemberState } from './member-state.ts';
import { isStampProgram, makeProgramBook, type ProgramBook, type ProgramDefinition } from './program.ts';
import { listReadyRewards, type ReadyReward } from './rewards.ts';
import type { ReplayFact } from './what-if-fact.ts';
import type { WhatIfPeriod } from './what-if-period.ts';
import { createTally, type SideTally, type Tally, type WhatIfResult } from './what-if-tally.ts';

/**
 * What would have been: the facts of a period under a draft, beside the same under the published rules. Both are played
 * at once, as two programs of one member, by the very steps that the counter and the fold take:
 *
 *   fact ─► planVisit … ─► applyKnownEvent ─► listReadyRewards ─► applyKnownEvent of each redemption
 *
 * One member at a time and nothing kept of them but sums.
 */
export interface Replay {
  /** All facts of one member, in ledger order. */
  play(facts: readonly ReplayFact[]): void;
  result(): WhatIfResult;
}

export interface ReplayRequest {
  readonly draft: ProgramDefinition;
  /** The published version; absent for a program that is new. */
  readonly base: ProgramDefinition | undefined;
  readonly period: WhatIfPeriod;
}

/** One of the two sets of rules, under a name of its own. */
interface Side {
  readonly id: 'now' | 'draft';
  readonly rules: ProgramDefinition;
  readonly tally: SideTally;
  /** Gives something for nothing: to a tier, to holders of a pass. */
  readonly hasPerks: boolean;
  /** The lowest price or place; below it no reward need be looked for. */
  readonly lowest: number;
}

interface Game {
  readonly sides: readonly Side[];
  readonly programs: readonly ProgramDefinition[];
  readonly book: ProgramBook;
  readonly period: WhatIfPeriod;
  readonly base: ProgramDefinition | undefined;
  readonly tally: Tally;
  readonly onLapse: OnLapse;
  readonly zoneOf: (tz: string) => string;
}

export function createReplay(request: ReplayRequest): Replay {
  const tally = createTally(request);
  const { draft, base, period } = request;
  const sides = [
    ...(base && tally.now ? [makeSide('now', base, tally.now)] : []),
    makeSide('draft', draft, tally.draft),
  ];
  const programs = sides.map(({ rules }) => rules);
  const onLapse: OnLapse = ({ program, units, until }) => {
    for (const side of sides) if (side.id === program) side.tally.expired(units, until);
  };
  const game = {
    sides,
    programs,
    book: makeProgramBook(programs),
    period,
    base,
    tally,
    onLapse,
    zoneOf: makeZones(),
  };
  return {
    play: (facts) => playMember(game, facts),
    result: () => tally.result(),
  };
}

/** An event of a zone that this computer does not know must not end the whole replay. */
function makeZones(): (tz: string) => string {
  const known = new Map<string, string>();
  return (tz) => {
    const zone = known.get(tz) ?? (isTimeZone(tz) ? tz : 'UTC');
    known.set(tz, zone);
    return zone;
  };
}

function makeSide(id: Side['id'], definition: ProgramDefinition, tally: SideTally): Side {
  const rules = { ...definition, id, version: 1 };
  const prices = rules.rewards.filter(({ at }) => at > 0).map(({ at }) => at);
  return {
    id,
    rules,
    tally,
    hasPerks: rules.rewards.some(isPerk),
    lowest: Math.min(...prices, Number.POSITIVE_INFINITY),
  };
}

/** Never empty, and the same for everybody: nothing leaves the replay by it. */
const SOMEBODY = 'somebody' as MemberId;

function playMember(game: Game, facts: readonly ReplayFact[]): void {
  const { sides, period, book, tally, onLapse } = game;
  tally.beginMember();
  let state = emptyMemberState(SOMEBODY);
  for (const fact of facts) {
    if (fact.day > period.to) continue;
    tally.fact(fact);
    for (const event of eventsOf(game, state, fact)) state = applyKnownEvent(state, event, book, onLapse);
    state = takeRewards(game, state, fact);
  }
  state = stateOn(state, period.to, book, onLapse);
  tally.endMember((side) => ({ state, rules: sides.find(({ id }) => id === side)?.rules }));
}

/** What the counter would have written for the fact: one event, or one for each side where it names a program. */
function eventsOf(game: Game, state: MemberState, fact: ReplayFact): KnownEvent[] {
  switch (fact.kind) {
    case 'joined':
      return [
        makeEvent(fact, 'enrolment', { by: 'phone', visit: fact.count, ...visitData(game, state, fact) }),
      ];
    case 'visit':
      return [makeEvent(fact, 'visit', { count: fact.count, ...visitData(game, state, fact) })];
    case 'referral': {
      const referrer = { ...state, live: Math.max(1, state.live) };
      const { referrer: grants } = planReferral({ friend: STRANGER, referrer, programs: game.programs });
      countUnits(game, fact, grants);
      return [makeEvent(fact, 'referral', { friend: STRANGER.member, visit: 'visit', grants: [...grants] })];
    }
    case 'action':
      return game.sides.flatMap((side) => actionOf(game, side, state, fact));
    case 'purchase':
      return game.sides.flatMap((side) => purchaseOf(game, side, fact));
  }
}

/** The other side of a referral: all that its rules ask about is true of them. */
const STRANGER = { ...emptyMemberState('stranger' as MemberId), live: 1 };

function visitData(game: Game, state: MemberState, fact: ReplayFact) {
  const { programs, sides } = game;
  const { count, sale, wall: atMs, day, tz } = fact;
  const timeZone = game.zoneOf(tz);
  const joining = fact.kind === 'joined' ? planJoining(programs) : [];
  if (count === 0) {
    countUnits(game, fact, joining);
    return { grants: joining };
  }
  const visit = planVisit({ state, programs, count, sale, atMs, day, timeZone });
  const { friend } = fact.isReferred
    ? planReferral({ friend: state, referrer: STRANGER, programs })
    : { friend: [] };
  const grants = [...joining, ...visit.grants, ...friend];
  countUnits(game, fact, grants);
  for (const { id, tally } of sides) {
    if (visit.breaches.some(({ program }) => program === id)) tally.overLimit(day);
    for (const { program, amount } of visit.donations) if (program === id) tally.donated(amount, day);
  }
  return {
    grants,
    ...(sale ? { sale } : {}),
    ...(visit.donations.length > 0 ? { donations: [...visit.donations] } : {}),
  };
}

function countUnits({ sides }: Game, { day }: ReplayFact, grants: readonly Grant[]): void {
  for (const { program, units } of grants) {
    for (const { id, tally } of sides) if (id === program) tally.given(units, day);
  }
}

function actionOf(
  game: Game,
  { id, rules, tally }: Side,
  state: MemberState,
  fact: ReplayFact,
): KnownEvent[] {
  const { day } = fact;
  const action = fact.rule ?? '';
  const plan = planAction({ state, program: rules, action, day });
  if (!plan) return [];
  if (plan.breaches.length > 0) tally.overLimit(day);
  countUnits(game, fact, plan.grants);
  return [
    makeEvent(fact, 'action', { program: id, version: rules.version, action, grants: [...plan.grants] }),
  ];
}

function purchaseOf(game: Game, { id, rules }: Side, fact: ReplayFact): KnownEvent[] {
  const offer = rules.offers?.find((candidate) => candidate.id === fact.rule);
  if (!offer || rules.isWithdrawn) return [];
  const sold = {
    program: id,
    version: rules.version,
    offer: offer.id,
    price: offer.price,
    currency: rules.currency ?? '',
  };
  if (offer.kind === 'prepaid') {
    const grants = [{ program: id, version: rules.version, rule: offer.id, units: offer.units }];
    countUnits(game, fact, grants);
    return [makeEvent(fact, 'purchase', { ...sold, grants })];
  }
  if (fact.passUntil === null) return [];
  // As long as the pass that was sold, and so much longer or shorter as this side's is.
  const before = game.base?.offers?.find((candidate) => candidate.id === offer.id);
  const months = before?.kind === 'pass' ? offer.months - before.months : 0;
  const passUntil = months === 0 ? fact.passUntil : addMonths(fact.passUntil, months);
  return [makeEvent(fact, 'purchase', { ...sold, passUntil, grants: [] })];
}

/** More rewards than anybody takes home: where one visit earns thousands of them, the rest waits for the next. */
const MOST_AT_ONCE = 100;

/** Rewards are taken as soon as they are ready, the cheapest first; what costs nothing once with each visit. */
function takeRewards(game: Game, before: MemberState, fact: ReplayFact): MemberState {
  let state = before;
  if (fact.count > 0 && game.sides.some(({ hasPerks }) => hasPerks)) {
    for (const perk of readyOn(game, state, fact.day).filter(({ reward }) => isPerk(reward))) {
      state = take(game, state, perk, fact);
    }
  }
  for (
    let taken = 0;
    taken < MOST_AT_ONCE && game.sides.some((side) => mayBeReady(side, state));
    taken += 1
  ) {
    const next = readyOn(game, state, fact.day).filter(({ reward }) => reward.at > 0 && !reward.birthday);
    const each = game.sides.flatMap(({ id }) => next.find(({ program }) => program === id) ?? []);
    if (each.length === 0) break;
    for (const ready of each) state = take(game, state, ready, fact);
  }
  return state;
}

const readyOn = ({ book }: Game, state: MemberState, day: PlainDay): ReadyReward[] =>
  listReadyRewards(state, book, { day, birthday: null });

const isPerk = (reward: ReadyReward['reward']): boolean => reward.at === 0 && !reward.birthday;

function mayBeReady({ id, rules, lowest }: Side, state: MemberState): boolean {
  const own = findProgramState(state, id);
  if (!own) return false;
  return isStampProgram(rules)
    ? own.cards.some(({ stamps }) => stamps >= lowest)
    : own.lots.length > 0 && sumOf(own.lots) >= lowest;
}

function take(game: Game, state: MemberState, ready: ReadyReward, fact: ReplayFact): MemberState {
  const { program, version, reward } = ready;
  const cost = ready.maxCost ?? ready.cost;
  game.sides.find(({ id }) => id === program)?.tally.taken(reward, cost, fact.day);
  const event = makeEvent(fact, 'redemption', { program, version, reward: reward.id, cost });
  return applyKnownEvent(state, event, game.book);
}

/** Sealed by nobody: it is applied and forgotten. Written out, because copying a prototype costs more than the fold. */
function makeEvent<Type extends EventType>(
  { wall, day, tz }: ReplayFact,
  type: Type,
  data: (KnownEvent & { readonly type: Type })['data'],
): KnownEvent {
  return {
    v: LEDGER_FORMAT,
    id: 'replayed' as EventId,
    shop: '' as ShopId,
    till: '' as TillId,
    stream: '' as StreamId,
    seq: 1,
    prev: '',
    hlc: '' as Hlc,
    wall,
    tz,
    day,
    staff: '' as StaffId,
    member: SOMEBODY,
    body: '' as Digest,
    link: '' as Digest,
    type,
    data,
  } as KnownEvent;
}
