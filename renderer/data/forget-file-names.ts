import { parseHlc } from '#shared/lib/hlc.ts';
import type { Database } from './database.ts';
import type { ImportRow } from './rows.ts';

/** One that goes on is told from others by its name. */
const GOES_ON: ReadonlySet<ImportRow['phase']> = new Set(['running', 'undoing']);

/**
 * A file of one customer is often called after them. Who was forgotten may have come with any import that is older, and the
 * name is only there to tell one from another: the moment and the number of members do that too.
 */
export async function forgetFileNames(database: Database): Promise<void> {
  const erased = await database.erased.toArray();
  const lastAt = erased.reduce((last, { hlc }) => Math.max(last, parseHlc(hlc)?.wallMs ?? 0), 0);
  const named = (row: ImportRow) => row.fileName !== '' && row.startedAt <= lastAt && !GOES_ON.has(row.phase);
  if (!(await database.imports.filter(named).first())) return;
  await database.imports.filter(named).modify({ fileName: '' });
}
