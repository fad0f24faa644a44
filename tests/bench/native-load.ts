import { joinDays, type DayTotals } from '#shared/domain/day-totals.ts';
import type { RowMaker, RowsOfMember } from './member-rows.ts';

/** The fastest plain IndexedDB can do it: ready rows, no reads but the days', one transaction for each slice. */

export const LOADED_STORES = ['events', 'profiles', 'cards', 'members', 'streams', 'totals'];

export function putSlice(
  database: IDBDatabase,
  slice: readonly RowsOfMember[],
  days: readonly DayTotals[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(LOADED_STORES, 'readwrite', { durability: 'relaxed' });
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new Error('the slice was refused')),
    );
    const [events, profiles, cards, members, streams, totals] = LOADED_STORES.map((name) =>
      transaction.objectStore(name),
    ) as [IDBObjectStore, IDBObjectStore, IDBObjectStore, IDBObjectStore, IDBObjectStore, IDBObjectStore];
    for (const { event, profile, card, member } of slice) {
      events.add(event);
      profiles.put(profile);
      cards.put(card);
      members.put(member);
    }
    const last = slice.at(-1)?.event;
    if (last) {
      const { stream, seq, link } = last;
      const known = streams.get(stream) as IDBRequest<{ readonly parent: unknown } | undefined>;
      const parent = slice[0]?.event.parent ?? null;
      known.addEventListener('success', () =>
        streams.put({ stream, seq, link, parent: known.result?.parent ?? parent }),
      );
    }
    for (const day of days) {
      const before = totals.get(day.day) as IDBRequest<DayTotals | undefined>;
      before.addEventListener('success', () =>
        totals.put(before.result ? joinDays(before.result, day) : day),
      );
    }
  });
}

const LOAD_SLICE = 2000;

export async function loadMembers(
  database: IDBDatabase,
  maker: RowMaker,
  range: { readonly from: number; readonly to: number },
  report: (done: number) => void,
): Promise<void> {
  let pending: Promise<void> = Promise.resolve();
  for (let index = range.from; index < range.to;) {
    const end = Math.min(range.to, index + LOAD_SLICE);
    const slice: RowsOfMember[] = [];
    for (; index < end; index += 1) slice.push(maker.rowsOf(index));
    // The next slice is made while this one is being written.
    await pending;
    pending = putSlice(database, slice, maker.takeTotals());
    report(end);
  }
  await pending;
}
