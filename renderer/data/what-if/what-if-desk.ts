import { whatIfPeriod } from '#shared/domain/what-if-period.ts';
import { err, type Result } from '#shared/lib/result.ts';
import type { WhatIfFailure, WhatIfProgress, WhatIfReport, WhatIfRequest } from './what-if-job.ts';
import type { FromWorker, ToWorker, WhatIfAnswer } from './what-if-messages.ts';

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
    const worker = startWorker();
    return new Promise((resolve) => {
      const end = (result: WhatIfAnswer) => {
        worker.terminate();
        resolve(result);
      };
      stop = () => end(err({ code: 'cancelled' }));
      worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
        if (data.type === 'answer') end(data.result);
        else if (state.kind === 'running') set({ ...state, progress: data.progress });
      });
      // The worker itself did not start, or broke outside of its job.
      worker.addEventListener('error', () => end(err({ code: 'broken' })));
      const message: ToWorker = { databaseName, job: { draft, base, period } };
      worker.postMessage(message);
    });
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
