import { notOurs } from './connection.ts';
import type { Database } from './database.ts';
import { storageProblemOf } from './storage-problem.ts';

/**
 * Connects anew after the browser closed the store under us: it does so when the disk is full, when a file can't be
 * written and when data is cleared. Dexie may not know; only a close of its own makes it open a new connection. What
 * lies there must still be ours (connection.ts): it is neither made nor upgraded here.
 *
 * @throws DOMException or a Dexie error when the store can't be opened (yet); InvalidStateError when ours is gone.
 */
export async function reopen(database: Database): Promise<void> {
  // One that is just being checked is left alone: a close would take it from whoever opens it.
  const isBeingChecked = database.isOpen() && !database.connection.isChecked(database.backendDB());
  if (!isBeingChecked) database.close({ disableAutoOpen: false });
  try {
    await database.open();
  } catch (error) {
    // The opening was aborted because it would have made a store.
    if (typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError') {
      throw notOurs();
    }
    throw error;
  }
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
