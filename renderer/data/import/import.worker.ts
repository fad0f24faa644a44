// One job on a chosen file, off the page's thread, with a connection and a stream of its own.

import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { createFileProbe } from '#renderer/platform/probe-file.ts';
import { createSystemClock } from '#renderer/platform/system-clock.ts';
import { err, type Result } from '#shared/lib/result.ts';
import type { StaffId } from '#shared/lib/brand.ts';
import type { Database } from '../database.ts';
import { givingWay } from '../give-way.ts';
import { openLedger } from '../ledger.ts';
import { onExisting, serveJob } from '../serve-job.ts';
import { createSpaceGuard } from '../space-guard.ts';
import { findTillIdentity } from '../till-identity.ts';
import { checkImport, lookAtImport } from './check-import.ts';
import type { JobFailure, JobProgress } from './import-job.ts';
import type { Job, JobAnswers, JobKind, ToWorker } from './import-messages.ts';
import type { ImportDeps } from './import-work.ts';
import { keepImport, runImport } from './import.commands.ts';
import { undoImport } from './undo-import.commands.ts';
import { FileGoneError } from './read-file.ts';

type Answer = Result<JobAnswers[JobKind], JobFailure>;
type Report = (progress: JobProgress) => void;

const scope = self as unknown as DedicatedWorkerGlobalScope;
const cancelling = new AbortController();

scope.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (message.type === 'cancel') cancelling.abort();
  else void serveJob(scope, (report: Report) => run(message, report));
});

async function run(
  { job, databaseName, staff }: Extract<ToWorker, { type: 'start' }>,
  report: Report,
): Promise<Answer> {
  try {
    if (job.kind === 'look') return await look(job.request);
    return await onExisting(databaseName, (database) => runOn(database, job, staff, report));
  } catch (error) {
    if (error instanceof FileGoneError) return err({ code: 'file-gone' });
    // The row stays as the last slice left it.
    throw error;
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
  report: Report,
): Promise<Answer> {
  const clock = createSystemClock();
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
  return await givingWay(async (parts) => {
    const deps: ImportDeps = { database, ledger, clock, ids, staff: () => staff, ...parts };
    const control = { signal: cancelling.signal, report };
    switch (job.kind) {
      case 'import':
        return await runImport(deps, job.request, control);
      case 'undo':
        return await undoImport(deps, job.request.id, control);
      case 'keep':
        return await keepImport(deps, job.request.id);
    }
  });
}
