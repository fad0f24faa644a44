import { answerOf } from './native.ts';
import type { MetaRow } from './rows.ts';

/** Rows in `meta` that say how far the projections can be trusted. */

/** Raised when a projection's content changes: the next start rebuilds without a migration. */
export const PROJECTION_VERSION = 3;
/** Holds the version the projections were made with; absent while they are being made, and when they must be. */
export const PROJECTION_KEY = 'projectionVersion';
/**
 * Present when some member was folded without the definition their stamps name. The definition changes what is theirs
 * when it comes at last, so the event that brings it takes the mark above away.
 */
export const UNPLACED_KEY = 'unplaced';
export const UNPLACED_MARK: MetaRow = { key: UNPLACED_KEY, value: true };
/** Ids that a void names and that are not here: when one comes at last, it is undone already. */
const EARLY_VOIDS_KEY = 'earlyVoids';

export async function readEarlyVoids(transaction: IDBTransaction): Promise<Set<string>> {
  const request = transaction.objectStore('meta').get(EARLY_VOIDS_KEY);
  const row = await answerOf(request as IDBRequest<MetaRow | undefined>);
  return new Set(row?.value as readonly string[] | undefined);
}

export function putEarlyVoids(transaction: IDBTransaction, targets: ReadonlySet<string>): void {
  const meta = transaction.objectStore('meta');
  if (targets.size === 0) meta.delete(EARLY_VOIDS_KEY);
  else meta.put({ key: EARLY_VOIDS_KEY, value: [...targets].sort() } satisfies MetaRow);
}
