// One job of the end of a day, off the page's thread, with a connection of its own.

import { createFileProbe } from '#renderer/platform/probe-file.ts';
import { randomBytes } from '#renderer/platform/random-bytes.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { createSystemClock } from '#renderer/platform/system-clock.ts';
import { createProfileSealer, type ProfileSealer } from '#renderer/sync/seal-profile.ts';
import { err, ok } from '#shared/lib/result.ts';
import type { ProfileDoc } from '#shared/sync/wire.ts';
import type { Database } from '../database.ts';
import { givingWay } from '../give-way.ts';
import { onExisting, serveJob } from '../serve-job.ts';
import { createSpaceGuard } from '../space-guard.ts';
import { openSyncStore } from '../sync/open-sync-store.ts';
import type { ProfileToSend } from '../sync/sync-store.ts';
import { findTillIdentity } from '../till-identity.ts';
import { buildDayFiles } from './build-files.ts';
import { buildSyncFiles } from './build-sync-files.ts';
import type { DayProgress, SyncFileRequest, TakeRequest } from './day-job.ts';
import type { DayAnswer, DayAnswers, DayJob, DayJobKind, ToWorker } from './day-messages.ts';
import type { DayReads } from './day-rows.ts';
import { lookAtDays } from './look-at-days.ts';
import { takeSyncFile } from './take-sync-file.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
// Handed over, not copied: a folder of files is many megabytes.
const filesOf = (value: DayAnswers[DayJobKind]) =>
  'files' in value ? value.files.map(({ bytes }) => bytes.buffer) : [];

scope.addEventListener('message', ({ data: { databaseName, job } }: MessageEvent<ToWorker>) => {
  const work = (report: (progress: DayProgress) => void) =>
    onExisting(databaseName, (database) =>
      givingWay((parts) => runJob({ database, ...parts }, job, (part) => report({ part }))),
    );
  void serveJob(scope, work, filesOf);
});

async function runJob(reads: DayReads, job: DayJob, report: (part: number) => void): Promise<DayAnswer> {
  switch (job.kind) {
    case 'look':
      return ok(await lookAtDays(reads, job.request, report));
    case 'files': {
      const { sync } = job.request;
      const writeSync = (stem: string) =>
        sync ? buildSync(reads, { ...sync, stem }) : Promise.resolve(undefined);
      return ok(await buildDayFiles(reads, job.request, writeSync, report));
    }
    case 'sync-file':
      return ok(await buildSync(reads, job.request, report));
    case 'take':
      return await take(reads.database, job.request, report);
  }
}

async function buildSync(reads: DayReads, request: SyncFileRequest, report?: (part: number) => void) {
  const sealer = await openSealer(reads.database, request.shopKey);
  const ids = createRandomIds();
  const seal = sealer && ((profile: ProfileToSend) => sealer.close(profile));
  return await buildSyncFiles(reads, { ...request, batchId: () => ids.eventId(), seal }, report);
}

async function take(
  database: Database,
  { file, shopKey }: TakeRequest,
  report: (part: number) => void,
): Promise<DayAnswer> {
  const identity = await findTillIdentity(database);
  if (!identity) return err({ code: 'storage', problem: 'closed' });
  const clock = createSystemClock();
  // A worker has no bridge to the desktop, so on both hosts it finds out by writing.
  const guard = createSpaceGuard({ hasRoom: createFileProbe(navigator.storage), clock });
  if (!(await guard.ensure())) return err({ code: 'storage', problem: 'disk-full' });
  const store = openSyncStore({ database, identity, clock, guard });
  const sealer = await openSealer(database, shopKey);
  const open = sealer && ((doc: ProfileDoc) => sealer.open(doc));
  return await takeSyncFile({ store, open }, file, report);
}

async function openSealer(
  database: Database,
  shopKey: string | undefined,
): Promise<ProfileSealer | undefined> {
  const identity = await findTillIdentity(database);
  if (shopKey === undefined || !identity) return undefined;
  return await createProfileSealer({
    subtle: crypto.subtle,
    randomBytes,
    shop: identity.shop,
    shopKey,
  });
}
