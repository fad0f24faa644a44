import type { PlainDay } from '../lib/brand.ts';
import { addDays, daysBetween, mondayOf } from '../lib/plain-day.ts';
import type { Nonsense, NonsenseCode } from './program-place.ts';
import type { ProgramDefinition, Promotion, PromotionWindow } from './program.ts';
import { hasBaseEarning } from './units-to-earn.ts';

export function findPromotionProblems(program: ProgramDefinition): Nonsense[] {
  return (program.promotions ?? []).flatMap((promotion) =>
    codesOf(promotion, program).map((code) => ({ code, place: { part: 'promotions', id: promotion.id } })),
  );
}

function codesOf(promotion: Promotion, program: ProgramDefinition): NonsenseCode[] {
  if (promotion.kind === 'win-back') return [];
  const hasNothing = promotion.kind === 'multiplier' && !hasBaseEarning(program);
  return [
    ...(hasNothing ? (['nothing-to-multiply'] as const) : []),
    ...(neverRuns(promotion.window) ? (['promotion-never-runs'] as const) : []),
  ];
}

/** A window of no length, one that ends before it begins, or one whose weekdays its dates leave out. */
function neverRuns({ weekdays, from, until, firstDay, lastDay }: PromotionWindow): boolean {
  if (from !== null && from === until) return true;
  if (from === null && until === '00:00') return true;
  if (firstDay === null || lastDay === null) return false;
  if (lastDay < firstDay) return true;
  const first = firstDay as PlainDay;
  const length = daysBetween({ from: first, to: lastDay as PlainDay }) + 1;
  if (weekdays.length === 0 || length >= 7) return false;
  const open = Array.from({ length }, (_, index) => weekdayOf(addDays(first, index)));
  return !open.some((weekday) => weekdays.includes(weekday));
}

/** ISO: Monday is 1. */
const weekdayOf = (day: PlainDay): number => daysBetween({ from: mondayOf(day), to: day }) + 1;
