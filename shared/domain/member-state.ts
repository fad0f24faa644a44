import type { EventId, MemberId, PlainDay } from '../lib/brand.ts';

/**
 * One member's running state: what the fold makes of their events. Plain data with a canonical form, so that two
 * tills, or a rebuild, can be compared byte by byte. Lists keep a defined order; nothing is optional.
 */
export interface MemberState {
  readonly member: MemberId;
  /** Moment of the earliest enrolment, milliseconds since 1970 UTC; null when none counts (any more). */
  readonly joinedAt: number | null;
  readonly lastVisitAt: number | null;
  readonly visits: number;
  /** Events that count. At 0 nothing is left of the member: the enrolment was undone. */
  readonly live: number;
  /** In the order of the programs' ids. */
  readonly programs: readonly ProgramState[];
  readonly exceptions: readonly MemberException[];
  /** An event of a newer app touched this member: readable, but nothing may be redeemed before an update. */
  readonly needsUpdate: boolean;
}

/** "Card" in the product's words: the member's state in one program. */
export interface ProgramState {
  readonly program: string;
  /** Stamps ever granted, voided ones excluded. */
  readonly earned: number;
  /** Sum of adjustments as far as they could be applied; may be negative. */
  readonly adjusted: number;
  /** Stamps taken by valid redemptions. */
  readonly spent: number;
  /** Final rewards redeemed. */
  readonly completed: number;
  /** Stamps of a version whose definition this till does not hold. */
  readonly unplaced: number;
  /** Open cards, oldest first; only the last one can be partly filled. */
  readonly cards: readonly PunchCard[];
  readonly lastGrantAt: number | null;
  /** Stamps from visits on the latest business day that had any. */
  readonly today: { readonly day: PlainDay; readonly units: number } | null;
}

/** One punch card. It keeps the version, and so the size and the rewards, that it started with. */
export interface PunchCard {
  readonly version: number;
  readonly size: number;
  readonly stamps: number;
  /** The final reward was redeemed; the card stays open only for a milestone not taken yet. */
  readonly spent: boolean;
  /** Rewards already redeemed, by id, in the order they were taken. */
  readonly taken: readonly string[];
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
    visits: 0,
    live: 0,
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
    completed: 0,
    unplaced: 0,
    cards: [],
    lastGrantAt: null,
    today: null,
  };
}

export function findProgramState(state: MemberState, program: string): ProgramState | undefined {
  return state.programs.find((candidate) => candidate.program === program);
}

/** Stamps that can still be used, on all open cards. */
export function balanceOf(state: ProgramState): number {
  return state.cards.reduce((sum, card) => sum + (card.spent ? 0 : card.stamps), state.unplaced);
}
