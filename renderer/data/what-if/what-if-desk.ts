import { whatIfPeriod } from '#shared/domain/what-if-period.ts';
import { err, type Result } from '#shared/lib/result.ts';
import { startJob } from '../worker-job.ts';
import type { WhatIfFailure, WhatIfProgress, WhatIfReport, WhatIfRequest } from './what-if-job.ts';
import type { ToWorker, WhatIfAnswer } from './what-if-messages.ts';

/** Where a page asks for a replay. It only reads, so stopping it is ending its worker, whatever that is doing. */

export type WhatIfState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly request: WhatIfRequest;
      readonly progress: WhatIfProgress | undefined;
    }
  | {
      readonly kind: 'finished';
      readonly request: WhatIfRequest;
      readonly result: Result<WhatIfReport, WhatIfFailure>;
    };

export interface WhatIfDesk {
  readonly state: () => WhatIfState;
  /** @returns a function that stops listening. */
  readonly subscribe: (listener: () => void) => () => void;
  start(request: WhatIfRequest): Promise<WhatIfAnswer>;
  /** The running one then answers `cancelled`, at once. */
  readonly cancel: () => void;
}

export function createWhatIfDesk(databaseName: string): WhatIfDesk {
  let state: WhatIfState = { kind: 'idle' };
  let stop: (() => void) | undefined;
  const listeners = new Set<() => void>();

  function set(next: WhatIfState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function run(request: WhatIfRequest): Promise<WhatIfAnswer> {
    const { draft, base, today, months } = request;
    const period = whatIfPeriod(today, months, base ? [draft, base] : [draft]);
    const message: ToWorker = { databaseName, job: { draft, base, period } };
    const { answer, end } = startJob<WhatIfReport, WhatIfFailure>(
      startWorker(),
      message,
      (progress: WhatIfProgress) => state.kind === 'running' && set({ ...state, progress }),
    );
    stop = () => end(err({ code: 'cancelled' }));
    return answer;
  }

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: async (request) => {
      if (state.kind === 'running') return err({ code: 'busy' });
      set({ kind: 'running', request, progress: undefined });
      const result = await run(request);
      stop = undefined;
      set({ kind: 'finished', request, result });
      return result;
    },
    cancel: () => stop?.(),
  };
}

function startWorker(): Worker {
  return new Worker(new URL('./what-if.worker.ts', import.meta.url), { type: 'module', name: 'what-if' });
}
