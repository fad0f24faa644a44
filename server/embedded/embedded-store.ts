import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { tombstonesByShop, type ArchivableStore } from '#server/store/event-store.ts';
import { isKept } from '#server/store/migrate.ts';
import type { Database } from '#server/store/sql.ts';
import { openSqlStore } from '#server/store/sql-store.ts';
import { beginning } from './base-log.ts';
import { keyOf, openErasedList, type ErasedList } from './erased-list.ts';
import { lockFolder } from './folder-lock.ts';
import { openJournal, type Journal } from './journal.ts';
import { logLine } from './operation-log.ts';
import { rememberTills } from './remembered-tills.ts';
import { readEpoch, replay, type Replayed } from './replay-log.ts';
import { syncFolder, syncTree } from './sync-folder.ts';
import { writeWhole } from './whole-file.ts';

/**
 * A store in a folder, with nothing to set up:
 *
 *   log      every write, on the disk before its answer: the truth. A checkpoint begins it anew with the rows of that moment
 *   erased   who was erased: kept when everything else is restored from a backup
 *   store/   a database (PGlite) that never waits for the disk and keeps no journal: made from the log again unless the last
 *            end was an orderly one
 *   clean    written at an orderly end, when all of store/ is on the disk; names the log it belongs to
 *   lock     the process that works here
 */

export interface EmbeddedOptions {
  readonly folder: string;
  readonly newEpoch: () => string;
  /** Said while the store is made from the log. */
  readonly onReplay?: (operations: number) => void;
  readonly openDatabase: (path: string, onEnded: () => void) => Promise<Database>;
  /** The disk failed, or the database ended, in a way that only a new start can sort out. */
  readonly onBroken: (what: 'log' | 'database') => void;
  /** The log goes on as it is, and is longer than it need be. */
  readonly onCheckpointFailed?: (error: unknown) => void;
  readonly checkpointFromBytes?: number;
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

async function openLocked(
  options: EmbeddedOptions & { readonly unlock: () => Promise<void> },
): Promise<ArchivableStore> {
  const { folder, newEpoch, onReplay = () => undefined, onBroken, openDatabase, unlock } = options;
  const at = (name: string): string => join(folder, name);
  const paths = { log: at('log'), store: at('store'), clean: at('clean') };
  if (!existsSync(paths.log) && existsSync(paths.store)) throw new LostLogError(folder);
  if (!existsSync(paths.log)) await writeWhole(paths.log, logLine([beginning(newEpoch())]));

  // Before anything is touched: is this folder ours at all?
  const epoch = await readEpoch(paths.log);
  const onLogBroken = () => onBroken('log');
  const list = await openErasedList(at('erased'), onLogBroken);
  let database: Database | undefined;
  let journal: Journal | undefined;
  try {
    const clean = await takeClean(folder);
    const isClean =
      clean !== undefined && existsSync(paths.store) && clean.bytes === (await bytesOf(paths.log));
    const kept = isClean ? await openKept() : undefined;
    const opened = kept ?? (await openNew());
    database = opened;
    // The database's own files are open to everybody, and somebody may have made the folder that way too.
    await chmod(paths.store, 0o700);
    const store = await openSqlStore(database, () => epoch, { isUnlogged: true });
    const state = kept && clean ? clean : await replay(store, { path: paths.log, onReplay });
    const forgetReplaced = () => forgetIn(opened);
    journal = await openJournal({
      ...options,
      path: paths.log,
      epoch,
      store,
      state,
      onBroken: onLogBroken,
      forgetReplaced,
    });
    const guarded = rememberTills(withErasures(journal, list));
    await agree(store, list, guarded);
    await journal.checkpointIfDue();
    return {
      ...guarded,
      load: () => Promise.reject(new Error('A folder is restored with restoreFolder, before it is opened.')),
      async close() {
        let size: Replayed | undefined;
        try {
          await guarded.close();
          await syncTree(paths.store);
        } finally {
          size = await closeFiles();
        }
        await writeWhole(paths.clean, JSON.stringify(size));
        await unlock();
      },
    };
  } catch (error) {
    // What failed first is what has to be said.
    await database?.close().catch(() => undefined);
    await closeFiles();
    throw error;
  }

  function openAt(): Promise<Database> {
    return openDatabase(paths.store, () => onBroken('database'));
  }

  /** Undefined: it was not closed in order, whatever the mark says. */
  async function openKept(): Promise<Database | undefined> {
    const kept = await openAt();
    if (await isKept(kept)) return kept;
    await kept.close();
    return undefined;
  }

  async function openNew(): Promise<Database> {
    await rm(paths.store, { recursive: true, force: true });
    return openAt();
  }

  async function closeFiles(): Promise<Replayed | undefined> {
    const size = await journal?.close();
    await list.close();
    return size;
  }
}

/** What is erased is on the list before it is in the log. */
function withErasures(journal: Journal, list: ErasedList): ArchivableStore {
  const { store } = journal;
  return {
    ...store,
    checkpoint: () => journal.checkpoint(),
    async putProfiles(request) {
      const { shop, docs } = request;
      const erased = docs.filter((doc) => 'erased' in doc);
      // One too many on the list is no harm: its till asks again until it has an answer.
      await list.add(erased.map(({ member, hlc }) => ({ shop, member, hlc })));
      const results = await store.putProfiles(request);
      if (erased.length > 0) journal.noteErasure();
      return results;
    },
    async close() {
      await journal.checkpointIfDue();
      await store.close();
    },
  };
}

/** PostgreSQL leaves a row that was replaced in its page: the table is written anew. The tables are in no journal of its own. */
async function forgetIn(database: Database): Promise<void> {
  await database.execute('vacuum full profiles');
  await database.execute('checkpoint');
}

/** Whoever the list or the store knows as erased, both do: one of them may have been put back by hand. */
async function agree(store: ArchivableStore, list: ErasedList, guarded: ArchivableStore): Promise<void> {
  const inStore = await store.listErased();
  const known = new Set(inStore.map(keyOf));
  const shops = new Set(await store.listShops());
  const missing = list.all.filter((one) => shops.has(one.shop) && !known.has(keyOf(one)));
  for (const [shop, docs] of tombstonesByShop(missing)) await guarded.putProfiles({ shop, docs });
  await list.add(inStore);
}

const bytesOf = async (path: string): Promise<number> => (await stat(path)).size;

/** What the last end left; from now on it is not true any more. */
async function takeClean(folder: string): Promise<Replayed | undefined> {
  const path = join(folder, 'clean');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  await rm(path, { force: true });
  await syncFolder(folder);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Replayed);
  } catch {
    return undefined;
  }
}
