import type { LedgerEvent } from '../ledger/event.ts';
import { planPush } from './plan-push.ts';
import type { Held } from './sync-state.ts';
import { MAX_BATCH_EVENTS, MAX_SYNC_FILE_BYTES, SYNC_FILE_FORMAT, type ProfileDoc } from './wire.ts';

/**
 * The queue of a till as files that a person carries to the endpoint or to another till: the very batches the wire would
 * carry, in the same order. Writing one marks nothing as sent, because nobody knows whether it arrives; what comes twice
 * changes nothing.
 */
export interface SyncFile {
  readonly text: string;
  readonly events: number;
  readonly docs: number;
}

export interface SyncFileWriter {
  /** @param page in the local order, going on where the last one ended. */
  addEvents(page: readonly Held<LedgerEvent>[]): void;
  /** Sealed, so that whoever finds the stick reads no name. */
  addDocs(docs: readonly ProfileDoc[]): void;
  /** At least one, also when nothing waits: a file that is missing could mean that it was forgotten. */
  finish(): readonly SyncFile[];
}

const encoder = new TextEncoder();
/** The fields around the batches, and the commas between them. */
const FRAME_BYTES = 1024;

interface OpenFile {
  readonly batches: string[];
  readonly docs: string[];
  bytes: number;
  events: number;
}

export function createSyncFileWriter(request: {
  readonly shop: string;
  readonly till: string;
  readonly batchId: () => string;
  readonly maxBytes?: number;
}): SyncFileWriter {
  const { shop, till, batchId, maxBytes = MAX_SYNC_FILE_BYTES } = request;
  const files: OpenFile[] = [emptyFile()];

  /** The last file, or a new one when this would not fit. */
  function fileFor(bytes: number): OpenFile {
    const last = files.at(-1);
    if (last && last.bytes + bytes <= maxBytes) {
      last.bytes += bytes;
      return last;
    }
    const next = { ...emptyFile(), bytes: FRAME_BYTES + bytes };
    files.push(next);
    return next;
  }

  return {
    addEvents(page) {
      for (let from = 0; from < page.length;) {
        const rest = page.slice(from, from + MAX_BATCH_EVENTS);
        // Without an epoch: who writes a file can't ask the endpoint which one holds.
        const batch = planPush(rest, { batchLimit: MAX_BATCH_EVENTS, suspects: 0 }, batchId());
        if (!batch) return;
        const file = fileFor(encoder.encode(batch.text).length + 1);
        file.batches.push(batch.text);
        file.events += batch.items.length;
        from += batch.items.length;
      }
    },
    addDocs(docs) {
      for (const doc of docs) {
        const text = JSON.stringify(doc);
        fileFor(encoder.encode(text).length + 1).docs.push(text);
      }
    },
    finish: () =>
      files.map(({ batches, docs, events }) => ({
        text:
          `{"format":${JSON.stringify(SYNC_FILE_FORMAT)},"shop":${JSON.stringify(shop)},"till":${JSON.stringify(till)},` +
          `"batches":[${batches.join(',')}],"docs":[${docs.join(',')}]}`,
        events,
        docs: docs.length,
      })),
  };
}

const emptyFile = (): OpenFile => ({ batches: [], docs: [], bytes: FRAME_BYTES, events: 0 });
