import { isCountry, makePhoneRegion, type PhoneRegion } from '#shared/domain/phone-number.ts';
import type { ImportProgram } from '#shared/domain/import/import-program.ts';
import { decimalMarkOf } from '#shared/domain/import/read-points.ts';
import type { CsvRow } from '#shared/domain/import/csv-reader.ts';
import { readRow, type ImportMember, type RowRules } from '#shared/domain/import/read-row.ts';
import { assert } from '#shared/lib/assert.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import type { ImportRequest, RowCounts, RowReport } from './import-job.ts';
import { MAX_REPORTS } from './import-job.ts';

/** Tells rows that become members from blank lines, repeated numbers and mistakes. The check and the import share it. */

export interface MemberOfRow {
  readonly line: number;
  readonly member: ImportMember;
}

export interface RowSorter {
  /** The members among `rows`; everything else is counted. */
  sort(rows: readonly CsvRow[]): MemberOfRow[];
  /** A row that only the store could refuse. */
  refuse(report: RowReport): void;
  /** Counted when it is certain whether a row's member is new. */
  count(kind: 'fresh' | 'known'): void;
  counts(): RowCounts;
  readonly reports: readonly RowReport[];
}

export function regionOf(country: string): PhoneRegion {
  assert(isCountry(country), 'the screen offers known countries only');
  return makePhoneRegion(country);
}

export function createRowSorter(
  request: Pick<ImportRequest, 'columns' | 'country' | 'hasHeader'>,
  { today, programs }: { readonly today: PlainDay; readonly programs: readonly ImportProgram[] },
): RowSorter {
  const rules: RowRules = {
    columns: request.columns,
    region: regionOf(request.country),
    today,
    programs,
    decimalMark: decimalMarkOf(request.country),
  };
  // Fifteen digits fit a number exactly, and a million numbers are a fraction of a million texts.
  const linesByPhone = new Map<number, number>();
  const linesByCard = new Map<string, number>();
  const counts = { fresh: 0, known: 0, duplicates: 0, problems: 0, blanks: 0 };
  const notices = { birthday: 0, 'note-cut': 0, 'name-cut': 0 };
  const reports: RowReport[] = [];
  let isHeaderDue = request.hasHeader;

  function report(row: RowReport): void {
    if (row.code === 'duplicate') counts.duplicates += 1;
    else counts.problems += 1;
    if (reports.length < MAX_REPORTS) reports.push(row);
  }

  /** The line of this file that has the same number or card; both are taken by `line` otherwise. */
  function findEarlier({ phone, card }: ImportMember['profile'], line: number): number | undefined {
    const number = phone === null ? undefined : Number(phone.slice(1));
    const earlier =
      (number === undefined ? undefined : linesByPhone.get(number)) ??
      (card === null ? undefined : linesByCard.get(card));
    if (earlier !== undefined) return earlier;
    if (number !== undefined) linesByPhone.set(number, line);
    if (card !== null) linesByCard.set(card, line);
    return undefined;
  }

  function sortOne(row: CsvRow): MemberOfRow | undefined {
    const reading = readRow(row, rules);
    if (reading.kind === 'blank') {
      counts.blanks += 1;
      return undefined;
    }
    // The header is the first row that says anything, however many empty lines come before it.
    if (isHeaderDue) {
      isHeaderDue = false;
      return undefined;
    }
    const { line } = row;
    if (reading.kind === 'problem') {
      report({ line, ...reading.problem });
      return undefined;
    }
    const { member } = reading;
    const firstLine = findEarlier(member.profile, line);
    if (firstLine !== undefined) {
      report({ line, code: 'duplicate', text: member.profile.phone ?? member.profile.card ?? '', firstLine });
      return undefined;
    }
    for (const notice of member.notices) notices[notice] += 1;
    return { line, member };
  }

  return {
    sort: (rows) => rows.flatMap((row) => sortOne(row) ?? []),
    refuse: report,
    count: (kind) => {
      counts[kind] += 1;
    },
    counts: () => ({ ...counts, notices: { ...notices } }),
    reports,
  };
}
