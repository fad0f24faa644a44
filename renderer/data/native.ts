import Dexie, { RangeSet, type IndexableType, type ObservabilitySet } from 'dexie';
import type { Database, TableName } from './database.ts';

/**
 * The hot paths (a lookup per keystroke, a punch) talk to IndexedDB through Dexie's own connection: Dexie's transaction
 * costs 1.5–2.2 times as much there. Everything else uses Dexie.
 */

/** The open native connection. @throws InvalidStateError-like when Dexie has none, or one that is still being checked. */
export function nativeOf(database: Database): IDBDatabase {
  const native = database.isOpen() ? database.backendDB() : null;
  if (!native || !database.connection.isChecked(native))
    throw new DOMException('the database is not open', 'InvalidStateError');
  return native;
}

/** Resolves inside the transaction's own turn, so the next request may follow the `await` directly. */
export function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('request failed')));
  });
}

/** Resolves after the commit, which with strict durability means after the flush. */
export function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () =>
      // Chromium aborts with no error of its own when the disk is full while committing.
      reject(transaction.error ?? new DOMException('the commit was refused', 'QuotaExceededError')),
    );
  });
}

export type Changes = Partial<Record<TableName, ChangedRows>>;
interface ChangedRows {
  readonly keys: readonly IndexableType[];
  /** Index entries that changed; `all` where any query over the index may see it. */
  readonly indexes?: Readonly<Record<string, readonly IndexableType[] | 'all'>>;
}

/** Tells live queries, of this and other windows, what a native transaction changed. */
export function announce(database: Database, changes: Changes): void {
  const parts: ObservabilitySet = {};
  for (const [table, { keys, indexes }] of Object.entries(changes)) {
    const part = (index: string) => `idb://${database.name}/${table}/${index}`;
    parts[part('')] = new RangeSet().addKeys([...keys]);
    for (const [index, values] of Object.entries(indexes ?? {})) {
      parts[part(index)] =
        values === 'all' ? new RangeSet(-Infinity, [[[]]]) : new RangeSet().addKeys([...values]);
    }
  }
  Dexie.on.storagemutated.fire(parts);
}
