import { syncFileName } from '#shared/export/file-names.ts';
import type { ProfileDoc } from '#shared/sync/wire.ts';
import { createSyncFileWriter } from '#shared/sync/write-sync-file.ts';
import { listUnsentMembers } from '../sync/all-profiles.ts';
import { documentToSend } from '../sync/document-to-send.ts';
import type { ProfileToSend } from '../sync/sync-store.ts';
import type { MetaRow } from '../rows.ts';
import { findTillIdentity } from '../till-identity.ts';
import { readyFile } from './build-files.ts';
import type { ReadyFile, SyncFiles } from './day-job.ts';
import { openRead, readSyncMarks, type DayReads } from './day-rows.ts';
import { readQueue } from './read-queue.ts';

/** What waits to be sent, as a file: to the endpoint or to another till, on a stick. */

/** Position of the last event in a sync file that a close wrote. */
const WRITTEN_KEY = 'syncFileUpTo';
/** Documents that are sealed before the next are read. */
const DOCS_AT_A_TIME = 200;

export interface SyncFileParts {
  /** What the names begin with. */
  readonly stem: string;
  readonly sinceLast: boolean;
  readonly batchId: () => string;
  /** Absent: this till has no key, so names and numbers stay here. */
  readonly seal: ((profile: ProfileToSend) => Promise<ProfileDoc>) | undefined;
}

export async function buildSyncFiles(
  reads: DayReads,
  parts: SyncFileParts,
  report: (part: number) => void = () => undefined,
): Promise<SyncFiles> {
  const { database } = reads;
  const marks = await readSyncMarks(database);
  const { shop = '', till = '' } = (await findTillIdentity(database)) ?? {};
  const writer = createSyncFileWriter({ shop, till, batchId: parts.batchId });
  // Paired, the endpoint says what it has. Without one nobody does, so each day goes on where the last one ended.
  const goesOn = parts.sinceLast && marks.serverEpoch === null;
  const after = goesOn ? Math.max(marks.uploaded, await readWritten(reads)) : marks.uploaded;
  let events = 0;
  const upTo = await readQueue(reads, { marks, after }, (page, part) => {
    writer.addEvents(page);
    events += page.length;
    report(part);
  });
  let docs = 0;
  if (parts.seal) docs = await addDocs(reads, parts.seal, (more) => writer.addDocs(more));
  const files: ReadyFile[] = [];
  for (const [at, { text }] of writer.finish().entries()) {
    files.push(await readyFile(syncFileName(parts.stem, at + 1), [text]));
  }
  return { files, events, docs, upTo };
}

async function addDocs(
  { database }: DayReads,
  seal: (profile: ProfileToSend) => Promise<ProfileDoc>,
  add: (docs: readonly ProfileDoc[]) => void,
): Promise<number> {
  const members = await listUnsentMembers(openRead(database, 'unsentProfiles', 'profiles', 'erased', 'meta'));
  let count = 0;
  for (let from = 0; from < members.length; from += DOCS_AT_A_TIME) {
    const some = members.slice(from, from + DOCS_AT_A_TIME);
    const [unsent, profiles, erased] = await Promise.all([
      database.unsentProfiles.bulkGet(some),
      database.profiles.bulkGet(some),
      database.erased.bulkGet(some),
    ]);
    const waiting = some.flatMap((member, at) => {
      const row = unsent[at] ?? { member };
      return documentToSend(row, { profile: profiles[at], erased: erased[at] }) ?? [];
    });
    add(await Promise.all(waiting.map(seal)));
    count += waiting.length;
  }
  return count;
}

async function readWritten({ database }: DayReads): Promise<number> {
  const value = (await database.meta.get(WRITTEN_KEY))?.value;
  return typeof value === 'number' ? value : 0;
}

/** After the files are in the folder, never before: a file that was not written must be in the next one. */
export async function noteSyncFileWritten(
  { database }: Pick<DayReads, 'database'>,
  upTo: number,
): Promise<void> {
  await database.meta.put({ key: WRITTEN_KEY, value: upTo } satisfies MetaRow);
}
