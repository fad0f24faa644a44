import type { EventId, MemberId, PlainDay } from '../lib/brand.ts';

/**
 * One member's running state: what the fold makes of their events. Plain data with a canonical form, so that two
 * tills, or a rebuild, can be compared byte by byte. Lists keep a defined order; nothing is optional.
 *
 * It is as of the member's last event: units that expired since are still in it. `stateOn` tells what holds on a day.
 */
export interface MemberState {
  readonly member: MemberId;
  /** Moment of the earliest enrolment, milliseconds since 1970 UTC; null when none counts (any more). */
  readonly joinedAt: number | null;
  readonly lastVisitAt: number | null;
  readonly lastVisitDay: PlainDay | null;
  readonly visits: number;
  /** Events that count. At 0 nothing is left of the member: the enrolment was undone. */
  readonly live: number;
  /** The latest business day of an event. */
  readonly lastDay: PlainDay | null;
  /** Who brought this member. */
  readonly referredBy: MemberId | null;
  /** Friends this member was rewarded for. */
  readonly referrals: number;
  /** Weeks in a row with a visit; null before the first. */
  readonly streak: WeekStreak | null;
  /** Calendar years with a visit, earlier first. */
  readonly years: readonly YearTotals[];
  /** By charity, in the order of the names. */
  readonly donations: readonly DonationTotal[];
  /** In the order of the programs' ids. */
  readonly programs: readonly ProgramState[];
  readonly exceptions: readonly MemberException[];
  /** An event of a newer app touched this member: readable, but nothing may be redeemed before an update. */
  readonly needsUpdate: boolean;
}

export interface WeekStreak {
  /** The Monday of the latest week with a visit. */
  readonly week: PlainDay;
  readonly weeks: number;
  readonly best: number;
}

export interface YearTotals {
  readonly year: number;
  readonly visits: number;
  /** Minor units. */
  readonly spend: number;
}

export interface DonationTotal {
  readonly charity: string;
  /** Minor units. */
  readonly amount: number;
}

/** "Card" in the product's words: the member's state in one program. */
export interface ProgramState {
  readonly program: string;
  /** Units ever granted, voided ones excluded. */
  readonly earned: number;
  /** Sum of adjustments as far as they could be applied; may be negative. */
  readonly adjusted: number;
  /** Units taken by valid redemptions. */
  readonly spent: number;
  /** Units that were not used in time. */
  readonly expired: number;
  /** Final rewards redeemed. */
  readonly completed: number;
  /** Units of a version whose definition this till does not hold, and more stamps than anybody can mean. */
  readonly unplaced: number;
  /** Open cards of stamps, oldest first; only the last one can be partly filled. */
  readonly cards: readonly PunchCard[];
  /** Points, in the order in which they expire; those that never do come last. */
  readonly lots: readonly Lot[];
  readonly lastGrantAt: number | null;
  /** Units from visits on the latest business day that had any. */
  readonly today: { readonly day: PlainDay; readonly units: number } | null;
  /** How often rewards were taken and actions were done, in the order of their ids. */
  readonly uses: readonly UseCount[];
  /** Birthday gifts taken: the year of the birthday. */
  readonly gifts: readonly { readonly reward: string; readonly year: number }[];
  /** The last day of a paid pass. */
  readonly passUntil: PlainDay | null;
  /** Calendar years that earned units, earlier first. */
  readonly years: readonly { readonly year: number; readonly units: number }[];
  /** A tier brought from elsewhere, and the last year in which it holds. */
  readonly broughtTier: { readonly level: string; readonly until: number } | null;
}

/** Units that were earned together and lapse together. */
export interface Lot {
  readonly units: number;
  /** The day they were earned; the earliest one where lots were joined. */
  readonly on: PlainDay;
  /** The last day on which they can be used. */
  readonly until: PlainDay | null;
  /** Months that a visit gives them anew; null when a visit changes nothing. */
  readonly renewsMonths: number | null;
}

/** One punch card. It keeps the version, and so the size and the rewards, that it started with. */
export interface PunchCard {
  readonly version: number;
  readonly size: number;
  /** Sum of `lots`. */
  readonly stamps: number;
  /** In the order they were stamped; none of them lapses once the card is full. */
  readonly lots: readonly Lot[];
  /** The final reward was redeemed; the card stays open only for a milestone not taken yet. */
  readonly spent: boolean;
  /** Rewards already redeemed, by id, in the order they were taken. */
  readonly taken: readonly string[];
}

export interface UseCount {
  /** A reward's or an action's id. */
  readonly id: string;
  readonly ever: number;
  /** The latest few days with a use, earlier first. */
  readonly days: readonly { readonly day: PlainDay; readonly times: number }[];
  /** Calendar years with a use, earlier first. */
  readonly years: readonly { readonly year: number; readonly times: number }[];
}

export interface MemberException {
  readonly event: EventId;
  readonly kind: 'excess-redemption' | 'short-adjustment' | 'over-limit';
}

export function emptyMemberState(member: MemberId): MemberState {
  return {
    member,
    joinedAt: null,
    lastVisitAt: null,
    lastVisitDay: null,
    visits: 0,
    live: 0,
    lastDay: null,
    referredBy: null,
    referrals: 0,
    streak: null,
    years: [],
    donations: [],
    programs: [],
    exceptions: [],
    needsUpdate: false,
  };
}

export function emptyProgramState(program: string): ProgramState {
  return {
    program,
    earned: 0,
    adjusted: 0,
    spent: 0,
    expired: 0,
    completed: 0,
    unplaced: 0,
    cards: [],
    lots: [],
    lastGrantAt: null,
    today: null,
    uses: [],
    gifts: [],
    passUntil: null,
    years: [],
    broughtTier: null,
  };
}

export function findProgramState(state: MemberState, program: string): ProgramState | undefined {
  return state.programs.find((candidate) => candidate.program === program);
}

/** Units that can still be used, on all open cards and in all lots. */
export function balanceOf(state: ProgramState): number {
  const stamps = state.cards.reduce((sum, card) => sum + (card.spent ? 0 : card.stamps), 0);
  const points = state.lots.reduce((sum, lot) => sum + lot.units, 0);
  return stamps + points + state.unplaced;
}
