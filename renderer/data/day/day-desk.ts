import { err, type Result } from '#shared/lib/result.ts';
import type { DayFailure, DayProgress } from './day-job.ts';
import type { DayAnswers, DayJob, DayJobKind, FromWorker, ToWorker } from './day-messages.ts';

/** Where a page hands in the work of the end of a day. Each job has a worker of its own; ending it cancels the job. */
export interface DayDesk {
  run<Kind extends DayJobKind>(
    job: DayJob & { readonly kind: Kind },
    control?: {
      readonly signal?: AbortSignal | undefined;
      readonly report?: ((progress: DayProgress) => void) | undefined;
    },
  ): Promise<Result<DayAnswers[Kind], DayFailure>>;
}

export function createDayDesk(databaseName: string): DayDesk {
  return {
    run: (job, { signal, report } = {}) => {
      type Answer = Result<DayAnswers[(typeof job)['kind']], DayFailure>;
      if (signal?.aborted) return Promise.resolve(err({ code: 'cancelled' }));
      const worker = startWorker();
      return new Promise((resolve) => {
        const end = (result: Answer) => {
          worker.terminate();
          resolve(result);
        };
        signal?.addEventListener('abort', () => end(err({ code: 'cancelled' })), { once: true });
        worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
          if (data.type === 'answer') end(data.result as Answer);
          else report?.(data.progress);
        });
        // The worker itself did not start, or broke outside of its job.
        worker.addEventListener('error', () => end(err({ code: 'broken' })));
        const message: ToWorker = { databaseName, job };
        worker.postMessage(message);
      });
    },
  };
}

function startWorker(): Worker {
  return new Worker(new URL('./day.worker.ts', import.meta.url), { type: 'module', name: 'day' });
}
