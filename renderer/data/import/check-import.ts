import { guessColumns } from '#shared/domain/import/guess-columns.ts';
import { listImportPrograms } from '#shared/domain/import/import-program.ts';
import { makeProgramBook } from '#shared/domain/program.ts';
import { lastDayOfBroughtTier } from '#shared/domain/import/read-row.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import type { Clock } from '#shared/lib/ports.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { FileProblem } from '#shared/domain/import/file-format.ts';
import type { Database } from '../database.ts';
import { ownerBy } from '../commit-view.ts';
import { nativeOf } from '../native.ts';
import { createBroughtCounter } from './brought-totals.ts';
import { holderOf, type Holder } from './find-holders.ts';
import {
  MAX_PREVIEWS,
  type CheckReport,
  type FileView,
  type ImportRequest,
  type JobProgress,
  type LookRequest,
  type RowPreview,
} from './import-job.ts';
import { lookAtFile, readRows } from './read-file.ts';
import { createRowSorter, regionOf, type MemberOfRow } from './sort-rows.ts';

/** Everything about a file that can be said before a single row is written. */

const SHOWN_ROWS = 8;
/** Reads in flight at once: enough to be fast, few enough to let a lookup in between. */
const LOOKUP_BATCH = 100;

export async function lookAtImport(request: LookRequest): Promise<Result<FileView, FileProblem>> {
  const looked = await lookAtFile(request.file, request);
  if (!looked.ok) return looked;
  const { format, rows } = looked.value;
  const { hasHeader, columns } = guessColumns({
    rows,
    region: regionOf(request.country),
    today: request.today,
    programs: request.programs,
    ...(request.hasHeader === undefined ? {} : { hasHeader: request.hasHeader }),
  });
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  return ok({ format, hasHeader, columns, rows: filled.slice(0, SHOWN_ROWS) });
}

/** The dry run: reads the whole file, writes nothing. */
export async function checkImport(
  deps: { readonly database: Database; readonly clock: Clock },
  request: ImportRequest,
  report: (progress: JobProgress) => void = () => undefined,
): Promise<CheckReport> {
  const { database, clock } = deps;
  const today = plainDayAt(clock.now(), clock.timeZone());
  const programs = listImportPrograms(makeProgramBook(await database.programs.toArray()));
  const sorter = createRowSorter(request, { today, programs });
  const hasMembers = (await database.members.limit(1).primaryKeys()).length > 0;
  const preview: RowPreview[] = [];
  const brought = { fresh: createBroughtCounter(today), known: createBroughtCounter(today) };
  for await (const { rows, doneBytes } of readRows(request.file, request.format)) {
    const found = sorter.sort(rows);
    for (let start = 0; start < found.length; start += LOOKUP_BATCH) {
      const batch = found.slice(start, start + LOOKUP_BATCH);
      const holders = hasMembers ? await findHolders(database, batch) : undefined;
      for (const [index, { line, member }] of batch.entries()) {
        const holder = holders?.[index] ?? { kind: 'nobody' };
        if (holder.kind === 'card-taken') {
          sorter.refuse({ line, code: 'card-taken', text: member.profile.card ?? '' });
          continue;
        }
        const isKnown = holder.kind === 'known';
        const kind = isKnown ? 'known' : 'fresh';
        brought[kind].add(member);
        sorter.count(kind);
        if (preview.length < MAX_PREVIEWS) preview.push({ line, member, isKnown });
      }
    }
    report({ done: doneBytes, total: request.file.size, members: 0 });
  }
  return {
    counts: sorter.counts(),
    fresh: brought.fresh.list(),
    known: brought.known.list(),
    tierUntil: lastDayOfBroughtTier(today),
    reports: sorter.reports,
    preview,
  };
}

async function findHolders(database: Database, rows: readonly MemberOfRow[]): Promise<Holder[]> {
  const transaction = nativeOf(database).transaction(['members', 'aliases'], 'readonly');
  const owner = (index: 'phone' | 'card', key: string | null) =>
    key === null ? undefined : ownerBy(transaction, index, key);
  return await Promise.all(
    rows.map(async ({ member: { profile } }) => {
      const [byPhone, byCard] = await Promise.all([
        owner('phone', profile.phone),
        owner('card', profile.card),
      ]);
      return holderOf(profile, { byPhone, byCard });
    }),
  );
}
