import { v001 } from './migrations/v001-start.ts';
import { v002 } from './migrations/v002-erased.ts';
import type { Database } from './sql.ts';

const MIGRATIONS: readonly string[] = [v001, v002];
/** Any number; two processes that start at once wait for each other on it. */
const LOCK = 7_400_110;

export class NewerStoreError extends Error {
  constructor(found: number) {
    super(`The store is of version ${found}; this endpoint knows ${MIGRATIONS.length}. Update the endpoint.`);
  }
}

/**
 * Brings the tables to this version.
 *
 * @param isUnlogged new tables stay out of the database's own journal: fewer writes, and nothing is in them after a crash
 * @throws NewerStoreError when a newer endpoint was here
 */
export async function migrate(database: Database, isUnlogged = false): Promise<void> {
  const asKept = (text: string): string =>
    isUnlogged ? text.replaceAll(/^create table\b/gm, 'create unlogged table') : text;
  await database.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await sql.query(asKept('create table if not exists migrations (version int primary key)'));
    const [row] = await sql.query<{ version: number | null }>(
      'select max(version) as version from migrations',
    );
    const done = row?.version ?? 0;
    if (done > MIGRATIONS.length) throw new NewerStoreError(done);
    for (const [index, text] of MIGRATIONS.entries()) {
      if (index < done) continue;
      for (const statement of asKept(text)
        .split(';')
        .filter((part) => part.trim() !== ''))
        await sql.query(statement);
      await sql.query('insert into migrations values ($1)', [index + 1]);
    }
  });
}

/** Whether this is a database with unlogged tables that still have what was in them: it was closed in order. */
export async function isKept(database: Database): Promise<boolean> {
  const [table] = await database.query(
    "select 1 from pg_class where oid = to_regclass('migrations') and relpersistence = 'u'",
  );
  if (!table) return false;
  return (await database.query('select version from migrations')).length > 0;
}
