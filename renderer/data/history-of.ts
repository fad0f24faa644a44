import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { inShopOrder } from '#shared/sync/card-order.ts';
import type { SyncMarks } from '#shared/sync/sync-state.ts';
import { answerOf } from './native.ts';
import { withPlaces } from './place-runs.ts';
import type { EventRow } from './rows.ts';
import { asideOf, readMarks } from './sync-marks.ts';

/**
 * The one place that says on whose card an event stands, and which events make up a card. Whoever folds or looks back asks
 * here: the commit, the page that was pulled and the rebuild.
 */
export interface Histories {
  /** Positions of what counts nowhere. */
  readonly aside: ReadonlySet<number>;
  /** Whose card an event changes; undefined for what is about the shop. */
  cardOf(event: Pick<LedgerEvent, 'member'>): MemberId | undefined;
  /** Everything on a card, in the shop's order, without what is set aside. */
  of(card: MemberId): Promise<readonly EventRow[]>;
}

/** As the transaction sees them; it must span `events`, `places` and `meta`. */
export async function readHistories(transaction: IDBTransaction): Promise<Histories> {
  const marks = await readMarks(transaction);
  const index = transaction.objectStore('events').index('member');
  return {
    aside: asideOf(marks),
    cardOf: ({ member }) => member,
    of: async (card) =>
      await inShop(transaction, await answerOf(index.getAll(card) as IDBRequest<EventRow[]>), marks),
  };
}

/** Rows, read by their positions, in the shop's order, without what is set aside. */
export async function inShop(
  transaction: IDBTransaction,
  rows: readonly EventRow[],
  marks: SyncMarks,
): Promise<readonly EventRow[]> {
  // What never left this till is in its order already.
  const isAlone = marks.cursor === 0 && marks.setAside.length === 0;
  return isAlone ? rows : orderRows(await withPlaces(transaction, rows), marks);
}

/** The same for rows that were read with their places. */
export function orderRows(
  rows: readonly EventRow[],
  { setAside }: Pick<SyncMarks, 'setAside'>,
): readonly EventRow[] {
  return inShopOrder(
    rows.map((row) => ({ n: row.n, g: row.g ?? null, event: row })),
    setAside,
  );
}
