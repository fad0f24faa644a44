import type { StreamId } from '#shared/lib/brand.ts';

/** What every step of sync works in. */
export interface StepContext {
  readonly transaction: IDBTransaction;
  /** Positions that are set aside, as the transaction found them. */
  readonly aside: ReadonlySet<number>;
  /** Milliseconds since 1970 UTC, by this till's clock. */
  readonly nowMs: number;
  readonly newStream: () => StreamId;
}
