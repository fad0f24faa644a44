import { UnknownShopError, type ArchivableStore } from '#server/store/event-store.ts';
import { readBeginning, takeRows } from './base-log.ts';
import { applyTo, hasErasure, LEFT_OUT } from './logged-store.ts';
import { cutTorn, findOperations, readLog, type LogSize, type Operation } from './operation-log.ts';

/** A store made again from its log. */

const MAX_STEPS_NOTED = 10_000;

/** @throws Error for a file that is no log of ours */
export async function readEpoch(path: string): Promise<string> {
  for await (const operation of readLog(path)) {
    const epoch = readBeginning(operation);
    if (epoch !== undefined) return epoch;
    break;
  }
  throw new Error(`${path} is no log of this endpoint, or of a newer one.`);
}

export interface Replayed extends LogSize {
  /** A write since its rows erased somebody. */
  readonly isErasureInTail: boolean;
}

/** Does everything again, without a torn last line. */
export async function replay(
  store: ArchivableStore,
  { path, onReplay }: { readonly path: string; readonly onReplay: (operations: number) => void },
): Promise<Replayed> {
  const { bytes, found } = await findOperations(path, LEFT_OUT, cutTorn(path));
  const leftOut = new Set(found.map((request) => (request as { readonly number: number }).number));
  const place = { bytes: 0 };
  const operations = readLog(path, undefined, place);
  const count = { count: 0 };
  let baseBytes = 0;
  let isErasureInTail = false;
  let noted = 0;
  for (;;) {
    const next = await operations.next();
    if (next.done) break;
    count.count += 1;
    const [name, request] = next.value;
    if (name === 'load') {
      const { epoch } = request as { readonly epoch: string };
      await store.load({ epoch, parts: takeRows(operations, count) });
      baseBytes = place.bytes;
    } else if (name !== 'begin' && name !== LEFT_OUT && !leftOut.has(count.count)) {
      await redo(store, next.value);
      isErasureInTail ||= hasErasure(next.value);
    }
    if (count.count < noted + MAX_STEPS_NOTED) continue;
    noted = count.count;
    onReplay(noted);
  }
  return { bytes, baseBytes, operations: count.count, isErasureInTail };
}

async function redo(store: ArchivableStore, operation: Operation): Promise<void> {
  try {
    await applyTo(store, operation);
  } catch (error) {
    // It failed the first time too, and the process ended before it could be left out. Anything else may be a full disk now:
    // better not to start than to start without what was promised.
    if (!(error instanceof UnknownShopError)) throw error;
  }
}
