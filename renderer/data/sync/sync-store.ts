import type { MemberState } from '#shared/domain/member-state.ts';
import type { Profile } from '#shared/domain/profile.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import type { HelloAnswer } from '#shared/sync/after-hello.ts';
import type { Page, PullStep, ReadForeign } from '#shared/sync/apply-pull.ts';
import type { Batch } from '#shared/sync/plan-push.ts';
import type { Rejected } from '#shared/sync/read-reply.ts';
import type { Held, SyncMarks, SyncRun, SyncStep } from '#shared/sync/sync-state.ts';
import type { EventVerdict } from '#shared/sync/wire.ts';

/**
 * While so much more is to come than is here already, cards are not made with each page: that costs several times as much as
 * making all of them once, at the end. A snapshot stands for them meanwhile.
 */
export const FAR_BEHIND = 20_000;

/**
 * What the sync loop asks of the till's store. Each `take…` is one transaction: it reads what the decision in shared/sync
 * needs, decides inside, and writes marks, rows and projections together, so a crash leaves either all of it or nothing.
 * Nothing here talks to the network.
 */
export interface SyncStore {
  readonly shop: string;
  readonly till: string;
  marks(): Promise<SyncMarks>;
  /**
   * The head of the queue in the local order, at most `limit` events, or what stands in it behind `after`. Rows come as they
   * are sent: without `n` and `g` inside.
   */
  queue(limit: number, after?: number): Promise<readonly Held<LedgerEvent>[]>;
  /** The streams of the head of the queue, and of what was acknowledged last and has no place yet, as a hello names them. */
  queuedStreams(): Promise<readonly { stream: string; lastSeq: number; link: string }[]>;
  /** Whether this is another endpoint than before, or one that was put back (shared/sync/after-hello.ts). */
  isAnew(answer: HelloAnswer): Promise<boolean>;
  takeHello(answer: HelloAnswer, run: SyncRun): Promise<SyncStep>;
  /** Undefined: the verdicts are not about this batch, nothing was kept. */
  takeVerdicts(batch: Batch, results: readonly EventVerdict[], run: SyncRun): Promise<PullStep | undefined>;
  takeRejection(batch: Batch, rejected: Rejected, run: SyncRun, chance: number): Promise<SyncStep>;
  takePage(page: Page, run: SyncRun, chance: number, read?: ReadForeign): Promise<PullStep>;
  /** The past has begun to come, and no cards stand for it yet (renderer/data/coming-past.ts). */
  isSnapshotDue(): Promise<boolean>;
  /** @returns whether the past is still coming; if not nothing was written. */
  beginSnapshot(request: SnapshotBegin): Promise<boolean>;
  /** @returns whether the snapshot still stands; if not nothing was written. */
  putSnapshot(slice: SnapshotSlice): Promise<boolean>;
  /** What another retry would change in the marks is nothing; only alarms of the step are kept. */
  takeRetry(step: SyncStep): Promise<void>;
  /** Events of another till from a sync file: here at once, without a place until they are pulled. */
  takeFile(events: readonly unknown[]): Promise<FileTaking>;
  offerAgain(id: string): Promise<void>;
  /** For the status only: reads, and may be a moment old. Cheap, so it may follow each batch. */
  countUnsent(): Promise<Unsent>;
  /** Goes through all of them. */
  countUnsentProfiles(): Promise<number>;
  /** What is known of a redemption; `state` is of whoever the member counts as now. */
  readRedemption(redemption: EventId, member: MemberId): Promise<RedemptionStanding>;
  /** Milliseconds since 1970 UTC of the last answer of an endpoint; null: none yet. */
  lastContactAt(): Promise<number | null>;
  keepContact(atMs: number): Promise<void>;

  /** Documents that wait, opened; at most `limit`. Erased ones carry no content. */
  unsentProfiles(limit: number): Promise<readonly ProfileToSend[]>;
  /** The endpoint has them, or newer ones. One that was edited meanwhile goes on waiting. */
  profilesSent(sent: readonly { readonly member: MemberId; readonly hlc: Hlc }[]): Promise<void>;
  /** Everything that is here waits again: at the first pairing and after the endpoint was restored. */
  queueAllProfiles(): Promise<void>;
  /**
   * Before the first document of a start. Under another key than the last time everything that is here is sealed and sent
   * anew, with a stamp right behind its own: it replaces what only the old key opens, and no later edit. All that the
   * endpoint has is opened once more.
   *
   * @param mark tells one shop key from another
   */
  useKey(mark: string): Promise<void>;
  /**
   * Last writer wins by `hlc`; an erased member stays erased (shared/sync/take-document.ts). The cursor moves in the same
   * transaction; null: they came in a file, which says nothing about it, and they are passed on.
   */
  takeProfiles(taken: {
    readonly docs: readonly PulledProfile[];
    readonly docCursor: number | null;
  }): Promise<void>;
}

export interface SnapshotBegin {
  readonly id: string;
  /** The last place that it has counted. */
  readonly upTo: number;
  /** The shop's own (programs, its description), in its order. */
  readonly shopEvents: readonly LedgerEvent[];
}

export interface SnapshotSlice {
  readonly id: string;
  /** In the order of their members, behind those before. */
  readonly cards: readonly MemberState[];
  readonly isLast: boolean;
}

export type ProfileToSend =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | { readonly kind: 'erased'; readonly member: MemberId; readonly hlc: Hlc };

export type PulledProfile =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | { readonly kind: 'erased'; readonly member: MemberId; readonly hlc: Hlc }
  /** Sealed with another key, or damaged: skipped, told once. */
  | { readonly kind: 'unreadable'; readonly member: MemberId };

export interface Unsent {
  /** Own ones that no endpoint has settled; what is set aside is not counted. */
  readonly events: number;
  /** When the oldest of these events was written, by this till's clock; null: none waits. */
  readonly oldestAt: number | null;
}

export interface RedemptionStanding {
  /** Null: not pulled yet. */
  readonly g: number | null;
  /** It was refused, and waits for a manager. */
  readonly isSetAside: boolean;
  readonly state: MemberState | undefined;
}

export interface FileTaking {
  readonly added: number;
  readonly known: number;
  /** No event, of another shop, or not what was hashed. */
  readonly refused: number;
}
