import type { ArchivableStore } from './store/event-store.ts';
import type { Config } from './config.ts';
import { openEmbeddedStore, type EmbeddedOptions } from './embedded/embedded-store.ts';
import { openPGlite } from './store/pglite-database.ts';
import { openPostgres } from './store/postgres-database.ts';
import { openSqlStore } from './store/sql-store.ts';

/** PostgreSQL where DATABASE_URL names one, else a folder. */
export async function openStore(
  { databaseUrl, folder }: Pick<Config, 'databaseUrl' | 'folder'>,
  options: Omit<EmbeddedOptions, 'folder' | 'openDatabase'>,
): Promise<ArchivableStore> {
  if (databaseUrl === undefined) return openEmbeddedStore({ ...options, folder, openDatabase: openPGlite });
  const database = await openPostgres(databaseUrl);
  try {
    return await openSqlStore(database, options.newEpoch);
  } catch (error) {
    await database.close();
    throw error;
  }
}
