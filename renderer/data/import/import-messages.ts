import type { ImportId, StaffId } from '#shared/lib/brand.ts';
import type {
  CheckReport,
  FileView,
  ImportReport,
  ImportRequest,
  LookRequest,
  UndoReport,
} from './import-job.ts';

/** What the page and the worker say to each other. One worker does one job and is gone. */

export interface JobAnswers {
  readonly look: FileView;
  readonly check: CheckReport;
  readonly import: ImportReport;
  readonly keep: null;
  readonly undo: UndoReport;
}
export type JobKind = keyof JobAnswers;

interface JobRequests {
  readonly look: LookRequest;
  readonly check: ImportRequest;
  readonly import: ImportRequest;
  readonly keep: { readonly id: ImportId };
  readonly undo: { readonly id: ImportId };
}

export type Job = {
  [Kind in JobKind]: { readonly kind: Kind; readonly request: JobRequests[Kind] };
}[JobKind];

export type ToWorker =
  | {
      readonly type: 'start';
      readonly databaseName: string;
      readonly staff: StaffId;
      readonly job: Job;
    }
  /** Stop after the slice that is being written. */
  | { readonly type: 'cancel' };
