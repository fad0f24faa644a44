import { answerOf } from '../native.ts';
import { withPlaces } from '../place-runs.ts';
import type { Histories } from '../history-of.ts';
import type { EventRow, MetaRow } from '../rows.ts';

/**
 * Which events have no place in the shop's order yet. The whole ledger must not be searched for them with each page, so they
 * are kept in memory from page to page, up to a number; what is on the disk says from where to read them again after a start
 * or when another window changed places.
 */

/** Row in `meta`: everything up to `upTo` has a place or is set aside. `revision` rises with each change of places. */
const PLACES_KEY = 'places';
interface PlacesMark {
  readonly upTo: number;
  readonly revision: number;
}

/** A busy day of ten tills. Of more than this it is only known where they begin. */
const MOST = 50_000;
const SLICE = 1000;

export interface Waiting {
  /** By id, in the local order; undefined: too many to be kept. */
  readonly rows: ReadonlyMap<string, WaitingRow> | undefined;
  readonly upTo: number;
  readonly newestN: number;
}

export interface WaitingRow {
  readonly n: number;
  readonly card: string | undefined;
}

export interface WaitingPlaces {
  /** As the transaction sees it, before it writes. */
  read(transaction: IDBTransaction, histories: Histories): Promise<Waiting>;
  /** Notes in the transaction what a page makes of it; `committed` once it is through. */
  put(
    transaction: IDBTransaction,
    change: { readonly placed: readonly string[]; readonly upTo?: number; readonly lastN: () => number },
  ): { readonly committed: () => void };
  /** Which events wait has changed otherwise. @param from lowest position that may wait now. */
  spoil(transaction: IDBTransaction, from?: number): Promise<void>;
  /** Nothing that was kept in memory is believed any more. */
  forget(): void;
}

export function createWaitingPlaces(): WaitingPlaces {
  let mark: PlacesMark = { upTo: 0, revision: -1 };
  let rows: Map<string, WaitingRow> | undefined;
  let newestN = 0;

  /** A step asks more than once before it writes. */
  let asked: { readonly by: IDBTransaction; readonly answer: Promise<Waiting> } | undefined;

  function read(transaction: IDBTransaction, histories: Histories): Promise<Waiting> {
    if (asked?.by !== transaction) asked = { by: transaction, answer: readOnce(transaction, histories) };
    return asked.answer;
  }

  async function readOnce(transaction: IDBTransaction, histories: Histories): Promise<Waiting> {
    const store = transaction.objectStore('events');
    const [found, newest] = await Promise.all([readPlaces(transaction), newestOf(store)]);
    const isKnown = found.revision === mark.revision;
    if (!isKnown || (!rows && newest - found.upTo <= MOST)) {
      rows = new Map();
      newestN = found.upTo;
    }
    mark = found;
    while (rows && newestN < newest) {
      const range = IDBKeyRange.lowerBound(newestN, true);
      const slice = await answerOf(store.getAll(range, SLICE) as IDBRequest<EventRow[]>);
      for (const row of await withPlaces(transaction, slice)) {
        if (row.g !== undefined || histories.aside.has(row.n)) continue;
        rows.set(row.id, { n: row.n, card: histories.cardOf(row) });
      }
      newestN = slice.at(-1)?.n ?? newest;
      if (rows.size > MOST) rows = undefined;
    }
    newestN = newest;
    return { rows, upTo: mark.upTo, newestN };
  }

  return {
    read,
    put(transaction, { placed, upTo, lastN }) {
      asked = undefined;
      const left = new Set(placed);
      const first = rows && firstOutside(rows, left);
      const next: PlacesMark = {
        upTo: rows ? (first ? first.n - 1 : Math.max(mark.upTo, newestN)) : (upTo ?? mark.upTo),
        revision: mark.revision + 1,
      };
      transaction.objectStore('meta').put({ key: PLACES_KEY, value: next } satisfies MetaRow);
      return {
        committed() {
          mark = next;
          newestN = Math.max(newestN, lastN());
          for (const id of placed) rows?.delete(id);
        },
      };
    },
    async spoil(transaction, from = Infinity) {
      asked = undefined;
      const found = await readPlaces(transaction);
      const next = { upTo: Math.max(0, Math.min(found.upTo, from - 1)), revision: found.revision + 1 };
      transaction.objectStore('meta').put({ key: PLACES_KEY, value: next } satisfies MetaRow);
    },
    forget() {
      asked = undefined;
      mark = { upTo: 0, revision: -1 };
      rows = undefined;
    },
  };
}

function firstOutside(
  rows: ReadonlyMap<string, WaitingRow>,
  left: ReadonlySet<string>,
): WaitingRow | undefined {
  for (const [id, row] of rows) if (!left.has(id)) return row;
  return undefined;
}

async function readPlaces(transaction: IDBTransaction): Promise<PlacesMark> {
  const request = transaction.objectStore('meta').get(PLACES_KEY);
  const row = await answerOf(request as IDBRequest<MetaRow | undefined>);
  return (row?.value as PlacesMark | undefined) ?? { upTo: 0, revision: 0 };
}

async function newestOf(store: IDBObjectStore): Promise<number> {
  const cursor = await answerOf(store.openKeyCursor(null, 'prev'));
  return (cursor?.primaryKey as number | undefined) ?? 0;
}
