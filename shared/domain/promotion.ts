import type { Sale } from '../ledger/event.ts';
import type { PlainDay } from '../lib/brand.ts';
import { addDays, daysBetween, type LocalTime } from '../lib/plain-day.ts';
import { itemKey, type PromotionWindow } from './program.ts';

/** Does the promotion run at this moment of the shop's own clock? */
export function isInWindow(window: PromotionWindow, now: LocalTime): boolean {
  const { from, until } = window;
  const isOverMidnight = from !== null && until !== null && from >= until;
  // After midnight it is still the evening before that the window belongs to.
  const isTail = isOverMidnight && now.time < until;
  const day = isTail ? addDays(now.day, -1) : now.day;
  const weekday = isTail ? ((now.weekday + 5) % 7) + 1 : now.weekday;
  if (window.weekdays.length > 0 && !window.weekdays.includes(weekday)) return false;
  if (window.firstDay !== null && day < window.firstDay) return false;
  if (window.lastDay !== null && day > window.lastDay) return false;
  if (isOverMidnight) return isTail || now.time >= from;
  return (from === null || now.time >= from) && (until === null || now.time < until);
}

/** A member who was here before and then stayed away for so many weeks. */
export function isWonBack(lastVisitDay: PlainDay | null, day: PlainDay, weeks: number): boolean {
  return lastVisitDay !== null && daysBetween({ from: lastVisitDay, to: day }) >= weeks * 7;
}

/** How many of an item the sale holds. */
export function countItems(sale: Sale | undefined, item: string): number {
  const key = itemKey(item);
  return sumCounts(sale, (line) => line.item !== null && itemKey(line.item) === key);
}

export function countCategory(
  sale: Sale | undefined,
  category: string,
  lines: {
    /** The program's own category of an item; null where it names none. */
    readonly categoryOf: (item: string) => string | null;
    readonly isExcluded: (item: string) => boolean;
  },
): number {
  const key = itemKey(category);
  return sumCounts(sale, (line) => {
    const item = line.item === null ? null : itemKey(line.item);
    if (item !== null && lines.isExcluded(item)) return false;
    // Two programs may put one item into different categories; the line carries only one.
    const own = (item === null ? null : lines.categoryOf(item)) ?? line.category;
    return own !== null && itemKey(own) === key;
  });
}

const sumCounts = (sale: Sale | undefined, matches: (line: Sale['lines'][number]) => boolean): number =>
  (sale?.lines ?? []).reduce((sum, line) => sum + (matches(line) ? line.count : 0), 0);
