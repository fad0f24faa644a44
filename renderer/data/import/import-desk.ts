import type { ImportId, StaffId } from '#shared/lib/brand.ts';
import { err, type Result } from '#shared/lib/result.ts';
import { startJob } from '../worker-job.ts';
import { importLockOf } from './import-work.ts';
import type {
  CheckReport,
  FileView,
  ImportReport,
  ImportRequest,
  JobFailure,
  JobProgress,
  LookRequest,
  UndoReport,
} from './import-job.ts';
import type { Job, JobAnswers, JobKind, ToWorker } from './import-messages.ts';

/**
 * Where a page hands its imports in. The job runs in a worker and goes on while the cashier works on other screens;
 * whoever comes back to the import screen finds it here.
 */

/** The job that writes. Looking at a file and checking it belong to the screen that asked. */
export interface RunningJob {
  readonly kind: 'import' | 'undo';
  readonly fileName: string;
  readonly progress: JobProgress | undefined;
  readonly isCancelling: boolean;
}

export type FinishedJob =
  | { readonly kind: 'import'; readonly fileName: string; readonly result: Result<ImportReport, JobFailure> }
  | { readonly kind: 'undo'; readonly fileName: string; readonly result: Result<UndoReport, JobFailure> };

export interface DeskState {
  readonly running: RunningJob | undefined;
  /** Stays until somebody has read it. */
  readonly finished: FinishedJob | undefined;
}

export interface ImportDesk {
  readonly state: () => DeskState;
  /** @returns a function that stops listening. */
  readonly subscribe: (listener: () => void) => () => void;
  look(request: LookRequest): Promise<Result<FileView, JobFailure>>;
  /** @param signal stops reading; the answer then never comes. */
  check(
    request: ImportRequest,
    control: { readonly signal: AbortSignal; readonly report: (progress: JobProgress) => void },
  ): Promise<Result<CheckReport, JobFailure>>;
  import(request: ImportRequest, staff: StaffId): Promise<Result<ImportReport, JobFailure>>;
  undo(
    row: { readonly id: ImportId; readonly fileName: string },
    staff: StaffId,
  ): Promise<Result<UndoReport, JobFailure>>;
  keep(id: ImportId, staff: StaffId): Promise<Result<null, JobFailure>>;
  readonly cancel: () => void;
  readonly dismiss: () => void;
  /** True while any window writes: an import marked "running" without it was cut off. */
  isAnyRunning(): Promise<boolean>;
}

export function createImportDesk(databaseName: string): ImportDesk {
  let state: DeskState = { running: undefined, finished: undefined };
  let worker: Worker | undefined;
  const listeners = new Set<() => void>();

  function set(next: DeskState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function run<Kind extends JobKind>(
    job: Job & { readonly kind: Kind },
    options: {
      readonly staff: StaffId;
      readonly report?: (progress: JobProgress) => void;
      readonly signal?: AbortSignal;
      readonly onStart?: (started: Worker) => void;
    },
  ): Promise<Result<JobAnswers[Kind], JobFailure>> {
    const started = startWorker();
    options.onStart?.(started);
    options.signal?.addEventListener('abort', () => started.terminate(), { once: true });
    const message: ToWorker = { type: 'start', databaseName, staff: options.staff, job };
    const { answer } = startJob<JobAnswers[Kind], JobFailure>(started, message, (progress: JobProgress) =>
      options.report?.(progress),
    );
    return answer;
  }

  async function write<Kind extends 'import' | 'undo'>(
    job: Job & { readonly kind: Kind },
    fileName: string,
    staff: StaffId,
  ): Promise<Result<JobAnswers[Kind], JobFailure>> {
    if (state.running) return err({ code: 'busy' });
    set({
      running: { kind: job.kind, fileName, progress: undefined, isCancelling: false },
      finished: undefined,
    });
    const result = await run<Kind>(job, {
      staff,
      report: (progress) => state.running && set({ ...state, running: { ...state.running, progress } }),
      onStart: (started) => {
        worker = started;
      },
    });
    worker = undefined;
    set({ running: undefined, finished: { kind: job.kind, fileName, result } as FinishedJob });
    return result;
  }

  const nobody = '' as StaffId;
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    look: (request) => run<'look'>({ kind: 'look', request }, { staff: nobody }),
    check: (request, control) => run<'check'>({ kind: 'check', request }, { ...control, staff: nobody }),
    import: (request, staff) => write<'import'>({ kind: 'import', request }, request.fileName, staff),
    undo: ({ id, fileName }, staff) => write<'undo'>({ kind: 'undo', request: { id } }, fileName, staff),
    keep: (id, staff) => run<'keep'>({ kind: 'keep', request: { id } }, { staff }),
    cancel: () => {
      if (!state.running) return;
      set({ ...state, running: { ...state.running, isCancelling: true } });
      worker?.postMessage({ type: 'cancel' } satisfies ToWorker);
    },
    dismiss: () => set({ ...state, finished: undefined }),
    isAnyRunning: async () => {
      const { held } = await navigator.locks.query();
      return (held ?? []).some(({ name }) => name === importLockOf(databaseName));
    },
  };
}

function startWorker(): Worker {
  return new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module', name: 'import' });
}
