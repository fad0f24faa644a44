import { useEffect, useRef, useState } from 'react';
import { readStoreFacts } from '#renderer/data/diagnostics.ts';
import { storageProblemOf, type StorageProblem } from '#renderer/data/storage-problem.ts';
import { useLive, useStore } from '#renderer/data/store-context.tsx';
import { verifyChains, type VerifyReport } from '#renderer/data/verify-chains.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { checkThenRebuild, type CheckedRebuild } from './check-then-rebuild.ts';

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
  const [rebuild, setRebuild] = useState<Job<CheckedRebuild>>(IDLE);
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const failed = (code: string, error: unknown) => {
    const problem = storageProblemOf(error);
    log.error(code, { problem, name: error instanceof Error ? error.name : 'unknown' });
    return { phase: 'failed', problem } as const;
  };
  const running = ({ doneEvents, totalEvents }: Progress) =>
    ({ phase: 'running', done: doneEvents, total: totalEvents }) as const;

  const checked = (outcome: VerifyReport) => {
    log.info('ledger-checked', { events: outcome.events, faults: outcome.faults.length });
    setVerify({ phase: 'done', outcome });
  };
  const begin = () => {
    const controller = new AbortController();
    abort.current = controller;
    setVerify(STARTED);
    return {
      signal: controller.signal,
      report: (progress: Progress) => setVerify(running(progress)),
    };
  };

  return {
    verify,
    rebuild,
    isBusy: verify.phase === 'running' || rebuild.phase === 'running',
    startVerify: async () => {
      try {
        checked(await verifyChains(store.database, begin()));
      } catch (error) {
        setVerify(failed('verify-failed', error));
      }
    },
    cancelVerify: () => abort.current?.abort(),
    startRebuild: async () => {
      setRebuild(IDLE);
      const { signal, report: checking } = begin();
      let isChecked = false;
      try {
        const outcome = await checkThenRebuild(store, {
          signal,
          checking,
          checked: (report) => {
            isChecked = true;
            checked(report);
            if (report.faults.length === 0 && !report.isCancelled) setRebuild(STARTED);
          },
          rebuilding: (progress) => setRebuild(running(progress)),
        });
        log.info('rebuilt', { outcome: outcome.code });
        setRebuild({ phase: 'done', outcome });
      } catch (error) {
        if (isChecked) setRebuild(failed('rebuild-failed', error));
        else setVerify(failed('verify-failed', error));
      }
    },
  };
}

export type Jobs = ReturnType<typeof useJobs>;
