import { err, type Result } from '#shared/lib/result.ts';
import type { Database, OpenFailure } from './database.ts';
import { openExisting } from './open-existing.ts';
import { storageProblemOf, type StorageProblem } from './storage-problem.ts';
import type { FromJob } from './worker-job.ts';

/** The worker's side of a job (its page's: worker-job.ts). */

/** More often, the page would draw more than a person can see. */
const PROGRESS_GAP_MS = 100;

/** What any job may end with, whatever it is about. */
export type WorkFailure =
  { readonly code: 'storage'; readonly problem: StorageProblem } | { readonly code: 'broken' };

/**
 * Does the job and says what came of it.
 * @param handOver what of the answer is handed over, not copied.
 */
export async function serveJob<Value, Failure>(
  scope: DedicatedWorkerGlobalScope,
  work: (report: (progress: unknown) => void) => Promise<Result<Value, Failure>>,
  handOver: (value: Value) => Transferable[] = () => [],
): Promise<void> {
  type Answer = Result<Value, Failure | WorkFailure>;
  const say = (message: FromJob<unknown, Answer>, transfer: Transferable[]) =>
    scope.postMessage(message, { transfer });
  const report = atMostEach(PROGRESS_GAP_MS, (progress: unknown) => say({ type: 'progress', progress }, []));
  const result = await workSafely(() => work(report));
  say({ type: 'answer', result }, result.ok ? handOver(result.value) : []);
}

async function workSafely<Value, Failure>(
  work: () => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure | WorkFailure>> {
  try {
    return await work();
  } catch (error) {
    // Told to the page as a failure of this job.
    return error instanceof DOMException
      ? err({ code: 'storage', problem: storageProblemOf(error) })
      : err({ code: 'broken' });
  }
}

function atMostEach<Value>(gapMs: number, tell: (value: Value) => void): (value: Value) => void {
  let lastAt = Number.NEGATIVE_INFINITY;
  return (value) => {
    const now = performance.now();
    if (now - lastAt < gapMs) return;
    lastAt = now;
    tell(value);
  };
}

/** Works on the store of the page that asks, with a connection of its own, which is closed whatever comes. */
export async function onExisting<Value, Failure>(
  databaseName: string,
  work: (database: Database) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure | OpenFailure>> {
  const opened = await openExisting(databaseName);
  if (!opened.ok) return opened;
  try {
    return await work(opened.value);
  } finally {
    opened.value.close();
  }
}
