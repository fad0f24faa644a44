import type { PlainDay } from '../lib/brand.ts';
import { addDays, addMonths } from '../lib/plain-day.ts';
import type { ProgramDefinition } from './program.ts';

/** Which days a what-if is about, and how far before them it begins to play. */

export const WHAT_IF_MONTHS = [1, 3, 12] as const;
export type WhatIfMonths = (typeof WHAT_IF_MONTHS)[number];

export interface DayRange {
  readonly from: PlainDay;
  readonly to: PlainDay;
}

export interface WhatIfPeriod extends DayRange {
  /** The period month by month, earliest first. */
  readonly months: readonly DayRange[];
  /** The first day that is played. */
  readonly playedFrom: PlainDay;
}

/** Cards half full and units about to lapse need a year to come about. */
const LEAST_RUN_UP = 12;
const MOST_RUN_UP = 36;
const WEEKS_A_MONTH = 4;

/**
 * The latest `months` up to and with `today`. Played from a year or more before: in a shop that began on the first day of
 * the period nobody would reach a reward in its first month and nothing would lapse.
 */
export function whatIfPeriod(
  today: PlainDay,
  months: number,
  definitions: readonly ProgramDefinition[],
): WhatIfPeriod {
  const monthsBack = Array.from({ length: months }, (_, index) => months - 1 - index);
  const ranges = monthsBack.map((back) => ({
    from: addDays(addMonths(today, -back - 1), 1),
    to: addMonths(today, -back),
  }));
  const from = addDays(addMonths(today, -months), 1);
  const runUp = Math.max(LEAST_RUN_UP, ...definitions.map(runUpOf));
  return { from, to: today, months: ranges, playedFrom: addMonths(from, -Math.min(MOST_RUN_UP, runUp)) };
}

/** Months after which a beginning from nothing is forgotten. */
function runUpOf({ expiry, tiers, promotions }: ProgramDefinition): number {
  // A tier is kept by what the year before added up to.
  const tierMonths = tiers ? 24 : 0;
  const awayMonths = (promotions ?? []).map((promotion) =>
    promotion.kind === 'win-back' ? Math.ceil(promotion.weeks / WEEKS_A_MONTH) : 0,
  );
  return Math.max(monthsOf(expiry), tierMonths, ...awayMonths);
}

function monthsOf(expiry: ProgramDefinition['expiry']): number {
  switch (expiry.kind) {
    case 'none':
      return 0;
    case 'after-months':
    case 'after-last-visit':
      return expiry.months;
    case 'end-of-year':
      return 12 * (expiry.years + 1);
  }
}
