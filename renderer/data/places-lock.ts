import type { Database } from './database.ts';

/**
 * A rebuild reads the whole ledger in slices, and sync changes places in it: one waits for the other, over all windows. The
 * counter waits for neither.
 */
export async function holdPlaces<Value>(database: Database, run: () => Promise<Value>): Promise<Value> {
  return await navigator.locks.request(`tenpunch-places ${database.name}`, run);
}
