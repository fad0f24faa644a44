import type { LedgerEvent } from '#shared/ledger/event.ts';
import { inShop } from './history-of.ts';
import { answerOf } from './native.ts';
import type { EventRow, MetaRow } from './rows.ts';
import { readMarks } from './sync-marks.ts';

/**
 * Events about the shop as a whole: what its programs are and how it describes itself. They are few, and another till's may
 * come before ours in the shop's order; so their positions are noted, and they are read again as a whole.
 */

const SHOP_EVENTS_KEY = 'shopEvents';

/** Remembers where more of them lie. */
export async function noteShopEvents(
  transaction: IDBTransaction,
  positions: readonly number[],
): Promise<void> {
  const known = await readPositions(transaction);
  const all = new Set([...known, ...positions]);
  putShopPositions(
    transaction,
    [...all].sort((a, b) => a - b),
  );
}

/** The same for one that was just added. */
export async function noteShopEvent(transaction: IDBTransaction, { id }: LedgerEvent): Promise<void> {
  const n = await answerOf(transaction.objectStore('events').index('id').getKey(id));
  await noteShopEvents(transaction, [n as number]);
}

export function putShopPositions(transaction: IDBTransaction, positions: readonly number[]): void {
  transaction.objectStore('meta').put({ key: SHOP_EVENTS_KEY, value: positions } satisfies MetaRow);
}

async function readPositions(transaction: IDBTransaction): Promise<readonly number[]> {
  const request = transaction.objectStore('meta').get(SHOP_EVENTS_KEY);
  const row = await answerOf(request as IDBRequest<MetaRow | undefined>);
  return (row?.value as readonly number[] | undefined) ?? [];
}

/** All of them, in the shop's order, without what is set aside. */
export async function readShopEvents(transaction: IDBTransaction): Promise<readonly EventRow[]> {
  const [positions, marks] = await Promise.all([readPositions(transaction), readMarks(transaction)]);
  const events = transaction.objectStore('events');
  const rows = await Promise.all(
    positions.map((n) => answerOf(events.get(n) as IDBRequest<EventRow | undefined>)),
  );
  const known = rows.filter((row) => row !== undefined);
  return await inShop(transaction, known, marks);
}
