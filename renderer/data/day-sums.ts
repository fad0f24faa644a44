import type { DayTotals } from '#shared/domain/day-totals.ts';
import { readEvent, type LedgerEvent } from '#shared/ledger/event.ts';
import type { Histories } from './history-of.ts';
import { answerOf } from './native.ts';
import { nextTotals } from './projections.ts';
import type { EventRow } from './rows.ts';
import { readUndone } from './undone.ts';

/** Adds a day up from its events, where its sums can't be followed event by event. */

const SLICE = 500;

/** The day as it is; undefined when nothing of it counts. */
export async function countDay(
  transaction: IDBTransaction,
  day: string,
  histories: Histories,
): Promise<DayTotals | undefined> {
  const events = transaction.objectStore('events');
  const positions = (await answerOf(events.index('day').getAllKeys(day))) as number[];
  const findTarget = createTargetFinder(histories);
  let totals: DayTotals | undefined;
  for (let from = 0; from < positions.length; from += SLICE) {
    const rows = await Promise.all(
      positions
        .slice(from, from + SLICE)
        .filter((n) => !histories.aside.has(n))
        .map((n) => answerOf(events.get(n) as IDBRequest<EventRow | undefined>)),
    );
    for (const row of rows) {
      const known = row && readEvent(row);
      if (known) totals = nextTotals(totals, known, await findTarget(known));
    }
  }
  return totals;
}

/** What a void takes back, as the day counts it. Reads one card's events at a time, and only for voids. */
function createTargetFinder(histories: Histories): (event: LedgerEvent) => Promise<LedgerEvent | undefined> {
  return async (event) => {
    const card = event.type === 'void' ? histories.cardOf(event) : undefined;
    if (card === undefined) return undefined;
    return readUndone(await histories.of(card)).targets.get(event.id);
  };
}
