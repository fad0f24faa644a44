import type { PageCache } from '#renderer/data/sync/page-cache.ts';
import type { SyncStore } from '#renderer/data/sync/sync-store.ts';
import type { EndpointLink } from '#renderer/platform/endpoint-link.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Clock } from '#shared/lib/ports.ts';
import type { ProfileSealer } from './seal-profile.ts';
import type { BatchReport, SyncStatus } from './sync-desk.ts';

/** What the loop runs on. Everything it does not decide itself is behind one of these. */
export interface LoopParts {
  readonly store: SyncStore;
  readonly pageCache: PageCache;
  /** `isHeld`: a person has closed the way, so that nothing comes of a request is no news. */
  readonly link: Pick<EndpointLink, 'send' | 'listen'> & { readonly isHeld?: () => boolean };
  readonly sealer: ProfileSealer;
  readonly clock: Clock;
  /** 0 ≤ chance < 1 */
  readonly chance: () => number;
  /** A random name for a batch, for the endpoint's log. */
  readonly batchId: () => string;
  readonly timers: Timers;
  readonly pace: Pace;
  readonly app: string;
  readonly schemaEpoch: number;
  readonly onStatus: (status: LoopStatus) => void;
  /** The store refused, or something is wrong with the app itself. The loop waits and goes on. */
  readonly onFault: (error: unknown) => void;
  /** After all that is new was pulled: who has new events or another profile. */
  readonly afterPull?: (members: readonly MemberId[]) => Promise<void>;
}

export interface Timers {
  /** @returns how to call it off. */
  after(milliseconds: number, run: () => void): () => void;
}

/** Gives way to the counter, and measures how much may be written at once (renderer/data/slice-pacer.ts). */
export interface Pace {
  /** Resolves when the counter is not being answered. */
  ready(): Promise<void>;
  /** Somebody stands at the counter. */
  isBusy(): boolean;
  /** Rows of the next transaction. */
  rows(): number;
  measured(slice: { readonly rows: number; readonly durationMs: number }): void;
  /** Lets everything that has happened meanwhile be heard first. */
  turn(): Promise<void>;
  /** Milliseconds on a steady clock. */
  steadyNow(): number;
}

/** What the loop knows of the status; a window adds what only it knows. */
export type LoopStatus = Omit<SyncStatus, 'endpoint' | 'isWriter'>;

export type Report = Omit<BatchReport, 'at'>;
