// One replay off the page's thread, with a connection of its own. It only reads.

import { err, ok } from '#shared/lib/result.ts';
import { openDatabase } from '../database.ts';
import { createSlicePacer } from '../import/slice-pacer.ts';
import { listenForLookups } from '../lookup-signal.ts';
import { storageProblemOf } from '../storage-problem.ts';
import { runWhatIf } from './run-what-if.ts';
import type { WhatIfProgress } from './what-if-job.ts';
import type { FromWorker, ToWorker, WhatIfAnswer } from './what-if-messages.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
/** More often, the page would draw more than a person can see. */
const PROGRESS_GAP_MS = 100;

const say = (message: FromWorker) => scope.postMessage(message);

scope.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => void answer(data));

async function answer(message: ToWorker): Promise<void> {
  say({ type: 'answer', result: await runSafely(message) });
}

async function runSafely(message: ToWorker): Promise<WhatIfAnswer> {
  try {
    return await run(message);
  } catch (error) {
    return error instanceof DOMException
      ? err({ code: 'storage', problem: storageProblemOf(error) })
      : err({ code: 'broken' });
  }
}

async function run({ databaseName, job }: ToWorker): Promise<WhatIfAnswer> {
  // Deleted meanwhile: opening would make an empty one, and hide the loss from the next start.
  const isThere = (await indexedDB.databases()).some(({ name }) => name === databaseName);
  if (!isThere) return err({ code: 'storage', problem: 'closed' });
  const opened = await openDatabase(databaseName);
  if (!opened.ok) return opened;
  const database = opened.value;
  const pacer = createSlicePacer(() => performance.now());
  const stopListening = listenForLookups(() => pacer.lookedUp());
  try {
    const deps = {
      database,
      pacer,
      steadyNow: () => performance.now(),
      sleep: (milliseconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, milliseconds)),
    };
    return ok(await runWhatIf(deps, job, createReporter()));
  } finally {
    stopListening();
    database.close();
  }
}

function createReporter(): (progress: WhatIfProgress) => void {
  let lastAt = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - lastAt < PROGRESS_GAP_MS) return;
    lastAt = now;
    say({ type: 'progress', progress });
  };
}
