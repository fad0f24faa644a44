import type { Result } from '#shared/lib/result.ts';
import type {
  DayFailure,
  DayFiles,
  DayLook,
  FilesRequest,
  LookRequest,
  SyncFileRequest,
  SyncFiles,
  TakeReport,
  TakeRequest,
} from './day-job.ts';

/** What the page and the worker say to each other. One worker does one job and is gone; ended, it is cancelled. */

export interface DayAnswers {
  readonly look: DayLook;
  readonly files: DayFiles;
  readonly 'sync-file': SyncFiles;
  readonly take: TakeReport;
}
export type DayJobKind = keyof DayAnswers;

interface Requests {
  readonly look: LookRequest;
  readonly files: FilesRequest;
  readonly 'sync-file': SyncFileRequest;
  readonly take: TakeRequest;
}

export type DayJob = {
  [Kind in DayJobKind]: { readonly kind: Kind; readonly request: Requests[Kind] };
}[DayJobKind];

export interface ToWorker {
  readonly databaseName: string;
  readonly job: DayJob;
}

export type DayAnswer = Result<DayAnswers[DayJobKind], DayFailure>;
