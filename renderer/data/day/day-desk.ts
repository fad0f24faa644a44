import { err, type Result } from '#shared/lib/result.ts';
import { startJob } from '../worker-job.ts';
import type { DayFailure, DayProgress } from './day-job.ts';
import type { DayAnswers, DayJob, DayJobKind, ToWorker } from './day-messages.ts';

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
      if (signal?.aborted) return Promise.resolve(err({ code: 'cancelled' }));
      const message: ToWorker = { databaseName, job };
      const { answer, end } = startJob<DayAnswers[(typeof job)['kind']], DayFailure>(
        startWorker(),
        message,
        (progress: DayProgress) => report?.(progress),
      );
      signal?.addEventListener('abort', () => end(err({ code: 'cancelled' })), { once: true });
      return answer;
    },
  };
}

function startWorker(): Worker {
  return new Worker(new URL('./day.worker.ts', import.meta.url), { type: 'module', name: 'day' });
}
