import type { PlainDay } from '../lib/brand.ts';
import { daysBetween } from '../lib/plain-day.ts';
import { birthdayYearOn } from './birthday-gift.ts';
import { stateOn } from './fold.ts';
import { sumOf } from './lots.ts';
import {
  balanceOf,
  emptyProgramState,
  findProgramState,
  type MemberState,
  type ProgramState,
} from './member-state.ts';
import {
  costOf,
  findProgram,
  isStampProgram,
  listCurrentPrograms,
  type ProgramBook,
  type ProgramDefinition,
  type Reward,
  type StampProgram,
} from './program.ts';
import { isReady, lastDayOf } from './punch-card.ts';
import { reachesTier, tierOn, type TierView } from './tier.ts';
import { usesLeft } from './use-count.ts';

/** What a reward may depend on besides the member's state. */
export interface RewardContext {
  /** The business day on which it would be taken. */
  readonly day: PlainDay;
  /** The member's, from the profile. */
  readonly birthday: PlainDay | null;
}

export interface ReadyReward {
  readonly program: string;
  readonly version: number;
  readonly reward: Reward;
  /** Units it takes from the balance; the fewest where the member may choose. */
  readonly cost: number;
  /** How often it could be taken now. */
  readonly times: number;
  /** The most units the member may choose to use; absent where there is no choice. */
  readonly maxCost?: number;
  /** A birthday gift: of which year. */
  readonly birthdayYear?: number;
  /** The last day to take it; null when it waits. */
  readonly until: PlainDay | null;
}

/** Rewards the member may take now: oldest card first, on one card the earlier place first, then what costs points. */
export function listReadyRewards(
  state: MemberState,
  programs: ProgramBook,
  context: RewardContext,
): ReadyReward[] {
  if (state.needsUpdate) return [];
  const now = stateOn(state, context.day, programs);
  const ids = new Set([...now.programs.map(({ program }) => program), ...programs.keys()]);
  const ready: ReadyReward[] = [];
  for (const id of [...ids].sort()) {
    const own = findProgramState(now, id) ?? emptyProgramState(id);
    const current = programs.get(id)?.at(-1);
    const all = listCardRewards(now, own, programs, context);
    if (current) all.push(...listOtherRewards(now, own, current, context));
    ready.push(...withinCaps(all, own, context.day));
  }
  return ready;
}

/** A reward that several cards, or a card and points, would pay for: as often as its cap leaves. */
function withinCaps(all: readonly ReadyReward[], own: ProgramState, day: PlainDay): ReadyReward[] {
  const offered = new Map<string, number>();
  return all.flatMap((ready) => {
    const before = offered.get(ready.reward.id) ?? 0;
    const times = Math.min(ready.times, usesLeft(own.uses, ready.reward, day) - before);
    if (times <= 0) return [];
    offered.set(ready.reward.id, before + times);
    return [{ ...ready, times }];
  });
}

function listCardRewards(
  state: MemberState,
  own: ProgramState,
  programs: ProgramBook,
  context: RewardContext,
): ReadyReward[] {
  const { day } = context;
  return own.cards.flatMap((card) => {
    const definition = findProgram(programs, own.program, card.version);
    if (!definition) return [];
    return [...definition.rewards]
      .sort((a, b) => a.at - b.at)
      .filter((reward) => isReady(card, reward, day))
      .filter((reward) => isAllowed(reward, { state, own, definition, day }))
      .map((reward) => ({
        program: own.program,
        version: card.version,
        reward,
        cost: costOf(reward, definition),
        times: 1,
        until: lastDayOf(card, reward),
      }));
  });
}

/** What no card pays for: rewards for points, perks of a tier or a pass, birthday gifts. */
function listOtherRewards(
  state: MemberState,
  own: ProgramState,
  definition: ProgramDefinition,
  context: RewardContext,
): ReadyReward[] {
  const { day } = context;
  const points = sumOf(own.lots);
  return definition.rewards
    .filter((reward) => reward.at === 0 || !isStampProgram(definition))
    .filter((reward) => isAllowed(reward, { state, own, definition, day }))
    .sort((a, b) => a.at - b.at)
    .flatMap((reward): ReadyReward[] => {
      const cost = leastCostOf(reward, definition);
      if (cost > points) return [];
      // What costs nothing is nothing that a member holds, unless a pass was paid for.
      if (cost === 0 && definition.isWithdrawn && !reward.needsPass) return [];
      const ready = { program: definition.id, version: definition.version, reward, cost };
      if (reward.birthday) {
        const gift = birthdayYearOn(context, reward.birthday);
        const isTaken = own.gifts.some((taken) => taken.reward === reward.id && taken.year === gift?.year);
        if (!gift || isTaken) return [];
        return [{ ...ready, times: 1, birthdayYear: gift.year, until: gift.until }];
      }
      if (reward.kind === 'chosen-points') {
        return [{ ...ready, times: 1, maxCost: points - (points % reward.step), until: null }];
      }
      return [{ ...ready, times: cost === 0 ? 1 : Math.floor(points / cost), until: null }];
    });
}

/** Where the member chooses how many points to use: at least one step, and the first whole step of the reward's price. */
function leastCostOf(reward: Reward, definition: ProgramDefinition): number {
  if (reward.kind !== 'chosen-points' || isStampProgram(definition)) return costOf(reward, definition);
  return Math.max(1, Math.ceil(reward.at / reward.step)) * reward.step;
}

interface Facts {
  readonly state: MemberState;
  readonly own: ProgramState;
  readonly definition: ProgramDefinition;
  readonly day: PlainDay;
}

/** Tier and pass. */
function isAllowed(reward: Reward, { state, own, definition, day }: Facts): boolean {
  if (reward.needsPass && !isPassValid(own, day)) return false;
  if (reward.tier === undefined) return true;
  return reachesTier(definition.tiers, tierOn(state, definition, day)?.level ?? null, reward.tier);
}

export const isPassValid = ({ passUntil }: Pick<ProgramState, 'passUntil'>, day: PlainDay): boolean =>
  passUntil !== null && passUntil >= day;

/** The same reward on several full cards is one offer; the oldest card gives first. */
export interface RewardOffer {
  readonly next: ReadyReward;
  /** How many times it may be taken. */
  readonly count: number;
}

export function listRewardOffers(
  state: MemberState,
  programs: ProgramBook,
  context: RewardContext,
): RewardOffer[] {
  const offers = new Map<string, RewardOffer>();
  for (const ready of listReadyRewards(state, programs, context)) {
    const key = `${ready.program} ${ready.reward.id} ${ready.reward.name}`;
    const known = offers.get(key);
    offers.set(
      key,
      known ? { ...known, count: known.count + ready.times } : { next: ready, count: ready.times },
    );
  }
  return [...offers.values()];
}

/** Units that lapse soon are said this many days before. */
export const EXPIRY_NOTICE_DAYS = 30;

interface ViewBase {
  readonly program: string;
  /** The rules it plays by: those of the shown card, else the current ones. */
  readonly definition: ProgramDefinition;
  /** The card plays by older rules than a new one would. */
  readonly isOldVersion: boolean;
  /** The next reward not reached yet and how many units are left to it. */
  readonly next: { readonly name: string; readonly at: number; readonly left: number } | null;
  /** What lapses next, when that is soon. */
  readonly expiring: { readonly units: number; readonly until: PlainDay; readonly days: number } | null;
  /** Undefined in a program without tiers. */
  readonly tier: TierView | undefined;
  /** The last day of a valid pass. */
  readonly passUntil: PlainDay | null;
}

/** What the row of stamps on screen shows: the card being filled, or an empty one of the current version. */
export interface CardView extends ViewBase {
  readonly kind: 'stamps';
  readonly definition: StampProgram;
  readonly stamps: number;
  readonly size: number;
  /** Places on the card that give something, with what, and whether it was taken. */
  readonly marks: readonly { readonly at: number; readonly name: string; readonly isTaken: boolean }[];
  /** Full cards waiting for their final reward, the shown one not counted. */
  readonly fullCards: number;
}

export interface PointsView extends ViewBase {
  readonly kind: 'points';
  readonly points: number;
  /** What points can be used for, cheapest first. */
  readonly marks: readonly { readonly at: number; readonly name: string; readonly isReached: boolean }[];
  /** False for a program that only sells a pass or gives perks. */
  readonly countsUnits: boolean;
}

export type ProgramView = CardView | PointsView;

/** One view per program: every current one, and a withdrawn one while the member holds something in it. */
export function listProgramViews(state: MemberState, programs: ProgramBook, day: PlainDay): ProgramView[] {
  const now = stateOn(state, day, programs);
  return listCurrentPrograms(programs).flatMap((current) => {
    const own = findProgramState(now, current.id);
    if (current.isWithdrawn && !(own && holdsAnything(own, day))) return [];
    return [viewProgram(now, own ?? emptyProgramState(current.id), current, programs, day)];
  });
}

/** A spent card is still there for its milestone. */
const holdsAnything = (own: ProgramState, day: PlainDay): boolean =>
  balanceOf(own) > 0 || own.cards.length > 0 || isPassValid(own, day);

function viewProgram(
  state: MemberState,
  own: ProgramState,
  current: ProgramDefinition,
  programs: ProgramBook,
  day: PlainDay,
): ProgramView {
  const standing = {
    program: current.id,
    tier: tierOn(state, current, day),
    passUntil: isPassValid(own, day) ? own.passUntil : null,
    expiring: nextExpiry(own, day),
  };
  return isStampProgram(current)
    ? { ...standing, ...viewCard(own, current, programs) }
    : { ...standing, ...viewPoints(own, current) };
}

type Standing = 'program' | 'tier' | 'passUntil' | 'expiring';

function viewCard(own: ProgramState, current: StampProgram, programs: ProgramBook): Omit<CardView, Standing> {
  const live = own.cards.filter((card) => !card.spent);
  const shown = live.at(-1);
  const found = shown && findProgram(programs, current.id, shown.version);
  const definition = found && isStampProgram(found) ? found : current;
  const stamps = shown?.stamps ?? 0;
  const marks = definition.rewards.filter(({ at }) => at > 0).sort((a, b) => a.at - b.at);
  const next = marks.find((reward) => reward.at > stamps);
  const full = live.filter((card) => card.stamps === card.size).length;
  return {
    kind: 'stamps',
    definition,
    stamps,
    size: definition.unit.size,
    marks: marks.map((reward) => ({
      at: reward.at,
      name: reward.name,
      isTaken: shown?.taken.includes(reward.id) ?? false,
    })),
    fullCards: full - (shown && shown.stamps === shown.size ? 1 : 0),
    next: next ? { name: next.name, at: next.at, left: next.at - stamps } : null,
    isOldVersion: definition.version !== current.version,
  };
}

function viewPoints(own: ProgramState, current: ProgramDefinition): Omit<PointsView, Standing> {
  const points = sumOf(own.lots);
  const marks = current.rewards.filter(({ at }) => at > 0).sort((a, b) => a.at - b.at);
  const next = marks.find((reward) => reward.at > points);
  const isEarned = current.earn.length > 0 || current.headStart > 0;
  const isSold = current.offers?.some(({ kind }) => kind === 'prepaid') ?? false;
  return {
    kind: 'points',
    definition: current,
    points,
    marks: marks.map(({ at, name }) => ({ at, name, isReached: at <= points })),
    next: next ? { name: next.name, at: next.at, left: next.at - points } : null,
    countsUnits: isEarned || isSold || points > 0,
    isOldVersion: false,
  };
}

/** A full card waits with its reward and is not spoken of here. */
function nextExpiry(own: ProgramState, day: PlainDay): ProgramView['expiring'] {
  const open = own.cards.filter((card) => !card.spent && card.stamps < card.size);
  const lots = [...own.lots, ...open.flatMap((card) => card.lots)];
  const until = lots.reduce<PlainDay | null>(
    (first, lot) => (lot.until !== null && (first === null || lot.until < first) ? lot.until : first),
    null,
  );
  if (until === null) return null;
  const days = daysBetween({ from: day, to: until });
  if (days > EXPIRY_NOTICE_DAYS) return null;
  return { units: sumOf(lots.filter((lot) => lot.until === until)), until, days };
}
