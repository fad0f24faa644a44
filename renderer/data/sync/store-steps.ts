import type { Clock, Ids } from '#shared/lib/ports.ts';
import { abortQuietly } from '../abort-quietly.ts';
import type { Database, TableName } from '../database.ts';
import { committed, nativeOf } from '../native.ts';
import { reopen } from '../reopen.ts';
import { requireRoom, type SpaceGuard } from '../space-guard.ts';
import { storageProblemOf } from '../storage-problem.ts';
import { asideOf, readMarks } from '../sync-marks.ts';
import type { StepContext } from './step-context.ts';

/** Runs sync's transactions one after the other, each whole or not at all. */

const STORES: readonly TableName[] = [
  'events',
  'places',
  'streams',
  'cards',
  'members',
  'totals',
  'programs',
  'meta',
  'profiles',
  'aliases',
  'unsentProfiles',
  'erased',
  'alarms',
];

export interface StepRunner {
  /** Everything that was pulled can be pulled again and what was sent is still here, so no step waits for the disk. */
  readonly write: <Value>(run: (context: StepContext) => Promise<Value>) => Promise<Value>;
  readonly read: <Value>(run: (transaction: IDBTransaction) => Promise<Value>) => Promise<Value>;
}

export function createStepRunner(deps: {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: Pick<Ids, 'streamId'>;
  readonly guard?: SpaceGuard | undefined;
}): StepRunner {
  const { database, clock, ids, guard } = deps;

  async function attempt<Value>(
    mode: 'readonly' | 'readwrite',
    run: (transaction: IDBTransaction) => Promise<Value>,
  ): Promise<Value> {
    const transaction = nativeOf(database).transaction([...STORES], mode, { durability: 'relaxed' });
    const done = committed(transaction);
    // Awaited below; without this an early throw would leave its rejection unhandled.
    done.catch(() => undefined);
    try {
      const value = await run(transaction);
      if (mode === 'readwrite') transaction.commit();
      await done;
      return value;
    } catch (error) {
      abortQuietly(transaction);
      await done.catch(() => undefined);
      const refusal = transaction.error ?? error;
      if (storageProblemOf(refusal) === 'disk-full') guard?.trip();
      throw refusal;
    }
  }

  /** Once more on a new connection if the browser closed the old one: what got through is known by its marks. */
  async function again<Value>(run: () => Promise<Value>): Promise<Value> {
    try {
      return await run();
    } catch (error) {
      if (storageProblemOf(error) !== 'closed') throw error;
      await reopen(database);
      return await run();
    }
  }

  return {
    write: async (run) => {
      await requireRoom(guard);
      return await again(() =>
        attempt('readwrite', async (transaction) =>
          run({
            transaction,
            aside: asideOf(await readMarks(transaction)),
            nowMs: clock.now(),
            newStream: () => ids.streamId(),
          }),
        ),
      );
    },
    read: (run) => again(() => attempt('readonly', run)),
  };
}
