import type { DayTotals } from '#shared/domain/day-totals.ts';

/** Two parts of one day's sums, put together. */
export function addDays(before: DayTotals | undefined, more: DayTotals): DayTotals {
  if (!before) return more;
  const sum = (field: Exclude<keyof DayTotals, 'day'>) => before[field] + more[field];
  return {
    day: more.day,
    visits: sum('visits'),
    stamps: sum('stamps'),
    takenOver: sum('takenOver'),
    adjusted: sum('adjusted'),
    redemptions: sum('redemptions'),
    enrolments: sum('enrolments'),
    imported: sum('imported'),
    voids: sum('voids'),
    voidedEnrolments: sum('voidedEnrolments'),
    voidedVisits: sum('voidedVisits'),
    voidedStamps: sum('voidedStamps'),
    voidedRedemptions: sum('voidedRedemptions'),
  };
}
