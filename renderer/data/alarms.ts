import type { Database } from './database.ts';
import type { AlarmRow } from './rows.ts';
import { requireRoom, type SpaceGuard } from './space-guard.ts';

export type StoredAlarm = AlarmRow & { readonly id: number };

/** What no manager has seen yet, the newest first, and how many there are. */
export async function listUnseenAlarms(
  database: Database,
  limit: number,
): Promise<{ readonly alarms: readonly StoredAlarm[]; readonly total: number }> {
  const unseen = await database.alarms.filter(({ isSeen }) => isSeen !== true).toArray();
  const alarms = unseen.filter((row): row is StoredAlarm => row.id !== undefined);
  return { alarms: alarms.sort((a, b) => b.id - a.id).slice(0, limit), total: alarms.length };
}

export const countUnseenAlarms = (database: Database): Promise<number> =>
  database.alarms.filter(({ isSeen }) => isSeen !== true).count();

/**
 * A note of this till, not part of the ledger. One that was raised again meanwhile is another row or stays seen.
 * @throws DOMException QuotaExceededError when there is no room, before anything is written.
 */
export async function markAlarmsSeen(
  database: Database,
  ids: readonly number[],
  guard?: SpaceGuard,
): Promise<void> {
  await requireRoom(guard);
  await database.alarms.where('id').anyOf(ids).modify({ isSeen: true });
}
