import type { PlainDay } from '../lib/brand.ts';
import { yearOf } from '../lib/plain-day.ts';
import type { UseCount } from './member-state.ts';
import type { Reward } from './program.ts';

/** How often a reward was taken or an action done: what caps look at. */

/** One more use of `id`. A day that comes late counts for ever and for its year, not for the day. */
export function countUse(uses: readonly UseCount[], id: string, day: PlainDay): readonly UseCount[] {
  const before = uses.find((use) => use.id === id);
  const others = uses.filter((use) => use !== before);
  return [...others, before ? next(before, day) : { id, ever: 1, day, onDay: 1, inYear: 1 }].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
}

function next(before: UseCount, day: PlainDay): UseCount {
  const ever = before.ever + 1;
  const isSameYear = yearOf(day) === yearOf(before.day);
  if (day < before.day) return { ...before, ever, inYear: before.inYear + (isSameYear ? 1 : 0) };
  return {
    id: before.id,
    ever,
    day,
    onDay: day === before.day ? before.onDay + 1 : 1,
    inYear: isSameYear ? before.inYear + 1 : 1,
  };
}

/** Uses of `id` on `day`. Once it was used on a later day nobody counts the earlier ones: it can only be asked about. */
export function usesOn(uses: readonly UseCount[], id: string, day: PlainDay): number {
  const use = uses.find((candidate) => candidate.id === id);
  if (!use || use.day < day) return 0;
  return use.day === day ? use.onDay : Infinity;
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

/** A day or year before that of the latest use is no longer counted: nobody is locked out by a clock that was ahead. */
function usedIn(use: UseCount, period: NonNullable<Reward['cap']>['per'], day: PlainDay): number {
  switch (period) {
    case 'ever':
      return use.ever;
    case 'year':
      return yearOf(use.day) === yearOf(day) ? use.inYear : 0;
    case 'day':
      return use.day === day ? use.onDay : 0;
  }
}
