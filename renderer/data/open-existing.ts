import { err, type Result } from '#shared/lib/result.ts';
import { openDatabase, type Database, type OpenFailure } from './database.ts';

/**
 * For a worker: the store of the window that started it. One that was deleted meanwhile is not made anew, which would hide
 * the loss from the next start.
 */
export async function openExisting(name: string): Promise<Result<Database, OpenFailure>> {
  const isThere = (await indexedDB.databases()).some((database) => database.name === name);
  return isThere ? await openDatabase(name) : err({ code: 'storage', problem: 'closed' });
}
