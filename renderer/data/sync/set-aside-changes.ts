import { isShopEvent } from '#shared/domain/shop-facts.ts';
import type { SetAside } from '#shared/sync/sync-state.ts';
import type { Histories } from '../history-of.ts';
import { answerOf } from '../native.ts';
import type { EventRow } from '../rows.ts';
import type { Changes } from './fold-changes.ts';

/** What counts no more, and what counts again: its card, its day, and the days of the voids that name it. */
export async function changesOfAside(
  transaction: IDBTransaction,
  { cardOf }: Pick<Histories, 'cardOf'>,
  { before, after }: { readonly before: readonly SetAside[]; readonly after: readonly SetAside[] },
): Promise<Omit<Changes, 'fresh'> & { readonly lowestN: number | undefined }> {
  const was = positionsOf(before);
  const is = positionsOf(after);
  const turned = [...was.difference(is), ...is.difference(was)];
  const events = transaction.objectStore('events');
  const found = await Promise.all(
    turned.map((n) => answerOf(events.get(n) as IDBRequest<EventRow | undefined>)),
  );
  const rows = found.filter((row) => row !== undefined);
  return {
    anew: new Set(rows.flatMap((row) => cardOf(row) ?? [])),
    days: new Set(rows.map(({ day }) => day)),
    turned: new Set(rows.map(({ id }) => id)),
    areShopEventsChanged: rows.some(isShopEvent),
    lowestN: turned.length === 0 ? undefined : Math.min(...turned),
  };
}

const positionsOf = (all: readonly SetAside[]): Set<number> => new Set(all.flatMap(({ n }) => n ?? []));
