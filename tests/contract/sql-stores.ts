import type { ArchivableStore } from '#server/store/event-store.ts';
import type { Database } from '#server/store/sql.ts';
import { openSqlStore } from '#server/store/sql-store.ts';

/** Empty stores one after the other in one database: a fresh schema each time costs less than a fresh database. */
export async function withFreshStore(
  database: Database,
  use: (store: ArchivableStore) => Promise<void>,
): Promise<void> {
  await database.execute('drop schema public cascade; create schema public');
  await use(await openSqlStore(database, () => 'epoch-1'));
}

/** The rows go, as when somebody empties a database to restore a backup into it; what outlives a restore stays. */
export async function emptyStore(database: Database): Promise<void> {
  await database.execute('truncate shops, tills, pairing_codes, streams, events, quarantine, profiles');
}
