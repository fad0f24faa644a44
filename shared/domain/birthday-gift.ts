import type { PlainDay } from '../lib/brand.ts';
import { addDays, addMonths, yearOf } from '../lib/plain-day.ts';

/**
 * The year whose birthday is near enough to `day` for a gift, and the last day to take it. Undefined outside of the
 * window, without a birthday and for one that lies in the future. 29 February is celebrated on the 28th in a common year.
 */
export function birthdayYearOn(
  person: { readonly day: PlainDay; readonly birthday: PlainDay | null },
  window: { readonly daysBefore: number; readonly daysAfter: number },
): { readonly year: number; readonly until: PlainDay } | undefined {
  const { day, birthday } = person;
  if (birthday === null || birthday > day) return undefined;
  const born = yearOf(birthday);
  // Around the turn of the year the window may belong to the year before or after.
  for (const year of [yearOf(day) - 1, yearOf(day), yearOf(day) + 1]) {
    if (year <= born) continue;
    const celebrated = addMonths(birthday, (year - born) * 12);
    const until = addDays(celebrated, window.daysAfter);
    if (day >= addDays(celebrated, -window.daysBefore) && day <= until) return { year, until };
  }
  return undefined;
}
