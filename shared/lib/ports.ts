import type { EventId, ImportId, MemberId, ShopId, StreamId, TillId, ProgramId } from './brand.ts';

/** Where time comes from. Rules never read a clock themselves: the moment is passed in. */
export interface Clock {
  /** Milliseconds since 1970 UTC, whole, may jump either way. */
  now(): number;
  /** IANA name, for example `Europe/Istanbul`. */
  timeZone(): string;
}

/** Where ids come from. UUIDv7 for everything a ledger names: they sort roughly by time, order never relies on it. */
export interface Ids {
  eventId(): EventId;
  memberId(): MemberId;
  streamId(): StreamId;
  tillId(): TillId;
  shopId(): ShopId;
  importId(): ImportId;
  programId(): ProgramId;
  /** `count` uniformly random whole numbers in 0..`below`-1, for card codes. */
  randomNumbers(count: number, below: number): number[];
}

/** Ids, counts and codes only: never a name or a number. */
export interface Log {
  info(code: string, details?: Readonly<Record<string, string | number | boolean>>): void;
  error(code: string, details?: Readonly<Record<string, string | number | boolean>>): void;
}
