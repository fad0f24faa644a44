import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { inShopOrder } from '#shared/sync/card-order.ts';
import type { SetAside } from '#shared/sync/sync-state.ts';
import { answerOf } from './native.ts';
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
  /** Rows of one card, read elsewhere, in the same order. */
  order(rows: readonly EventRow[]): readonly EventRow[];
}

/** As the transaction sees them; it must span `events` and `meta`. */
export async function readHistories(transaction: IDBTransaction): Promise<Histories> {
  const marks = await readMarks(transaction);
  const index = transaction.objectStore('events').index('member');
  const order = (rows: readonly EventRow[]) => orderRows(rows, marks.setAside);
  return {
    aside: asideOf(marks),
    cardOf: ({ member }) => member,
    of: async (card) => order(await answerOf(index.getAll(card) as IDBRequest<EventRow[]>)),
    order,
  };
}

export function orderRows(rows: readonly EventRow[], setAside: readonly SetAside[]): readonly EventRow[] {
  // What never left this till is in its order already.
  if (setAside.length === 0 && rows.every(({ g }) => g === undefined)) return rows;
  return inShopOrder(
    rows.map((row) => ({ n: row.n, g: row.g ?? null, event: row })),
    setAside,
  );
}
