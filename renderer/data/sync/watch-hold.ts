import Dexie, { type ObservabilitySet } from 'dexie';
import type { Database } from '../database.ts';
import { readSettings } from '../settings.ts';

/** Whether a person has paused sync on this till. */
export const isSyncHeld = async (database: Database): Promise<boolean> =>
  (await readSettings(database)).holdsSync;

/** Tells how it stands after each change of a setting, in any window. */
export function watchHold(
  database: Database,
  onRead: (isHeld: boolean) => void,
  onFault: (error: unknown) => void,
): void {
  const settings = `idb://${database.name}/settings/`;
  const read = async () => {
    try {
      onRead(await isSyncHeld(database));
    } catch (error) {
      onFault(error);
    }
  };
  Dexie.on('storagemutated', (parts: ObservabilitySet) => {
    if (Object.keys(parts).some((part) => part.startsWith(settings))) void read();
  });
}
