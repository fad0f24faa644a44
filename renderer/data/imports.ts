import type { Database } from './database.ts';
import type { ImportRow } from './rows.ts';

/** Imports of this till, the newest first. */
export async function listImports(database: Database): Promise<ImportRow[]> {
  const rows = await database.imports.toArray();
  return rows.sort((a, b) => b.startedAt - a.startedAt);
}
