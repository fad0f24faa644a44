import { listImportPrograms } from '#shared/domain/import/import-program.ts';
import { listCurrentPrograms, type ProgramBook } from '#shared/domain/program.ts';
import { voidedIds } from '#shared/domain/fold.ts';
import type { ImportMember } from '#shared/domain/import/read-row.ts';
import { readEvent, type EventData, type EventDraft } from '#shared/ledger/event.ts';
import type { ImportId, MemberId, StaffId } from '#shared/lib/brand.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import type { Clock, Ids } from '#shared/lib/ports.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { announceBulk, appendSlice, type BulkItem, type SlicePlan, type SliceReads } from '../bulk-append.ts';
import type { Database } from '../database.ts';
import { nobodyBefore, type Before } from '../event-rows.ts';
import type { Ledger, OpenStream } from '../ledger-port.ts';
import type { EventRow, ImportRow } from '../rows.ts';
import { storageProblemOf, type StorageProblem } from '../storage-problem.ts';
import { bringsAnything } from './brought-totals.ts';
import { holderOf } from './find-holders.ts';
import type { ImportReport, ImportRequest, JobFailure, JobProgress, UndoReport } from './import-job.ts';
import { FileGoneError, readRows } from './read-file.ts';
import type { SlicePacer } from './slice-pacer.ts';
import { createRowSorter, type MemberOfRow, type RowSorter } from './sort-rows.ts';

/**
 * Imports and takes imports back, a slice at a time.
 *
 *   row "running" ─► slice ─► slice ─► … ─► one strict event: flushes all ─► row "done" | "cancelled"
 *        └─ a crash leaves it "running": the next start offers to keep or to undo what is there
 *   undo: row "undoing" ─► a void per event, in slices ─► one strict event ─► row "undone"
 *        └─ a crash or a cancel leaves it "undoing": undoing again skips what is undone
 *
 * One row of the file is one event. A number that is already here never makes a second member, so the same file
 * again after a crash adds only what was missing.
 */

export interface ImportDeps {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly staff: () => StaffId;
  readonly pacer: SlicePacer;
  /** Milliseconds on a steady clock. */
  readonly steadyNow: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface JobControl {
  readonly signal: AbortSignal;
  readonly report: (progress: JobProgress) => void;
}

const SCAN_ROWS = 500;

export async function runImport(
  deps: ImportDeps,
  request: ImportRequest,
  control: JobControl,
): Promise<Result<ImportReport, JobFailure>> {
  return await alone(deps.database, () =>
    explainFailure(async () => {
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
    }),
  );
}

/** Ends an import that a crash had cut off: what was written stays. */
export async function keepImport(deps: ImportDeps, id: ImportId): Promise<Result<null, JobFailure>> {
  return await alone(deps.database, () =>
    explainFailure(async () => {
      const row = await deps.database.imports.get(id);
      if (row?.phase !== 'running') return err({ code: 'not-found' });
      await settle(deps, { ...row, phase: 'cancelled' });
      return ok(null);
    }),
  );
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

/** Rows that become members, in portions of any size out of a file that comes in pieces. */
function createRowQueue(request: ImportRequest, sorter: RowSorter) {
  const batches = readRows(request.file, request.format);
  let raw: Parameters<RowSorter['sort']>[0] = [];
  let position = 0;
  let beforeBytes = 0;
  let afterBytes = 0;
  return {
    /** Bytes up to the row that was taken last, as if all rows of a piece were of one length. */
    doneBytes: () =>
      beforeBytes + Math.floor((afterBytes - beforeBytes) * (raw.length === 0 ? 1 : position / raw.length)),
    /** @returns fewer than `count` only at the end of the file. */
    async take(count: number): Promise<MemberOfRow[]> {
      const taken: MemberOfRow[] = [];
      while (taken.length < count) {
        if (position >= raw.length) {
          const next = await batches.next();
          if (next.done) break;
          beforeBytes = afterBytes;
          ({ rows: raw, doneBytes: afterBytes } = next.value);
          position = 0;
          continue;
        }
        // Only as many as are missing: reading a number is the dear part, and the next slice waits for it.
        const end = Math.min(raw.length, position + count - taken.length);
        taken.push(...sorter.sort(raw.slice(position, end)));
        position = end;
      }
      return taken;
    },
  };
}

interface SliceOutcome {
  readonly items: readonly BulkItem[];
  readonly enrolled: number;
  readonly credited: number;
  readonly kinds: readonly ('fresh' | 'known')[];
  readonly refused: readonly Parameters<RowSorter['refuse']>[0][];
}

/** @param request.reads absent: certainly nobody of these rows is here. */
async function planSlice(request: {
  readonly deps: ImportDeps;
  readonly rows: readonly MemberOfRow[];
  readonly id: ImportId;
  readonly existing: ImportRequest['existing'];
  readonly programs: ProgramBook;
  readonly reads: SliceReads | undefined;
}): Promise<SliceOutcome> {
  const { deps, rows, reads, existing } = request;
  const versions = new Map(listCurrentPrograms(request.programs).map(({ id, version }) => [id, version]));
  const staff = deps.staff();
  const found = reads ? await Promise.all(rows.map((row) => findBefore(reads, row, existing))) : undefined;
  const items: BulkItem[] = [];
  const kinds: ('fresh' | 'known')[] = [];
  const refused: Parameters<RowSorter['refuse']>[0][] = [];
  let enrolled = 0;
  for (const [index, { line, member }] of rows.entries()) {
    const holder = found?.[index] ?? NOBODY;
    if (holder.kind === 'card-taken') {
      refused.push({ line, code: 'card-taken', text: member.profile.card ?? '' });
      continue;
    }
    const opening = { ...openingOf(member, versions), import: request.id };
    if (holder.kind === 'nobody') {
      const id = deps.ids.memberId();
      kinds.push('fresh');
      enrolled += 1;
      items.push({
        member: id,
        before: nobodyBefore(id),
        profile: member.profile,
        draft: {
          id: deps.ids.eventId(),
          member: id,
          staff,
          type: 'enrolment',
          data: { by: 'import', visit: 0, ...opening },
        },
      });
      continue;
    }
    kinds.push('known');
    if (!holder.before || isEmpty(opening)) continue;
    items.push({
      member: holder.member,
      before: holder.before,
      draft: {
        id: deps.ids.eventId(),
        member: holder.member,
        staff,
        type: 'opening',
        data: opening,
      },
    });
  }
  return { items, enrolled, credited: items.length - enrolled, kinds, refused };
}

/** Everything of one row, in whatever many programs, for one event. */
function openingOf(
  { balances, standings }: ImportMember,
  versions: ReadonlyMap<string, number>,
): Pick<EventData<'opening'>, 'grants' | 'standings'> {
  const grants = balances.flatMap(({ program, units }) => {
    const version = versions.get(program);
    return version === undefined ? [] : [{ program, version, rule: 'opening', units }];
  });
  return standings.length === 0 ? { grants } : { grants, standings: [...standings] };
}

const isEmpty = ({ grants, standings }: ReturnType<typeof openingOf>): boolean =>
  grants.length === 0 && standings === undefined;

const NOBODY = { kind: 'nobody' } as const;

type FoundHolder =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'card-taken' }
  | { readonly kind: 'known'; readonly member: MemberId; readonly before: Before | undefined };

async function findBefore(
  reads: SliceReads,
  { member }: MemberOfRow,
  existing: ImportRequest['existing'],
): Promise<FoundHolder> {
  const { profile } = member;
  const [byPhone, byCard] = await Promise.all([
    profile.phone === null ? undefined : reads.phoneOwner(profile.phone),
    profile.card === null ? undefined : reads.cardOwner(profile.card),
  ]);
  const holder = holderOf(profile, { byPhone, byCard });
  if (holder.kind !== 'known') return holder;
  const isCredited = existing === 'add' && bringsAnything(member);
  return { ...holder, before: isCredited ? await reads.before(holder.member) : undefined };
}

/** Takes back everything `id` has brought. What its members have earned since stays theirs. */
export async function undoImport(
  deps: ImportDeps,
  id: ImportId,
  control: JobControl,
): Promise<Result<UndoReport, JobFailure>> {
  return await alone(deps.database, () =>
    explainFailure<UndoReport>(async () => {
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
    }),
  );
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

/** One strict append flushes every relaxed slice before it; only then does the row say so. */
async function settle(
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

class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly problem: StorageProblem;

  constructor(problem: StorageProblem) {
    super('the store refused');
    this.problem = problem;
  }
}

async function newestN(database: Database): Promise<number> {
  return (await database.events.orderBy('n').last())?.n ?? 0;
}

async function rest({ pacer, sleep }: ImportDeps): Promise<void> {
  for (let wait = pacer.restMs(); wait > 0; wait = pacer.restMs()) await sleep(wait);
}

export const importLockOf = (databaseName: string): string => `tenpunch-import ${databaseName}`;

/** One import at a time over all windows; the lock goes with a window that crashes. */
async function alone<Value>(
  database: Database,
  run: () => Promise<Result<Value, JobFailure>>,
): Promise<Result<Value, JobFailure>> {
  return await navigator.locks.request(importLockOf(database.name), { ifAvailable: true }, async (lock) =>
    lock ? await run() : err({ code: 'busy' as const }),
  );
}

async function explainFailure<Value>(
  run: () => Promise<Result<Value, JobFailure>>,
): Promise<Result<Value, JobFailure>> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof FileGoneError) return err({ code: 'file-gone' });
    if (error instanceof StorageError) return err({ code: 'storage', problem: error.problem });
    if (error instanceof DOMException) return err({ code: 'storage', problem: storageProblemOf(error) });
    throw error;
  }
}
