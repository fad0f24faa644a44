import { err, ok, type Result } from '#shared/lib/result.ts';
import { readSyncFile, type ReadableSyncFile } from '#shared/sync/read-sync-file.ts';
import type { ProfileDoc } from '#shared/sync/wire.ts';
import type { PulledProfile, SyncStore } from '../sync/sync-store.ts';
import type { DayFailure, TakeReport } from './day-job.ts';

/** What a person carried here from another till: its events at once, and the people it knows where this till has the key. */

export interface TakeParts {
  readonly store: Pick<SyncStore, 'shop' | 'takeFile' | 'takeProfiles'>;
  /** Absent: this till has no key. */
  readonly open: ((doc: ProfileDoc) => Promise<PulledProfile>) | undefined;
}

/** Documents that are opened before they are kept. */
const DOCS_AT_A_TIME = 200;

export async function takeSyncFile(
  parts: TakeParts,
  file: Blob,
  report: (part: number) => void = () => undefined,
): Promise<Result<TakeReport, DayFailure>> {
  const bytes = await readBytes(file);
  if (!bytes) return err({ code: 'file-gone' });
  const read = readSyncFile(bytes, parts.store.shop);
  if (!read.ok) return err({ code: 'file', problem: read.error.code });
  const events = await takeEvents(parts, read.value, report);
  const docs = await takeDocs(parts, read.value.docs);
  report(1);
  return ok({ ...events, ...docs });
}

/** Undefined: the stick was pulled out, or the file was moved since it was chosen. */
async function readBytes(file: Blob): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** Batch by batch: each is kept as a whole, so a file that is read again goes on where it was. */
async function takeEvents(
  { store }: TakeParts,
  { batches }: ReadableSyncFile,
  report: (part: number) => void,
): Promise<Pick<TakeReport, 'added' | 'known' | 'refused'>> {
  const sum = { added: 0, known: 0, refused: 0 };
  for (const [at, { events }] of batches.entries()) {
    const taken = await store.takeFile(events);
    sum.added += taken.added;
    sum.known += taken.known;
    sum.refused += taken.refused;
    report((at + 1) / batches.length);
  }
  return sum;
}

async function takeDocs(
  { store, open }: TakeParts,
  docs: readonly ProfileDoc[],
): Promise<Pick<TakeReport, 'docs' | 'unreadableDocs'>> {
  if (!open) return { docs: 0, unreadableDocs: docs.length };
  let unreadableDocs = 0;
  for (let from = 0; from < docs.length; from += DOCS_AT_A_TIME) {
    const opened = await Promise.all(docs.slice(from, from + DOCS_AT_A_TIME).map(open));
    const readable = opened.filter(({ kind }) => kind !== 'unreadable');
    unreadableDocs += opened.length - readable.length;
    if (readable.length > 0) await store.takeProfiles({ docs: readable, docCursor: null });
  }
  return { docs: docs.length - unreadableDocs, unreadableDocs };
}
