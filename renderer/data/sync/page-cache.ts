import Dexie, { type Table } from 'dexie';
import { requireRoom, type SpaceGuard } from '../space-guard.ts';

/**
 * Pages of a long past, as the endpoint sent them, until their events are in the ledger: each crosses the wire once, however
 * often it is read, and what is here needs no connection any more. Whatever becomes of it, nothing is lost: what it does not
 * have the endpoint has. A database of its own, that no migration of the ledger has to carry. Nothing here rejects.
 */
export interface PageCache {
  /** The text of the answer that has the event behind `after`, if it is here. */
  find(serverEpoch: string, after: number): Promise<string | undefined>;
  /** The last place of the page that is furthest; 0: there is none. */
  through(): Promise<number>;
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

type PageRow = Omit<CachedPage, 'text'> & { readonly shop: string; readonly zipped: ArrayBuffer };
type CacheDatabase = Dexie & { readonly pages: Table<PageRow, number> };

const nameOf = (databaseName: string): string => `${databaseName}-past`;

/** For whoever has no cache open: what there is of one is of no use any more. */
export async function emptyPageCache(databaseName: string): Promise<void> {
  const name = nameOf(databaseName);
  if (!(await Dexie.exists(name))) return;
  const database = declare(name);
  try {
    await database.pages.clear();
  } finally {
    database.close();
  }
}

/** @param deps.onFault from then on nothing is kept, and nothing is found. */
export function openPageCache(deps: {
  readonly databaseName: string;
  readonly shop: string;
  readonly guard?: SpaceGuard | undefined;
  readonly onFault: (error: unknown) => void;
}): PageCache {
  const { shop, guard, onFault } = deps;
  const name = nameOf(deps.databaseName);
  let database: CacheDatabase | undefined;
  /** Undefined: nobody has looked since the start. */
  let last: number | undefined;
  let isBroken = false;
  let queue: Promise<unknown> = Promise.resolve();

  /** One after the other. */
  function inOrder<Value>(otherwise: Value, run: () => Promise<Value>): Promise<Value> {
    const turn = queue.then(async () => {
      if (isBroken) return otherwise;
      try {
        return await run();
      } catch (error) {
        isBroken = true;
        onFault(error);
        // Nobody waits: another connection may keep it from going.
        Dexie.delete(name).catch(onFault);
        return otherwise;
      }
    });
    queue = turn;
    return turn;
  }

  /** Most tills have none, and none is made by looking. */
  async function lookBack(): Promise<number> {
    if (!(await Dexie.exists(name))) return 0;
    database = declare(name);
    return (await database.pages.toCollection().last())?.through ?? 0;
  }

  async function empty(): Promise<void> {
    await database?.pages.clear();
    last = 0;
  }

  return {
    through: () => inOrder(0, async () => (last ??= await lookBack())),
    find: (serverEpoch, after) =>
      inOrder(undefined, async () => {
        last ??= await lookBack();
        if (!database || after >= last) return undefined;
        const row = await database.pages.where('after').belowOrEqual(after).last();
        if (!row || row.through <= after) return undefined;
        if (row.serverEpoch === serverEpoch && row.shop === shop) return await unzip(row.zipped);
        await empty();
        return undefined;
      }),
    put: ({ text, ...place }) =>
      inOrder(undefined, async () => {
        await requireRoom(guard);
        last ??= await lookBack();
        database ??= declare(name);
        await database.pages.put({ ...place, shop, zipped: await zip(text) });
        last = Math.max(last, place.through);
        return undefined;
      }),
    clear: () =>
      inOrder(undefined, async () => {
        last ??= await lookBack();
        if (last > 0) await empty();
        return undefined;
      }),
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
