import { listImportPrograms } from '#shared/domain/import/import-program.ts';
import type { ImportId } from '#shared/lib/brand.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { announceBulk, appendSlice } from '../bulk-append.ts';
import type { OpenStream } from '../ledger-port.ts';
import type { ImportRow } from '../rows.ts';
import type { ImportReport, ImportRequest, JobFailure } from './import-job.ts';
import { alone, newestN, rest, StorageError, type ImportDeps, type JobControl } from './import-work.ts';
import { planSlice, type SliceOutcome } from './plan-slice.ts';
import { createRowQueue } from './row-queue.ts';
import { createRowSorter, type RowSorter } from './sort-rows.ts';

/**
 * Imports, a slice at a time. Taking back: undo-import.commands.ts.
 *
 *   row "running" ─► slice ─► slice ─► … ─► one strict event: flushes all ─► row "done" | "cancelled"
 *        └─ a crash leaves it "running": the next start offers to keep or to undo what is there
 *
 * One row of the file is one event. A number that is already here never makes a second member, so the same file
 * again after a crash adds only what was missing.
 */

export async function runImport(
  deps: ImportDeps,
  request: ImportRequest,
  control: JobControl,
): Promise<Result<ImportReport, JobFailure>> {
  return await alone(deps.database, async () => {
    const { database, clock, ledger } = deps;
    await ledger.refreshPrograms();
    const id = deps.ids.importId();
    const today = plainDayAt(clock.now(), clock.timeZone());
    const programs = listImportPrograms(ledger.programs());
    const sorter = createRowSorter(request, { today, programs });
    const newest = await newestN(database);
    let row: ImportRow = {
      id,
      fileName: request.fileName,
      startedAt: clock.now(),
      phase: 'running',
      enrolled: 0,
      credited: 0,
      firstN: newest + 1,
      lastN: null,
    };
    await database.imports.put(row);
    row = await ledger.withStream((stream) =>
      writeRows({ deps, request, control, sorter, stream, row, newest }),
    );
    const phase = control.signal.aborted ? 'cancelled' : 'done';
    await settle(deps, { ...row, phase });
    const { enrolled, credited } = row;
    return ok({ id, phase, enrolled, credited, counts: sorter.counts(), reports: sorter.reports });
  });
}

/** Ends an import that a crash had cut off: what was written stays. */
export async function keepImport(deps: ImportDeps, id: ImportId): Promise<Result<null, JobFailure>> {
  return await alone(deps.database, async () => {
    const row = await deps.database.imports.get(id);
    if (row?.phase !== 'running') return err({ code: 'not-found' });
    await settle(deps, { ...row, phase: 'cancelled' });
    return ok(null);
  });
}

interface Writing {
  readonly deps: ImportDeps;
  readonly request: ImportRequest;
  readonly control: JobControl;
  readonly sorter: RowSorter;
  readonly stream: OpenStream;
  readonly row: ImportRow;
  /** Position of the newest event when the import began. */
  readonly newest: number;
}

async function writeRows(writing: Writing): Promise<ImportRow> {
  const { deps, request, control, sorter, stream } = writing;
  const { database } = deps;
  let { row } = writing;
  // Into an empty shop nobody has to be looked for, as long as nobody else writes.
  let expectedN = (await database.members.limit(1).primaryKeys()).length === 0 ? writing.newest : undefined;
  const queue = createRowQueue(request, sorter);
  let rows = await queue.take(deps.pacer.rows());
  while (rows.length > 0 && !control.signal.aborted) {
    await rest(deps);
    const startedAt = deps.steadyNow();
    const slice = rows;
    const planned: { row: ImportRow; outcome: SliceOutcome | undefined } = { row, outcome: undefined };
    const written = await appendSlice(database, stream, async (reads) => {
      if (expectedN !== undefined && (await reads.newestN()) !== expectedN) expectedN = undefined;
      const outcome = await planSlice({
        deps,
        rows: slice,
        id: row.id,
        existing: request.existing,
        programs: stream.programs,
        reads: expectedN === undefined ? reads : undefined,
      });
      planned.outcome = outcome;
      planned.row = {
        ...row,
        enrolled: row.enrolled + outcome.enrolled,
        credited: row.credited + outcome.credited,
      };
      return { items: outcome.items, importRow: planned.row };
    });
    // The next rows are read and checked while the disk works on these.
    rows = await queue.take(deps.pacer.rows());
    await written.committed;
    deps.pacer.measured({ rows: slice.length, durationMs: deps.steadyNow() - startedAt });
    if (expectedN !== undefined) expectedN = written.lastN() ?? expectedN;
    ({ row } = planned);
    for (const kind of planned.outcome?.kinds ?? []) sorter.count(kind);
    for (const report of planned.outcome?.refused ?? []) sorter.refuse(report);
    control.report({
      done: queue.doneBytes(),
      total: request.file.size,
      members: row.enrolled + row.credited,
    });
  }
  return row;
}

/** One strict append flushes every relaxed slice before it; only then does the row say so. */
export async function settle(
  { database, ledger, ids, staff }: ImportDeps,
  row: ImportRow & { readonly phase: 'done' | 'cancelled' | 'undone' },
): Promise<void> {
  const lastN = row.lastN ?? (await newestN(database));
  const id = ids.eventId();
  const { phase, enrolled, credited } = row;
  const appended = await ledger.append({
    id,
    decide: () =>
      ok({
        draft: { id, type: 'import', staff: staff(), data: { import: row.id, phase, enrolled, credited } },
      }),
  });
  if (!appended.ok) throw new StorageError(appended.error.problem);
  await database.imports.put({ ...row, lastN });
  announceBulk(database);
}
