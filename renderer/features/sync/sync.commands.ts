import { err, ok, type Result } from '#shared/lib/result.ts';
import { markAlarmsSeen } from '#renderer/data/alarms.ts';
import type { Database } from '#renderer/data/database.ts';
import type { StorageFailure } from '#renderer/data/ledger-port.ts';
import { writeSettings } from '#renderer/data/settings.ts';
import type { SpaceGuard } from '#renderer/data/space-guard.ts';
import { storageProblemOf } from '#renderer/data/storage-problem.ts';

export type SyncCommandResult = Result<undefined, StorageFailure>;

/** What this screen writes. None of it is an event: alarms and the till's name are this till's own. */
export interface SyncCommands {
  markSeen(alarms: readonly number[]): Promise<SyncCommandResult>;
  /** The name it was paired under is the name of this till; whoever pairs wants it to sync. */
  nameTill(tillName: string): Promise<SyncCommandResult>;
  /** No contact, in no window and after no start, until it is taken back. */
  hold(isHeld: boolean): Promise<SyncCommandResult>;
}

export function createSyncCommands(deps: {
  readonly database: Database;
  readonly guard?: SpaceGuard | undefined;
}): SyncCommands {
  const { database, guard } = deps;
  const attempt = async (write: () => Promise<void>): Promise<SyncCommandResult> => {
    try {
      await write();
      return ok(undefined);
    } catch (error) {
      return err({ code: 'storage', problem: storageProblemOf(error) });
    }
  };
  return {
    markSeen: (alarms) => attempt(() => markAlarmsSeen(database, alarms, guard)),
    nameTill: (tillName) => attempt(() => writeSettings(database, { tillName, holdsSync: false }, guard)),
    hold: (isHeld) => attempt(() => writeSettings(database, { holdsSync: isHeld }, guard)),
  };
}
