import type { Database } from './database.ts';
import { storageProblemOf } from './storage-problem.ts';

/**
 * Connects anew after the browser closed the store under us: it does so when the disk is full, when a file can't be
 * written and when data is cleared. Dexie may not know; only a close of its own makes it open a new connection.
 *
 * @throws DOMException or a Dexie error when the store can't be opened (yet).
 */
export async function reopen(database: Database): Promise<void> {
  database.close({ disableAutoOpen: false });
  await database.open();
}

/** Runs `read`, once more on a new connection if the old one turns out to be closed. For reads: they may repeat. */
export async function reopening<Value>(database: Database, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (storageProblemOf(error) !== 'closed') throw error;
    await reopen(database);
    return await read();
  }
}
