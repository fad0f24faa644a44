// One job on a chosen file, off the page's thread, with a connection and a stream of its own.

import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { createFileProbe } from '#renderer/platform/probe-file.ts';
import { createSystemClock } from '#renderer/platform/system-clock.ts';
import { err, type Result } from '#shared/lib/result.ts';
import type { StaffId } from '#shared/lib/brand.ts';
import { openDatabase, type Database } from '../database.ts';
import { openLedger } from '../ledger.ts';
import { listenForLookups } from '../lookup-signal.ts';
import { createSpaceGuard } from '../space-guard.ts';
import { storageProblemOf } from '../storage-problem.ts';
import { findTillIdentity } from '../till-identity.ts';
import { checkImport, lookAtImport } from './check-import.ts';
import type { JobFailure, JobProgress } from './import-job.ts';
import type { FromWorker, Job, JobAnswers, JobKind, ToWorker } from './import-messages.ts';
import { keepImport, runImport, undoImport, type ImportDeps } from './import.commands.ts';
import { FileGoneError } from './read-file.ts';
import { createSlicePacer } from './slice-pacer.ts';

type Answer = Result<JobAnswers[JobKind], JobFailure>;

const scope = self as unknown as DedicatedWorkerGlobalScope;
const cancelling = new AbortController();
/** More often, the page would draw more than a person can see. */
const PROGRESS_GAP_MS = 100;

const say = (message: FromWorker) => scope.postMessage(message);

scope.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (message.type === 'cancel') cancelling.abort();
  else void answer(message);
});

async function answer(start: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  say({ type: 'answer', result: await runSafely(start) });
}

async function runSafely({
  job,
  databaseName,
  staff,
}: Extract<ToWorker, { type: 'start' }>): Promise<Answer> {
  try {
    if (job.kind === 'look') return await look(job.request);
    // Deleted meanwhile: opening would make an empty one, and hide the loss from the next start.
    const isThere = (await indexedDB.databases()).some(({ name }) => name === databaseName);
    if (!isThere) return err({ code: 'storage', problem: 'closed' });
    const opened = await openDatabase(databaseName);
    if (!opened.ok) return err(opened.error);
    try {
      return await runOn(opened.value, job, staff);
    } finally {
      opened.value.close();
    }
  } catch (error) {
    if (error instanceof FileGoneError) return err({ code: 'file-gone' });
    if (error instanceof DOMException) return err({ code: 'storage', problem: storageProblemOf(error) });
    // Told to the page as a failure of this job; the row stays as the last slice left it.
    return err({ code: 'broken' });
  }
}

async function look(request: Extract<Job, { kind: 'look' }>['request']): Promise<Answer> {
  const looked = await lookAtImport(request);
  return looked.ok ? looked : err({ code: 'file', problem: looked.error });
}

async function runOn(
  database: Database,
  job: Exclude<Job, { kind: 'look' }>,
  staff: StaffId,
): Promise<Answer> {
  const clock = createSystemClock();
  const report = createReporter();
  if (job.kind === 'check') {
    return { ok: true, value: await checkImport({ database, clock }, job.request, report) };
  }
  const ids = createRandomIds();
  // A worker has no bridge to the desktop, so on both hosts it finds out by writing.
  const guard = createSpaceGuard({ hasRoom: createFileProbe(navigator.storage), clock });
  // For the row of the import itself; each slice and each event asks for itself.
  if (!(await guard.ensure())) return err({ code: 'storage', problem: 'disk-full' });
  const identity = await findTillIdentity(database);
  if (!identity) return err({ code: 'storage', problem: 'closed' });
  const ledger = await openLedger({ database, clock, ids, identity, guard });
  const pacer = createSlicePacer(() => performance.now());
  const stopListening = listenForLookups(() => pacer.lookedUp());
  const deps: ImportDeps = {
    database,
    ledger,
    clock,
    ids,
    staff: () => staff,
    pacer,
    steadyNow: () => performance.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
  const control = { signal: cancelling.signal, report };
  try {
    switch (job.kind) {
      case 'import':
        return await runImport(deps, job.request, control);
      case 'undo':
        return await undoImport(deps, job.request.id, control);
      case 'keep':
        return await keepImport(deps, job.request.id);
    }
  } finally {
    stopListening();
  }
}

function createReporter(): (progress: JobProgress) => void {
  let lastAt = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - lastAt < PROGRESS_GAP_MS) return;
    lastAt = now;
    say({ type: 'progress', progress });
  };
}
