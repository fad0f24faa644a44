import type { PlainDay } from '../lib/brand.ts';
import { yearOf } from '../lib/plain-day.ts';
import type { UseCount } from './member-state.ts';
import type { Reward } from './program.ts';
import { addToYears } from './yearly.ts';

/** How often a reward was taken or an action done: what caps look at. */

/** Enough for a till that was offline yesterday, and for a day that a wrong clock made up: it switches no cap off. */
const DAYS_KEPT = 3;

/** One more use of `id`. */
export function countUse(uses: readonly UseCount[], id: string, day: PlainDay): readonly UseCount[] {
  const place = uses.findIndex((use) => use.id === id);
  const before = uses[place];
  if (before) return uses.with(place, next(before, day));
  const first = next({ id, ever: 0, days: [], years: [] }, day);
  return [...uses, first].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function next({ id, ever, days, years: before }: UseCount, day: PlainDay): UseCount {
  const years = [...before];
  const year = yearOf(day);
  addToYears(years, year, (entry) => ({ year, times: (entry?.times ?? 0) + 1 }));
  return { id, ever: ever + 1, days: addDay(days, day), years };
}

function addDay(days: UseCount['days'], day: PlainDay): UseCount['days'] {
  const place = days.findIndex((entry) => entry.day === day);
  if (place >= 0) return days.with(place, { day, times: (days[place]?.times ?? 0) + 1 });
  return [...days, { day, times: 1 }].sort((a, b) => (a.day < b.day ? -1 : 1)).slice(-DAYS_KEPT);
}

const timesOn = (days: UseCount['days'], day: PlainDay): number =>
  days.find((entry) => entry.day === day)?.times ?? 0;

/** Uses of `id` on `day`. Once there was one on a later day, which a clock set back makes, it can only be asked about. */
export function usesOn(uses: readonly UseCount[], id: string, day: PlainDay): number {
  const use = uses.find((candidate) => candidate.id === id);
  if (!use) return 0;
  return use.days.some((entry) => entry.day > day) ? Infinity : timesOn(use.days, day);
}

/** How often this reward may still be taken; Infinity without a cap. */
export function usesLeft(
  uses: readonly UseCount[],
  { id, cap }: Pick<Reward, 'id' | 'cap'>,
  day: PlainDay,
): number {
  if (!cap) return Infinity;
  const use = uses.find((candidate) => candidate.id === id);
  return Math.max(0, cap.times - (use ? usedIn(use, cap.per, day) : 0));
}

/** A day before the latest few is no longer counted: nobody is locked out by a clock that was ahead. */
function usedIn(use: UseCount, period: NonNullable<Reward['cap']>['per'], day: PlainDay): number {
  switch (period) {
    case 'ever':
      return use.ever;
    case 'year':
      return use.years.find(({ year }) => year === yearOf(day))?.times ?? 0;
    case 'day':
      return timesOn(use.days, day);
  }
}
