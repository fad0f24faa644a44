import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UnknownShopError, type ArchivableStore, type RowsPart } from '#server/store/event-store.ts';
import type { Database } from '#server/store/sql.ts';
import { openSqlStore } from '#server/store/sql-store.ts';
import { lockFolder } from './folder-lock.ts';
import { applyTo, createLoggedStore, LEFT_OUT } from './logged-store.ts';
import { cutTorn, logLine, openLog, readLog, type LogSize, type Operation } from './operation-log.ts';
import { syncFolder, syncTree } from './sync-folder.ts';

/**
 * A store in a folder, with nothing to set up:
 *
 *   log      every write, on the disk before its answer: the truth
 *   store/   a database (PGlite) that never waits for the disk: made from the log again unless the last end was an orderly one
 *   clean    written at an orderly end, when all of store/ is on the disk; names the log it belongs to
 *   lock     the process that works here
 */

const FORMAT = 1;
const MAX_STEPS_NOTED = 10_000;

export interface EmbeddedOptions {
  readonly folder: string;
  readonly newEpoch: () => string;
  /** Said while the store is made from the log. */
  readonly onReplay?: (operations: number) => void;
  readonly openDatabase: (path: string) => Promise<Database>;
  /** The disk failed in a way that only a new start can sort out. */
  readonly onBroken: () => void;
}

export class LostLogError extends Error {
  constructor(folder: string) {
    super(`${folder} has a store but no log. Put the log back, or restore a backup into another folder.`);
  }
}

export async function openEmbeddedStore(options: EmbeddedOptions): Promise<ArchivableStore> {
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = await lockFolder(folder);
  try {
    return await openLocked({ ...options, folder, unlock });
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function openLocked({
  folder,
  newEpoch,
  onReplay = () => undefined,
  onBroken,
  openDatabase,
  unlock,
}: EmbeddedOptions & { readonly unlock: () => Promise<void> }): Promise<ArchivableStore> {
  const paths = { log: join(folder, 'log'), store: join(folder, 'store'), clean: join(folder, 'clean') };
  if (!existsSync(paths.log) && existsSync(paths.store)) throw new LostLogError(folder);
  if (!existsSync(paths.log)) await beginLog(paths.log, newEpoch());

  // Before anything is touched: is this folder ours at all?
  const header = await readHeader(paths.log);
  const clean = await readClean(paths.clean);
  await rm(paths.clean, { force: true });
  await syncFolder(folder);
  const isClean =
    clean !== undefined && existsSync(paths.store) && clean.bytes === (await bytesOf(paths.log));
  if (!isClean) await rm(paths.store, { recursive: true, force: true });

  const database = await openDatabase(paths.store);
  try {
    const store = await openSqlStore(database, () => header.epoch);
    const operations = isClean ? clean.operations : await replay(store, { path: paths.log, onReplay });
    const log = await openLog({ path: paths.log, operations, onBroken });
    const logged = createLoggedStore(store, log);
    return {
      ...logged,
      load: () => Promise.reject(new Error('A folder is restored with restoreFolder, before it is opened.')),
      async close() {
        await logged.close();
        await syncTree(paths.store);
        await log.close();
        await writeWhole(paths.clean, JSON.stringify(log.size()));
        await unlock();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function beginLog(path: string, epoch: string): Promise<void> {
  await writeWhole(path, logLine([['begin', { format: FORMAT, epoch }]]));
}

async function readHeader(path: string): Promise<{ readonly epoch: string }> {
  for await (const [name, request] of readLog(path)) {
    const { format, epoch } = request as { readonly format?: number; readonly epoch?: string };
    if (name === 'begin' && format === FORMAT && typeof epoch === 'string') return { epoch };
    break;
  }
  throw new Error(`${path} is no log of this endpoint, or of a newer one.`);
}

/** Does everything again. @returns how many operations the log holds */
async function replay(
  store: ArchivableStore,
  { path, onReplay }: { readonly path: string; readonly onReplay: (operations: number) => void },
): Promise<number> {
  const leftOut = new Set<number>();
  let count = 0;
  for await (const [name, request] of readLog(path, cutTorn(path))) {
    count += 1;
    if (name === LEFT_OUT) leftOut.add((request as { readonly number: number }).number);
  }
  const operations = readLog(path);
  for (let number = 1; number <= count; number += 1) {
    if (number % MAX_STEPS_NOTED === 0) onReplay(number);
    const next = await operations.next();
    if (next.done) break;
    const [name, request] = next.value;
    if (name === 'begin' || name === LEFT_OUT || leftOut.has(number)) continue;
    if (name === 'load') {
      const { epoch, parts } = request as { readonly epoch: string; readonly parts: number };
      await store.load({ epoch, parts: take(operations, parts) });
      number += parts;
    } else {
      await redo(store, next.value);
    }
  }
  return count;
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

async function* take(operations: AsyncGenerator<Operation>, count: number): AsyncGenerator<RowsPart> {
  for (let index = 0; index < count; index += 1) {
    const next = await operations.next();
    if (next.done) throw new Error('The log ends inside a restored backup.');
    yield next.value[1] as RowsPart;
  }
}

export class FolderNotEmptyError extends Error {
  constructor(folder: string) {
    super(`${folder} is not empty. Restore into a new folder.`);
  }
}

/** A new folder from a backup. It appears under its name when it is whole. */
export async function restoreFolder({
  folder: name,
  parts,
  epoch,
}: {
  readonly folder: string;
  readonly parts: AsyncIterable<RowsPart>;
  readonly epoch: string;
}): Promise<void> {
  const folder = resolve(name);
  const isThere = existsSync(folder);
  if (isThere && (await readdir(folder)).length > 0) throw new FolderNotEmptyError(folder);
  const draft = `${folder}.restoring-${process.pid}`;
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    await writeRestoredLog(draft, parts, epoch);
    if (isThere) await rmdir(folder);
    await rename(draft, folder);
    await syncFolder(dirname(folder));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function writeRestoredLog(draft: string, parts: AsyncIterable<RowsPart>, epoch: string): Promise<void> {
  // How many parts there are is known at the end and said at the beginning, so they are written beside first.
  const partsPath = join(draft, 'parts');
  const partsFile = await open(partsPath, 'w', 0o600);
  let count = 0;
  try {
    for await (const part of parts) {
      await partsFile.appendFile(logLine([['rows', part]]));
      count += 1;
    }
  } finally {
    await partsFile.close();
  }
  const file = await open(join(draft, 'log'), 'w', 0o600);
  try {
    await file.appendFile(logLine([['begin', { format: FORMAT, epoch }]]));
    await file.appendFile(logLine([['load', { epoch, parts: count }]]));
    for await (const operation of readLog(partsPath)) await file.appendFile(logLine([operation]));
    await file.sync();
  } finally {
    await file.close();
  }
  await rm(partsPath);
  await syncFolder(draft);
}

const bytesOf = async (path: string): Promise<number> => {
  const file = await open(path, 'r');
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
};

async function readClean(path: string): Promise<LogSize | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LogSize;
  } catch {
    return undefined;
  }
}

/** The old content or the new one, never half of it. */
async function writeWhole(path: string, content: string): Promise<void> {
  const draft = `${path}.draft`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncFolder(dirname(path));
}
