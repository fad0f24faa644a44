import { useEffect, useRef, useState } from 'react';
import { readStoreFacts, rebuildAndCompare, type RebuildOutcome } from '#renderer/data/diagnostics.ts';
import { storageProblemOf, type StorageProblem } from '#renderer/data/storage-problem.ts';
import { useLive, useStore } from '#renderer/data/store-context.tsx';
import { verifyChains, type VerifyReport } from '#renderer/data/verify-chains.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';

export type Job<Outcome> =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly done: number; readonly total: number }
  | { readonly phase: 'done'; readonly outcome: Outcome }
  | { readonly phase: 'failed'; readonly problem: StorageProblem };

const IDLE = { phase: 'idle' } as const;
const STARTED = { phase: 'running', done: 0, total: 0 } as const;

interface Progress {
  readonly doneEvents: number;
  readonly totalEvents: number;
}

/** Live: counts change while the till is used. */
export function useStoreFacts() {
  return useLive(({ database, identity }) => readStoreFacts(database, identity), []);
}

/** The two long jobs of this screen, one at a time. */
export function useJobs() {
  const store = useStore();
  const { log } = usePlatform();
  const [verify, setVerify] = useState<Job<VerifyReport>>(IDLE);
  const [rebuild, setRebuild] = useState<Job<RebuildOutcome | 'already-running'>>(IDLE);
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const failed = (code: string, error: unknown) => {
    const problem = storageProblemOf(error);
    log.error(code, { problem, name: error instanceof Error ? error.name : 'unknown' });
    return { phase: 'failed', problem } as const;
  };
  const running = ({ doneEvents, totalEvents }: Progress) =>
    ({ phase: 'running', done: doneEvents, total: totalEvents }) as const;

  return {
    verify,
    rebuild,
    isBusy: verify.phase === 'running' || rebuild.phase === 'running',
    startVerify: async () => {
      const controller = new AbortController();
      abort.current = controller;
      setVerify(STARTED);
      try {
        const outcome = await verifyChains(store.database, {
          signal: controller.signal,
          report: (progress) => setVerify(running(progress)),
        });
        log.info('ledger-checked', { events: outcome.events, faults: outcome.faults.length });
        setVerify({ phase: 'done', outcome });
      } catch (error) {
        setVerify(failed('verify-failed', error));
      }
    },
    cancelVerify: () => abort.current?.abort(),
    startRebuild: async () => {
      setRebuild(STARTED);
      try {
        const result = await rebuildAndCompare(store, (progress) => setRebuild(running(progress)));
        const outcome = result.ok ? result.value : result.error.code;
        log.info('rebuilt', { outcome });
        setRebuild({ phase: 'done', outcome });
      } catch (error) {
        setRebuild(failed('rebuild-failed', error));
      }
    },
  };
}

export type Jobs = ReturnType<typeof useJobs>;
