import type { ColumnRole } from '#shared/domain/import/columns.ts';
import type { CsvRow } from '#shared/domain/import/csv-reader.ts';
import type { ImportProgram } from '#shared/domain/import/import-program.ts';
import type { FileFormat, FileProblem } from '#shared/domain/import/file-format.ts';
import type { ImportMember, RowNotice, RowProblemCode } from '#shared/domain/import/read-row.ts';
import type { ImportId, PlainDay } from '#shared/lib/brand.ts';
import type { StorageProblem } from '../storage-problem.ts';
import type { BroughtTotals } from './brought-totals.ts';

/** What an import is asked for and what it answers. All of it crosses between the page and the worker. */

/** What happens with a row's balances, levels and passes when its member is already here. */
export type ExistingRule = 'leave' | 'add';

export interface ImportRequest {
  readonly file: Blob;
  readonly fileName: string;
  readonly format: FileFormat;
  readonly hasHeader: boolean;
  readonly columns: readonly ColumnRole[];
  /** Reads numbers without a country code, ISO 3166. */
  readonly country: string;
  readonly existing: ExistingRule;
}

export interface LookRequest {
  readonly file: Blob;
  readonly country: string;
  readonly language: string;
  readonly today: PlainDay;
  readonly programs: readonly ImportProgram[];
  readonly encoding?: FileFormat['encoding'];
  readonly separator?: FileFormat['separator'];
  readonly hasHeader?: boolean;
}

/** The file as it was understood: shown to be corrected. */
export interface FileView {
  readonly format: FileFormat;
  readonly hasHeader: boolean;
  readonly columns: readonly ColumnRole[];
  /** Some first rows, the header among them. */
  readonly rows: readonly CsvRow[];
}

export interface RowReport {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly code: RowProblemCode | 'duplicate' | 'card-taken';
  /** What the cell says, cut. */
  readonly text: string;
  /** What it could have said. */
  readonly choices?: readonly string[];
  /** Of a duplicate: the line that counts. */
  readonly firstLine?: number;
}

export interface RowPreview {
  readonly line: number;
  readonly member: ImportMember;
  readonly isKnown: boolean;
}

export interface RowCounts {
  readonly fresh: number;
  readonly known: number;
  readonly duplicates: number;
  readonly problems: number;
  readonly blanks: number;
  readonly notices: Readonly<Record<RowNotice, number>>;
}

export interface CheckReport {
  readonly counts: RowCounts;
  /** What the members who are new bring, by program. */
  readonly fresh: readonly BroughtTotals[];
  /** What the file holds for members who are already here. */
  readonly known: readonly BroughtTotals[];
  /** The last day on which the levels of the file hold. */
  readonly tierUntil: PlainDay;
  /** The first {@link MAX_REPORTS} of them. */
  readonly reports: readonly RowReport[];
  readonly preview: readonly RowPreview[];
}

export interface ImportReport {
  readonly id: ImportId;
  readonly phase: 'done' | 'cancelled';
  readonly enrolled: number;
  readonly credited: number;
  readonly counts: RowCounts;
  readonly reports: readonly RowReport[];
}

export interface UndoReport {
  readonly id: ImportId;
  /** Cancelled: the rest can be undone later. */
  readonly phase: 'undone' | 'undoing';
  readonly undone: number;
}

/** Rows with a problem that are named one by one; the others are counted. */
export const MAX_REPORTS = 1000;
export const MAX_PREVIEWS = 8;

export interface JobProgress {
  /** In whatever the job counts: bytes of a file, events of a ledger. */
  readonly done: number;
  readonly total: number;
  /** Members written or taken back so far. */
  readonly members: number;
}

export type JobFailure =
  | { readonly code: 'file'; readonly problem: FileProblem }
  | { readonly code: 'file-gone' }
  | { readonly code: 'storage'; readonly problem: StorageProblem }
  | { readonly code: 'newer-data' }
  /** Another window is importing or undoing. */
  | { readonly code: 'busy' }
  | { readonly code: 'not-found' }
  | { readonly code: 'broken' };
