import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { Result } from '#shared/lib/result.ts';
import type { SetAside, SyncPhase } from '#shared/sync/sync-state.ts';
import type { Confirmation } from './confirmations.ts';
import type { PairFailure, PairedEndpoint } from '#renderer/platform/endpoint-link.ts';

/**
 * Sync as the rest of the app sees it: one status to show and a few things to ask for. The loop behind it runs in a worker
 * of whichever window holds the profile's lock; windows without it show the same status.
 */
export interface SyncDesk {
  /** The same object until something changes. Bound: may be passed on without the desk. */
  readonly status: () => SyncStatus;
  readonly subscribe: (listener: () => void) => () => void;
  /** Contact at once, also when it waits after a failure. */
  syncNow(): void;
  /** Pairs this till. `invitation` is what a manager's till shows; with an address and a code it is the shop's first till. */
  pair(
    request: PairingForm,
  ): Promise<Result<PairedEndpoint, PairFailure | { readonly code: 'bad-invitation' | 'needs-invitation' }>>;
  /** The shop key stays with the ledger. @throws when the rest can't be removed: the till is still paired then. */
  unpair(): Promise<void>;
  /** What the next till types or scans: address, one-time code and shop key in one text. */
  invite(): Promise<Result<Invitation, AskFailure>>;
  listTills(): Promise<Result<readonly ShopTill[], AskFailure>>;
  revokeTill(till: string): Promise<Result<undefined, AskFailure>>;
  /** @returns whether it will be; if not (the disk is full), it is set aside as before. */
  offerAgain(id: string): Promise<boolean>;
  /**
   * Sends the queue with this redemption in it, pulls up to its place and folds. `confirmed` and `excess` are the shop's
   * word; `set-aside`: it was refused and gets no place; `no-answer` after `withinMs`.
   */
  confirmRedemption(request: {
    readonly redemption: EventId;
    readonly member: MemberId;
    readonly withinMs: number;
  }): Promise<Confirmation>;
  stop(): void;
}

export type PairingForm =
  | { readonly kind: 'first'; readonly address: string; readonly code: string; readonly name: string }
  | { readonly kind: 'next'; readonly invitation: string; readonly name: string };

export interface Invitation {
  /** `tenpunch:` and base64url of JSON; short enough for a QR code. */
  readonly text: string;
  /** Milliseconds since 1970 UTC, by this till's clock. */
  readonly expiresAt: number;
}

export interface ShopTill {
  readonly till: string;
  readonly name: string;
  readonly app: string;
  readonly pairedAt: number;
  readonly revokedAt: number | null;
}

/** An answer that a person waits for did not come. */
export interface AskFailure {
  readonly code: 'not-paired' | 'no-answer' | 'refused' | 'busy';
}

export interface SyncStatus {
  readonly endpoint: PairedEndpoint | undefined;
  readonly phase: SyncPhase;
  /** This window's worker holds the profile's lock. */
  readonly isWriter: boolean;
  /** Milliseconds since 1970 UTC of the last answer of the endpoint; null: none since the pairing. */
  readonly lastContactAt: number | null;
  /** Own events and documents that wait. */
  readonly unsentEvents: number;
  readonly unsentProfiles: number;
  /** By this till's clock; null: nothing waits. */
  readonly oldestUnsentAt: number | null;
  /** While it pulls: how far. */
  readonly cursor: number;
  readonly head: number;
  /** While everybody's card is read ahead of a long past: how far. */
  readonly snapshot: SnapshotProgress | null;
  /** What still has to go into the ledger lies on this till's disk: no connection is needed for it. */
  readonly isFiling: boolean;
  readonly setAside: readonly SetAside[];
  /** The last batches and what came back, newest first. */
  readonly recent: readonly BatchReport[];
}

/** In events read, each maybe twice, and cards written. */
export interface SnapshotProgress {
  readonly done: number;
  readonly total: number;
}

export interface BatchReport {
  readonly at: number;
  readonly kind: 'push' | 'pull' | 'profiles-push' | 'profiles-pull' | 'hello';
  readonly events: number;
  /** `ok`, a status word, or a failure's code. */
  readonly outcome: string;
}
