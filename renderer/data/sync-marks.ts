import { FRESH_MARKS, type SyncMarks } from '#shared/sync/sync-state.ts';
import { answerOf } from './native.ts';
import type { MetaRow } from './rows.ts';

/** Where sync stands with the endpoint, in `meta`. Absent until the first contact. */
export const SYNC_KEY = 'sync';

/** A step asks in a dozen places, and within a transaction nobody else changes them. */
const known = new WeakMap<IDBTransaction, Promise<SyncMarks>>();

export function readMarks(transaction: IDBTransaction): Promise<SyncMarks> {
  const found = known.get(transaction) ?? askForMarks(transaction);
  known.set(transaction, found);
  return found;
}

async function askForMarks(transaction: IDBTransaction): Promise<SyncMarks> {
  const meta = transaction.objectStore('meta');
  const row = await answerOf(meta.get(SYNC_KEY) as IDBRequest<MetaRow | undefined>);
  return (row?.value as SyncMarks | undefined) ?? FRESH_MARKS;
}

export function putMarks(transaction: IDBTransaction, marks: SyncMarks): void {
  known.set(transaction, Promise.resolve(marks));
  transaction.objectStore('meta').put({ key: SYNC_KEY, value: marks } satisfies MetaRow);
}

/** Positions of what counts nowhere. */
export const asideOf = ({ setAside }: SyncMarks): ReadonlySet<number> =>
  new Set(setAside.flatMap(({ n }) => n ?? []));
