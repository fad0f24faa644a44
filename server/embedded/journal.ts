import { rename, rm } from 'node:fs/promises';
import type { ArchivableStore, RowsPart } from '#server/store/event-store.ts';
import { writeBaseLog } from './base-log.ts';
import { createLoggedStore } from './logged-store.ts';
import { openLog, type LogSize } from './operation-log.ts';
import type { Replayed } from './replay-log.ts';

/**
 * A log with more than this behind its rows, and more than the rows themselves, gets a checkpoint when the store opens or
 * closes: a start after a kill does again what is behind them. 60,000 events or so.
 */
const CHECKPOINT_FROM_BYTES = 32 * 1024 * 1024;

export interface Journal {
  /** Writes to the log first. */
  readonly store: ArchivableStore;
  /** What it took away is still in the log, until the next checkpoint. */
  noteErasure(): void;
  /**
   * Begins the log anew with the rows of this moment; nothing is written meanwhile. Killed in the middle, the old log holds.
   */
  checkpoint(): Promise<void>;
  /** Where it is too long, or has somebody in it who was erased. */
  checkpointIfDue(): Promise<void>;
  close(): Promise<Replayed>;
}

/** The log of a store that is as the log says. */
export async function openJournal({
  path,
  epoch,
  store,
  state,
  onBroken,
  onCheckpointFailed = () => undefined,
  forgetReplaced,
  checkpointFromBytes = CHECKPOINT_FROM_BYTES,
}: {
  readonly path: string;
  readonly epoch: string;
  readonly store: ArchivableStore;
  readonly state: Replayed;
  readonly onBroken: () => void;
  readonly onCheckpointFailed?: ((error: unknown) => void) | undefined;
  /** The database, too, keeps what was replaced until it is told to let go. */
  readonly forgetReplaced: () => Promise<void>;
  readonly checkpointFromBytes?: number | undefined;
}): Promise<Journal> {
  const draft = `${path}.draft`;
  await rm(draft, { force: true });
  let log = await openLog({ ...state, path, onBroken });
  let { isErasureInTail } = state;
  const logged = createLoggedStore(store, { append: (...args) => log.append(...args) });

  const checkpoint = (): Promise<void> =>
    logged.pause(async () => {
      const next = await writeBaseLog(draft, { epoch, dump: (write) => dumpWhole(store, write) });
      let size: LogSize = log.size();
      await log.close();
      try {
        await rename(draft, path);
        size = next;
      } finally {
        log = await openLog({ ...size, path, onBroken });
      }
      if (isErasureInTail) await forgetReplaced();
      isErasureInTail = false;
    });

  return {
    store: logged.store,
    checkpoint,
    noteErasure: () => {
      isErasureInTail = true;
    },
    async checkpointIfDue() {
      const { bytes, baseBytes } = log.size();
      const isLong = bytes - baseBytes > Math.max(checkpointFromBytes, baseBytes);
      if (isLong || isErasureInTail) await checkpoint().catch(onCheckpointFailed);
    },
    async close() {
      await log.close();
      return { ...log.size(), isErasureInTail };
    },
  };
}

/** The log is about to be replaced by this: it must not miss a place that was given to anybody. */
async function dumpWhole(store: ArchivableStore, write: (part: RowsPart) => Promise<void>): Promise<void> {
  const open = new Map<unknown, number>();
  const count = (shop: unknown, by: number) => open.set(shop, (open.get(shop) ?? 0) + by);
  await store.dump(
    async (part) => {
      if (part.table === 'shops') for (const { shop, g } of part.rows) count(shop, Number(g));
      if (part.table === 'events') for (const { shop, g } of part.rows) if (g !== null) count(shop, -1);
      await write(part);
    },
    { isComplete: true },
  );
  if ([...open.values()].some((missing) => missing !== 0))
    throw new Error('The store does not have every event that its log has.');
}
