import type { Transaction } from 'dexie';

/** One step of the database's shape, as Dexie declares it. */
export interface Migration {
  readonly version: number;
  readonly stores: Readonly<Record<string, string | null>>;
  readonly upgrade?: (transaction: Transaction) => PromiseLike<void>;
}
