import { afterEach } from 'vitest';
import type { Database } from '#renderer/data/database.ts';
import { openTestStore } from './test-store.ts';

/**
 * Opens stores that are deleted after each test. For the top of a file; hooks that are registered behind it run before it, so screens
 * are cleaned up before their stores go.
 */
export function deletedStores(): typeof openTestStore {
  const opened: Database[] = [];
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.delete();
  });
  return async (...request) => {
    const store = await openTestStore(...request);
    opened.push(store.database);
    return store;
  };
}
