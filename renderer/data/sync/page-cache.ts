import Dexie, { type Table } from 'dexie';
import { requireRoom, type SpaceGuard } from '../space-guard.ts';

/**
 * Pages of a long past, as the endpoint sent them, until their events are in the ledger: each crosses the wire once, however
 * often it is read, and what is here needs no connection any more. Whatever becomes of it, nothing is lost: what it does not
 * have the endpoint has. A database of its own, so that all of it goes in one piece. Nothing here rejects.
 */
export interface PageCache {
  /** The text of the answer that has the event behind `after`, if it is here. */
  find(serverEpoch: string, after: number): Promise<string | undefined>;
  put(page: CachedPage): Promise<void>;
  /** Takes all of it away. */
  clear(): Promise<void>;
}

export interface CachedPage {
  readonly serverEpoch: string;
  /** The place behind which it begins. */
  readonly after: number;
  /** The place of its last event. */
  readonly through: number;
  readonly text: string;
}

type PageRow = Omit<CachedPage, 'text'> & { readonly zipped: ArrayBuffer };
type CacheDatabase = Dexie & { readonly pages: Table<PageRow, number> };

const nameOf = (databaseName: string): string => `${databaseName}-past`;

/** What an earlier life of the app has left of one. */
export const deletePageCache = (databaseName: string): Promise<void> => Dexie.delete(nameOf(databaseName));

/** @param deps.onFault heard once: from then on nothing is kept, and nothing is found. */
export function openPageCache(deps: {
  readonly databaseName: string;
  readonly guard?: SpaceGuard | undefined;
  readonly onFault: (error: unknown) => void;
}): PageCache {
  const { guard, onFault } = deps;
  const name = nameOf(deps.databaseName);
  let database: CacheDatabase | undefined;
  /** The last place that is here; undefined: nobody has looked since the start. */
  let through: number | undefined;
  let isBroken = false;

  async function orNothing<Value>(run: () => Promise<Value>): Promise<Value | undefined> {
    if (isBroken) return undefined;
    try {
      return await run();
    } catch (error) {
      isBroken = true;
      onFault(error);
      await remove().catch(onFault);
      return undefined;
    }
  }

  async function remove(): Promise<void> {
    database?.close();
    database = undefined;
    through = 0;
    await Dexie.delete(name);
  }

  /** Most tills have none, and none is made by looking. */
  async function lookBack(): Promise<number> {
    if (!(await Dexie.exists(name))) return 0;
    database = declare(name);
    return (await database.pages.toCollection().last())?.through ?? 0;
  }

  return {
    find: (serverEpoch, after) =>
      orNothing(async () => {
        through ??= await lookBack();
        if (!database || after >= through) return undefined;
        const row = await database.pages.where('after').belowOrEqual(after).last();
        if (!row || row.through <= after) return undefined;
        if (row.serverEpoch === serverEpoch) return await unzip(row.zipped);
        await remove();
        return undefined;
      }),
    async put({ text, ...place }) {
      await orNothing(async () => {
        await requireRoom(guard);
        through ??= await lookBack();
        database ??= declare(name);
        await database.pages.put({ ...place, zipped: await zip(text) });
        through = Math.max(through, place.through);
      });
    },
    async clear() {
      await orNothing(async () => {
        through ??= await lookBack();
        if (database) await remove();
      });
    },
  };
}

function declare(name: string): CacheDatabase {
  const database = new Dexie(name, { chromeTransactionDurability: 'relaxed', cache: 'disabled' });
  database.version(1).stores({ pages: 'after' });
  return database as CacheDatabase;
}

/** Smaller by far, and what a disk has damaged does not pass its checksum. */
const zip = (text: string): Promise<ArrayBuffer> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();

const unzip = (zipped: ArrayBuffer): Promise<string> =>
  new Response(new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
