import type { DayTotals } from '#shared/domain/day-totals.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { Profile } from '#shared/domain/profile.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { LedgerEvent, StreamPosition } from '#shared/ledger/event.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import type { AlarmCode } from '#shared/sync/sync-state.ts';
import type { Digest, ImportId, MemberId, PhoneNumber, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';

/** What lies in each table. `events` and `profiles` are the truth; `members`, `cards`, `totals`, `programs` and
 * `streams` are projections that can be dropped and rebuilt to equal bytes. */

/** `n` is the local commit order: the ledger's own key order is the queue that sync will read. */
export type EventRow = LedgerEvent & {
  readonly n: number;
  /**
   * Its place in the shop's one order, where it came with it; never part of what is hashed or sent. What was here before
   * got its place in `places`: rows are read with both by `withPlaces`.
   */
  readonly g?: number;
};

/** Events that follow each other here and in the shop's order: the one at `n` has the place `g`, the next the next. */
export interface PlaceRun {
  readonly n: number;
  readonly g: number;
  readonly count: number;
}

export interface StreamRow {
  readonly stream: StreamId;
  readonly seq: number;
  readonly link: Digest;
  readonly parent: StreamPosition | null;
}

export type ProfileRow = Profile;
export type CardsRow = MemberState;
export type TotalsRow = DayTotals;
export type ProgramRow = ProgramDefinition;

/** The search row: short fields only, because every keystroke reads some of them. Absent keys are not indexed. */
export interface MemberRow {
  readonly id: MemberId;
  readonly name: string;
  readonly nameKeys: readonly string[];
  readonly phone?: PhoneNumber;
  readonly last4?: string;
  readonly card?: string;
  /** Milliseconds since 1970 UTC; the day of joining until the first visit, so that the pair index has an order. */
  readonly lastVisitAt: number;
  readonly joinedAt: number;
  readonly visits: number;
  /** Usable stamps on all cards, as of the last event. Points are another unit and never added to them. */
  readonly stamps: number;
  /** Usable points by program, in the order of the ids, as of the last event; programs with none are left out. */
  readonly points: readonly { readonly program: string; readonly units: number }[];
  /** Rewards that wait on cards, as of the last event. What points can buy: `hasReward` in row-rewards.ts. */
  readonly ready: number;
}

/** A setting of this till; may be lost without losing a stamp. */
export interface SettingRow {
  readonly key: string;
  readonly value: unknown;
}

export interface TillIdentity {
  readonly shop: ShopId;
  readonly till: TillId;
}

export interface MetaRow {
  readonly key: string;
  readonly value: unknown;
}

/**
 * A member who is the same person as another: everything of both stands under `canonical`, whose number, last digits or card
 * also finds it by these. A projection; absent keys are not indexed.
 */
export interface AliasRow {
  readonly member: MemberId;
  readonly canonical: MemberId;
  /** 1, 2, 3 … in the order in which those who were merged were enrolled; the canonical one is before them. */
  readonly place: number;
  /** What joining gave counts already, for somebody of the same number. */
  readonly hasNoJoining?: true;
  readonly phone?: PhoneNumber;
  readonly last4?: string;
  readonly card?: string;
}

/** The profile document of this member was changed here and waits to be sent. */
export interface UnsentProfileRow {
  readonly member: MemberId;
  /** The enrolment was taken back, and the document went with it: the others get an empty one, of this stamp. */
  readonly emptied?: Hlc;
}

/** Somebody who was forgotten: no document of theirs, from wherever, is ever kept again. */
export interface ErasedRow {
  readonly member: MemberId;
  readonly hlc: Hlc;
}

/** Something of sync that a manager must see, once per thing. */
export interface AlarmRow {
  readonly id?: number;
  readonly code: AlarmCode | 'excess-redemption';
  /** A stream, an event or an epoch. */
  readonly about: string;
  /** Milliseconds since 1970 UTC, by the clock of this till, or of the one that gave the reward. */
  readonly at: number;
  /** A manager has seen it. */
  readonly isSeen?: true;
}

/** What an import did, so that it can be shown and undone as a whole. */
export interface ImportRow {
  readonly id: ImportId;
  readonly fileName: string;
  readonly startedAt: number;
  readonly phase: 'running' | 'done' | 'cancelled' | 'undoing' | 'undone';
  readonly enrolled: number;
  readonly credited: number;
  /** Ledger positions between which its events lie; the last is null while it runs. */
  readonly firstN: number;
  readonly lastN: number | null;
}
