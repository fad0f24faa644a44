import type { DayTotals } from '#shared/domain/day-totals.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { ProfileContent } from '#shared/domain/profile.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { EventDraft, KnownEvent } from '#shared/ledger/event.ts';
import type { SealContext, StreamHead } from '#shared/ledger/stream.ts';
import type { EventId, MemberId, PhoneNumber, PlainDay, StreamId } from '#shared/lib/brand.ts';
import type { Result } from '#shared/lib/result.ts';
import type { Person } from './aliases.ts';
import type { EventRow, MemberRow } from './rows.ts';
import type { SpaceGuard } from './space-guard.ts';
import type { StorageProblem } from './storage-problem.ts';

/** What a command asks of the ledger and what it gets: the whole of the one way in. `ledger.ts` does it. */

export interface CommitReads {
  /** All of the member's events: needed to take one back. */
  readonly history?: boolean;
  readonly profile?: boolean;
  /** Who holds this number now? */
  readonly phone?: PhoneNumber;
  /** Who holds this card code now? */
  readonly card?: string;
  /**
   * A second member whom the action concerns: by id, whoever brought this one (before their first visit), or whom an
   * event of this one rewarded.
   */
  readonly companion?: MemberId | 'referrer' | { readonly rewardedBy: EventId };
}

/** What is true inside the transaction; nobody else can change it before the commit. */
export interface CommitView {
  readonly state: MemberState;
  readonly row: MemberRow | undefined;
  /** The member's ids, the canonical one first; undefined for an event without a member. */
  readonly person: Person | undefined;
  /** Under which of these ids the person was forgotten. Known when the profile was asked for. */
  readonly erased: ReadonlySet<MemberId>;
  readonly profile: ProfileContent;
  readonly history: readonly EventRow[];
  /** This till has just joined, and not all events are here yet: what reaches back has to wait. */
  readonly isPastComing: boolean;
  readonly phoneOwner: MemberId | undefined;
  readonly cardOwner: MemberId | undefined;
  readonly totals: DayTotals | undefined;
  readonly programs: ProgramBook;
  /** Milliseconds since 1970 UTC. */
  readonly nowMs: number;
  readonly day: PlainDay;
  /** IANA name of the till's zone. */
  readonly timeZone: string;
  /** The state of `reads.companion`; undefined when it was not asked for or nobody is there. */
  readonly companion: MemberState | undefined;
  /** All ids of the companion, the canonical one first. */
  readonly companionIds: readonly MemberId[];
  /** Under which ids the companion was forgotten, when `reads.profile` asked for it. */
  readonly companionErased: ReadonlySet<MemberId>;
  /** All of the companion's events, when `reads.history` asked for them. */
  readonly companionHistory: readonly EventRow[];
}

export interface Decision {
  readonly draft: EventDraft;
  /** The same intent's event for the other member, in the same commit: both or neither. */
  readonly companion?: EventDraft;
  /** The member's profile from now on; absent: unchanged. */
  readonly profile?: ProfileContent;
}

export interface AppendRequest<Failure> {
  /** Minted when the action opened and reused by every retry. */
  readonly id: EventId;
  readonly member?: MemberId;
  readonly reads?: CommitReads;
  /** Pure and synchronous. Its refusal aborts the transaction. */
  readonly decide: (view: CommitView) => Result<Decision, Failure>;
}

export interface Appended {
  readonly event: KnownEvent;
  /** The member's state now; undefined for an event without a member. */
  readonly state: MemberState | undefined;
  /** The id was already in the ledger: this call changed nothing. */
  readonly isRepeat: boolean;
}

export interface StorageFailure {
  readonly code: 'storage';
  readonly problem: StorageProblem;
}

export interface Ledger {
  /** Where this window's events go; another one after this window's place was lost. */
  stream(): StreamId;
  /** What this window wrote last; undefined before its first event. Sync may have moved it to another stream since. */
  lastEvent(): EventId | undefined;
  append<Failure>(request: AppendRequest<Failure>): Promise<Result<Appended, Failure | StorageFailure>>;
  /** Every published program version this till holds. */
  programs(): ProgramBook;
  /** Reads the programs anew, after another window published one. */
  refreshPrograms(): Promise<void>;
  /** Reserves this window's stream for a batch of events sealed by the caller (import). Runs alone. */
  withStream<Value>(run: (stream: OpenStream) => Promise<Value>): Promise<Value>;
}

/** When something is sealed. Asked once per commit: the zone and the calendar cost more than a hash. */
export type Moment = Pick<SealContext, 'wall' | 'tz' | 'day'>;

/** Sealing in this window's stream; `advance` only after the transaction that wrote the events has committed. */
export interface OpenStream {
  readonly head: StreamHead;
  moment(): Moment;
  seal(
    draft: EventDraft,
    head: StreamHead,
    moment: Moment,
  ): { readonly event: KnownEvent; readonly head: StreamHead };
  advance(head: StreamHead): void;
  /** As last read. */
  readonly programs: ProgramBook;
  /** Reads them in the transaction that folds, when one is missing. */
  refreshPrograms(transaction: IDBTransaction): Promise<void>;
  /**
   * Begins a new stream when sync has moved the end of this one elsewhere, and goes on behind the stamps of other windows.
   * Before anything is sealed.
   */
  follow(transaction: IDBTransaction): Promise<void>;
  /** Asked before each transaction and told when one met a full disk. */
  readonly guard: SpaceGuard | undefined;
}
