import { grantsOf, type KnownEvent } from '../ledger/event.ts';
import type { PlainDay } from '../lib/brand.ts';

/**
 * What one business day added up to. Sums only, so any order of events gives the same bytes. An undone action stays
 * counted where it happened and is counted again under `voids`: a day never changes behind a manager's back.
 */
export interface DayTotals {
  readonly day: PlainDay;
  readonly visits: number;
  /** Stamps from visits and joining. */
  readonly stamps: number;
  /** Stamps taken over from paper cards and opening balances. */
  readonly takenOver: number;
  /** Sum of manual corrections, may be negative. */
  readonly adjusted: number;
  readonly redemptions: number;
  /** Members who joined at the counter. */
  readonly enrolments: number;
  /** Members brought from elsewhere. */
  readonly imported: number;
  readonly voids: number;
  /** What the undone actions of this day had counted, wherever they were counted. */
  readonly voidedEnrolments: number;
  readonly voidedVisits: number;
  readonly voidedStamps: number;
  readonly voidedRedemptions: number;
}

export const emptyDayTotals = (day: PlainDay): DayTotals => ({
  day,
  visits: 0,
  stamps: 0,
  takenOver: 0,
  adjusted: 0,
  redemptions: 0,
  enrolments: 0,
  imported: 0,
  voids: 0,
  voidedEnrolments: 0,
  voidedVisits: 0,
  voidedStamps: 0,
  voidedRedemptions: 0,
});

/** @param target the event that `event` takes back, when `event` is a void that counts. */
export function addToDay(totals: DayTotals, event: KnownEvent, target?: KnownEvent): DayTotals {
  const units = grantsOf(event).reduce((sum, grant) => sum + grant.units, 0);
  switch (event.type) {
    case 'visit':
      return { ...totals, visits: totals.visits + 1, stamps: totals.stamps + units };
    case 'enrolment':
      return event.data.by === 'import'
        ? { ...totals, imported: totals.imported + 1, takenOver: totals.takenOver + units }
        : {
            ...totals,
            enrolments: totals.enrolments + 1,
            visits: totals.visits + (event.data.visit > 0 ? 1 : 0),
            stamps: totals.stamps + units,
          };
    case 'action':
    case 'purchase':
    case 'referral':
      return { ...totals, stamps: totals.stamps + units };
    case 'paper-card':
    case 'opening':
      return { ...totals, takenOver: totals.takenOver + units };
    case 'adjustment':
      return { ...totals, adjusted: totals.adjusted + units };
    case 'redemption':
      return { ...totals, redemptions: totals.redemptions + 1 };
    case 'void':
      return addVoid({ ...totals, voids: totals.voids + 1 }, target);
    case 'profile':
    case 'shop':
    case 'program':
    case 'import':
      return totals;
  }
}

/** The target counted alone says what it had added. */
function addVoid(totals: DayTotals, target: KnownEvent | undefined): DayTotals {
  if (!target || target.type === 'void') return totals;
  const counted = addToDay(emptyDayTotals(totals.day), target);
  return {
    ...totals,
    voidedEnrolments: totals.voidedEnrolments + counted.enrolments,
    voidedVisits: totals.voidedVisits + counted.visits,
    voidedStamps: totals.voidedStamps + counted.stamps,
    voidedRedemptions: totals.voidedRedemptions + counted.redemptions,
  };
}
