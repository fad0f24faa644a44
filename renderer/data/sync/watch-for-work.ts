import Dexie, { type ObservabilitySet } from 'dexie';
import type { Database } from '../database.ts';

/**
 * Tells when there may be something to send: an event or a document was written in any window. A commit says so to live
 * queries anyway, in every window and worker, so whoever writes does nothing for this.
 *
 * @returns a function that stops watching.
 */
export function watchForWork(database: Database, onWork: () => void): () => void {
  const watched = ['events', 'unsentProfiles'].map((table) => `idb://${database.name}/${table}/`);
  const look = (parts: ObservabilitySet): void => {
    if (Object.keys(parts).some((part) => watched.some((table) => part.startsWith(table)))) onWork();
  };
  Dexie.on('storagemutated', look);
  return () => Dexie.on.storagemutated.unsubscribe(look);
}
