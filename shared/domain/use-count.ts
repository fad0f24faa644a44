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

/** Uses of `id` on `day`. */
export function usesOn(uses: readonly UseCount[], id: string, day: PlainDay): number {
  const use = uses.find((candidate) => candidate.id === id);
  return use?.day === day ? use.onDay : 0;
}

/** May this reward be taken no more? */
export function isCapReached(
  uses: readonly UseCount[],
  reward: Pick<Reward, 'id' | 'cap'>,
  day: PlainDay,
): boolean {
  const { cap } = reward;
  const use = uses.find((candidate) => candidate.id === reward.id);
  if (!cap || !use) return false;
  switch (cap.per) {
    case 'ever':
      return use.ever >= cap.times;
    case 'year':
      return yearOf(use.day) === yearOf(day) && use.inYear >= cap.times;
    case 'day':
      return use.day === day && use.onDay >= cap.times;
  }
}
