import type { StaffId } from '#shared/lib/brand.ts';
import type { Clock, Ids } from '#shared/lib/ports.ts';
import { err, type Result } from '#shared/lib/result.ts';
import type { Database } from '../database.ts';
import type { SliceParts } from '../give-way.ts';
import type { Ledger } from '../ledger-port.ts';
import { storageProblemOf, type StorageProblem } from '../storage-problem.ts';
import type { JobFailure, JobProgress } from './import-job.ts';
import { FileGoneError } from './read-file.ts';

/** What importing, keeping and taking back have in common: what they need, one at a time, what a fault is called. */

export interface ImportDeps extends SliceParts {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly staff: () => StaffId;
}

export interface JobControl {
  readonly signal: AbortSignal;
  readonly report: (progress: JobProgress) => void;
}

export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly problem: StorageProblem;

  constructor(problem: StorageProblem) {
    super('the store refused');
    this.problem = problem;
  }
}

export async function newestN(database: Database): Promise<number> {
  return (await database.events.orderBy('n').last())?.n ?? 0;
}

export async function rest({ pacer, sleep }: SliceParts): Promise<void> {
  for (let wait = pacer.restMs(); wait > 0; wait = pacer.restMs()) await sleep(wait);
}

export const importLockOf = (databaseName: string): string => `tenpunch-import ${databaseName}`;

/** One import at a time over all windows; the lock goes with a window that crashes. */
export async function alone<Value>(
  database: Database,
  run: () => Promise<Result<Value, JobFailure>>,
): Promise<Result<Value, JobFailure>> {
  return await navigator.locks.request(importLockOf(database.name), { ifAvailable: true }, async (lock) =>
    lock ? await explainFailure(run) : err({ code: 'busy' as const }),
  );
}

async function explainFailure<Value>(
  run: () => Promise<Result<Value, JobFailure>>,
): Promise<Result<Value, JobFailure>> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof FileGoneError) return err({ code: 'file-gone' });
    if (error instanceof StorageError) return err({ code: 'storage', problem: error.problem });
    if (error instanceof DOMException) return err({ code: 'storage', problem: storageProblemOf(error) });
    throw error;
  }
}
