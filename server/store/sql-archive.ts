import type { ArchivableStore, RowsPart } from './event-store.ts';
import type { Sql } from './sql.ts';
import { asRows } from './sql-columns.ts';
import { applyErased } from './sql-profiles.ts';

/** Tables in an order in which each finds what it refers to. Their columns are what a backup file carries. */
const TABLES: Readonly<Record<string, readonly (readonly [column: string, type: 'text' | 'bigint'])[]>> = {
  shops: [
    ['shop', 'text'],
    ['g', 'bigint'],
    ['p', 'bigint'],
    ['created_at', 'bigint'],
  ],
  tills: [
    ['shop', 'text'],
    ['till', 'text'],
    ['name', 'text'],
    ['app', 'text'],
    ['token_hash', 'text'],
    ['paired_at', 'bigint'],
    ['revoked_at', 'bigint'],
  ],
  streams: [
    ['shop', 'text'],
    ['stream', 'text'],
    ['seq', 'bigint'],
    ['link', 'text'],
  ],
  events: [
    ['shop', 'text'],
    ['stream', 'text'],
    ['seq', 'bigint'],
    ['id', 'text'],
    ['g', 'bigint'],
    ['body', 'text'],
    ['event', 'text'],
  ],
  quarantine: [
    ['shop', 'text'],
    ['till', 'text'],
    ['at', 'bigint'],
    ['code', 'text'],
    ['digest', 'text'],
    ['raw', 'text'],
  ],
  profiles: [
    ['shop', 'text'],
    ['member', 'text'],
    ['p', 'bigint'],
    ['hlc', 'text'],
    ['sealed', 'text'],
  ],
};
/** What a backup leaves out, and a store that takes this one's place needs. */
const OWN_TABLES: typeof TABLES = {
  pairing_codes: [
    ['code_hash', 'text'],
    ['shop', 'text'],
    ['expires_at', 'bigint'],
    ['till', 'text'],
  ],
  erased: [
    ['shop', 'text'],
    ['member', 'text'],
    ['hlc', 'text'],
  ],
};
const PART_ROWS = 500;

export async function dumpTables(
  sql: Sql,
  write: (part: RowsPart) => Promise<void>,
  { isComplete = false }: { readonly isComplete?: boolean } = {},
): Promise<void> {
  await sql.query('set transaction isolation level repeatable read');
  for (const [table, columns] of Object.entries(isComplete ? { ...TABLES, ...OWN_TABLES } : TABLES)) {
    const names = columns.map(([name]) => name).join(', ');
    await sql.query(`declare backup_rows no scroll cursor for select ${names} from ${table}`);
    for (;;) {
      const rows = await sql.query<RowsPart['rows'][number]>(`fetch ${PART_ROWS} from backup_rows`);
      if (rows.length === 0) break;
      await write({ table, rows });
    }
    await sql.query('close backup_rows');
  }
}

export class StoreNotEmptyError extends Error {
  constructor() {
    super('The store has shops already. Restore into an empty one.');
  }
}

export async function loadTables(
  sql: Sql,
  { parts, epoch, erased = [] }: Parameters<ArchivableStore['load']>[0],
): Promise<void> {
  const shops = await sql.query('select shop from shops limit 1');
  if (shops.length > 0) throw new StoreNotEmptyError();
  for await (const { table, rows } of parts) {
    const columns = TABLES[table] ?? OWN_TABLES[table];
    if (!columns) throw new Error(`The backup has a table ${JSON.stringify(table)} that is unknown here.`);
    const names = columns.map(([name]) => name).join(', ');
    const list = asRows(
      columns.map(([name, type]) => ({ name, type, cells: rows.map((row) => row[name] ?? null) })),
      1,
    );
    await sql.query(`insert into ${table} (${names}) select * from ${list.sql}`, list.values);
  }
  await applyErased(sql, erased);
  await sql.query("update meta set value = $1 where key = 'epoch'", [epoch]);
}
