import type { PlainDay } from '../../lib/brand.ts';
import { yearOf } from '../../lib/plain-day.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { isNothing } from './plain-cell.ts';
import { readDay } from './read-day.ts';

export type PassProblem = 'not-a-date' | 'unlikely';

/** Passes are sold for ten years at most; what lies further away is a typing error, or another column. */
const MOST_YEARS_AWAY = 20;

/**
 * The last day of a paid pass; null without one. A day that has passed is taken over as it is: the pass has ended and
 * gives nothing, but the history says so.
 */
export function readPassUntil(
  text: string,
  country: string,
  today: PlainDay,
): Result<PlainDay | null, PassProblem> {
  if (isNothing(text)) return ok(null);
  const day = readDay(text, country, (twoDigits) => `${today.slice(0, 2)}${twoDigits}`);
  if (day === undefined) return err('not-a-date');
  return Math.abs(yearOf(day) - yearOf(today)) > MOST_YEARS_AWAY ? err('unlikely') : ok(day);
}
