import { voidedIds } from '#shared/domain/fold.ts';
import { readEvent, type EventDraft } from '#shared/ledger/event.ts';
import type { ImportId } from '#shared/lib/brand.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { announceBulk, appendSlice, type BulkItem, type SlicePlan, type SliceReads } from '../bulk-append.ts';
import type { OpenStream } from '../ledger-port.ts';
import type { EventRow, ImportRow } from '../rows.ts';
import type { JobFailure, UndoReport } from './import-job.ts';
import { alone, newestN, rest, type ImportDeps, type JobControl } from './import-work.ts';
import { settle } from './import.commands.ts';

/**
 * Takes an import back, a slice at a time.
 *
 *   row "undoing" ─► a void per event, in slices ─► one strict event ─► row "undone"
 *        └─ a crash or a cancel leaves it "undoing": undoing again skips what is undone
 */

const SCAN_ROWS = 500;

/** Takes back everything `id` has brought. What its members have earned since stays theirs. */
export async function undoImport(
  deps: ImportDeps,
  id: ImportId,
  control: JobControl,
): Promise<Result<UndoReport, JobFailure>> {
  return await alone<UndoReport>(deps.database, async () => {
    const { database, ledger } = deps;
    const found = await database.imports.get(id);
    if (!found || found.phase === 'undone') return err({ code: 'not-found' });
    await ledger.refreshPrograms();
    const row: ImportRow = {
      ...found,
      phase: 'undoing',
      lastN: found.lastN ?? (await newestN(database)),
    };
    await database.imports.put(row);
    const undone = await ledger.withStream((stream) => voidEvents({ deps, stream, row, control }));
    if (control.signal.aborted) {
      announceBulk(database);
      return ok({ id, phase: 'undoing', undone });
    }
    await settle(deps, { ...row, phase: 'undone' });
    return ok({ id, phase: 'undone', undone });
  });
}

async function voidEvents(request: {
  readonly deps: ImportDeps;
  readonly stream: OpenStream;
  readonly row: ImportRow;
  readonly control: JobControl;
}): Promise<number> {
  const { deps, stream, row, control } = request;
  const { database, pacer } = deps;
  const lastN = row.lastN ?? row.firstN;
  const total = lastN - row.firstN + 1;
  let undone = 0;
  let waiting: EventRow[] = [];
  let scanned = row.firstN - 1;
  while (!control.signal.aborted) {
    if (waiting.length === 0) {
      const page = await database.events
        .where('n')
        .between(scanned, lastN, false, true)
        .limit(SCAN_ROWS)
        .toArray();
      const last = page.at(-1);
      if (!last) break;
      scanned = last.n;
      waiting = page.filter((event) => isOfImport(event, row.id));
      continue;
    }
    await rest(deps);
    const slice = waiting.slice(0, pacer.rows());
    waiting = waiting.slice(slice.length);
    const startedAt = deps.steadyNow();
    const planned = { count: 0 };
    const written = await appendSlice(database, stream, async (reads) => {
      const items = await planVoids(deps, slice, reads);
      planned.count = items.length;
      return { items, importRow: row } satisfies SlicePlan;
    });
    await written.committed;
    pacer.measured({ rows: slice.length, durationMs: deps.steadyNow() - startedAt });
    undone += planned.count;
    control.report({ done: scanned - waiting.length - row.firstN + 1, total, members: undone });
  }
  return undone;
}

function isOfImport(event: EventRow, id: ImportId): boolean {
  const known = readEvent(event);
  return (known?.type === 'enrolment' || known?.type === 'opening') && known.data.import === id;
}

/** A void for each event that still counts. */
async function planVoids(
  deps: ImportDeps,
  events: readonly EventRow[],
  reads: SliceReads,
): Promise<BulkItem[]> {
  const staff = deps.staff();
  const views = await Promise.all(
    events.map(async (event) => {
      if (event.member === undefined) return undefined;
      return { event, member: event.member, before: await reads.before(event.member, { history: true }) };
    }),
  );
  return views.flatMap((view) => {
    if (!view || voidedIds(view.before.history).has(view.event.id)) return [];
    const draft: EventDraft = {
      id: deps.ids.eventId(),
      type: 'void',
      staff,
      member: view.member,
      data: { target: view.event.id },
    };
    return [{ member: view.member, before: view.before, draft }];
  });
}
