import { grantsOf, type KnownEvent } from '../ledger/event.ts';
import { assertNever } from '../lib/assert.ts';
import type { PlainDay } from '../lib/brand.ts';
import type { DonationTotal } from './member-state.ts';

/**
 * What one business day added up to. Sums only, so any order of events gives the same bytes. An undone action stays
 * counted where it happened and is counted again under `undone`: a day never changes behind a manager's back.
 */
export interface DayTotals extends DaySums {
  readonly day: PlainDay;
  readonly voids: number;
  /** What the actions that were taken back on this day had counted, whichever day had counted them. */
  readonly undone: DaySums;
}

/** Units of different programs are never added up, nor are amounts of different currencies. */
export interface DaySums {
  readonly visits: number;
  readonly redemptions: number;
  /** Members who joined at the counter. */
  readonly enrolments: number;
  /** Members brought from elsewhere. */
  readonly imported: number;
  /** Things done that are no purchase: reviews, returned cups. */
  readonly actions: number;
  /** Friends somebody was rewarded for. */
  readonly referrals: number;
  /** In the order of the programs' ids. */
  readonly programs: readonly ProgramSums[];
  /** Passes and units in advance that were sold, in the order of the currencies. */
  readonly purchases: readonly PurchaseSums[];
  /** In the order of the charities' names. */
  readonly donations: readonly DonationTotal[];
}

export interface ProgramSums {
  readonly program: string;
  /** Units earned at the counter, or bought there. */
  readonly given: number;
  /** Units taken over from paper cards and opening balances. */
  readonly takenOver: number;
  /** Sum of manual corrections, may be negative. */
  readonly adjusted: number;
  readonly redemptions: number;
}

export interface PurchaseSums {
  readonly currency: string;
  readonly count: number;
  /** Minor units. */
  readonly amount: number;
}

const NOTHING: DaySums = {
  visits: 0,
  redemptions: 0,
  enrolments: 0,
  imported: 0,
  actions: 0,
  referrals: 0,
  programs: [],
  purchases: [],
  donations: [],
};

export const emptyDayTotals = (day: PlainDay): DayTotals => ({ day, voids: 0, ...NOTHING, undone: NOTHING });

/** @param target the event that `event` takes back, when `event` is a void that counts. */
export function addToDay(totals: DayTotals, event: KnownEvent, target?: KnownEvent): DayTotals {
  const { day, voids, undone } = totals;
  if (event.type !== 'void') return { day, voids, ...addSums(totals, sumsOf(event)), undone };
  const takenBack = target ? addSums(undone, sumsOf(target)) : undone;
  return { ...totals, voids: voids + 1, undone: takenBack };
}

/** Two parts of one day, put together. */
export function joinDays(part: DayTotals, other: DayTotals): DayTotals {
  return {
    day: part.day,
    voids: part.voids + other.voids,
    ...addSums(part, other),
    undone: addSums(part.undone, other.undone),
  };
}

/** What one event adds to its day. */
function sumsOf(event: KnownEvent): DaySums {
  switch (event.type) {
    case 'visit':
      return { ...NOTHING, visits: 1, programs: unitsOf(event, 'given'), donations: donationsOf(event) };
    case 'enrolment':
      return event.data.by === 'import'
        ? { ...NOTHING, imported: 1, programs: unitsOf(event, 'takenOver') }
        : {
            ...NOTHING,
            enrolments: 1,
            visits: event.data.visit > 0 ? 1 : 0,
            programs: unitsOf(event, 'given'),
            donations: donationsOf(event),
          };
    case 'action':
      return { ...NOTHING, actions: 1, programs: unitsOf(event, 'given') };
    case 'referral':
      return { ...NOTHING, referrals: 1, programs: unitsOf(event, 'given') };
    case 'purchase': {
      const { currency, price } = event.data;
      const purchases = [{ currency, count: 1, amount: price }];
      return { ...NOTHING, purchases, programs: unitsOf(event, 'given') };
    }
    case 'paper-card':
    case 'opening':
      return { ...NOTHING, programs: unitsOf(event, 'takenOver') };
    case 'adjustment':
      return { ...NOTHING, programs: unitsOf(event, 'adjusted') };
    case 'redemption': {
      const { program, charity, amount } = event.data;
      const donations = charity !== undefined && amount !== undefined ? [{ charity, amount }] : [];
      return { ...NOTHING, redemptions: 1, programs: [{ ...unused(program), redemptions: 1 }], donations };
    }
    case 'void':
    case 'profile':
    case 'shop':
    case 'program':
    case 'import':
    case 'approval':
    case 'merge':
    case 'unmerge':
    case 'erasure':
    case 'day-close':
    case 'export':
      return NOTHING;
    default:
      return assertNever(event);
  }
}

const unused = (program: string): ProgramSums => ({
  program,
  given: 0,
  takenOver: 0,
  adjusted: 0,
  redemptions: 0,
});

function unitsOf(event: KnownEvent, field: 'given' | 'takenOver' | 'adjusted'): readonly ProgramSums[] {
  const grants = grantsOf(event);
  const [first] = grants;
  if (grants.length === 1 && first) return [{ ...unused(first.program), [field]: first.units }];
  return grants.reduce<readonly ProgramSums[]>(
    (sums, { program, units }) => addPrograms(sums, [{ ...unused(program), [field]: units }]),
    [],
  );
}

const donationsOf = ({ data }: KnownEvent & { readonly type: 'visit' | 'enrolment' }) =>
  (data.donations ?? []).reduce<readonly DonationTotal[]>(
    (sums, { charity, amount }) => addDonations(sums, [{ charity, amount }]),
    [],
  );

const addSums = (sums: DaySums, more: DaySums): DaySums => ({
  visits: sums.visits + more.visits,
  redemptions: sums.redemptions + more.redemptions,
  enrolments: sums.enrolments + more.enrolments,
  imported: sums.imported + more.imported,
  actions: sums.actions + more.actions,
  referrals: sums.referrals + more.referrals,
  programs: addPrograms(sums.programs, more.programs),
  purchases: addPurchases(sums.purchases, more.purchases),
  donations: addDonations(sums.donations, more.donations),
});

const addPrograms = adder<ProgramSums>(
  ({ program }) => program,
  (a, b) => ({
    program: a.program,
    given: a.given + b.given,
    takenOver: a.takenOver + b.takenOver,
    adjusted: a.adjusted + b.adjusted,
    redemptions: a.redemptions + b.redemptions,
  }),
);

const addPurchases = adder<PurchaseSums>(
  ({ currency }) => currency,
  (a, b) => ({ currency: a.currency, count: a.count + b.count, amount: a.amount + b.amount }),
);

const addDonations = adder<DonationTotal>(
  ({ charity }) => charity,
  (a, b) => ({ charity: a.charity, amount: a.amount + b.amount }),
);

/** Adds up what has the same key. The list keeps the order of the keys, whatever came first. */
function adder<Entry>(keyOf: (entry: Entry) => string, add: (a: Entry, b: Entry) => Entry) {
  return (entries: readonly Entry[], more: readonly Entry[]): readonly Entry[] => {
    if (more.length === 0) return entries;
    if (entries.length === 0) return more;
    const sums = new Map(entries.map((entry) => [keyOf(entry), entry]));
    for (const entry of more) {
      const known = sums.get(keyOf(entry));
      sums.set(keyOf(entry), known ? add(known, entry) : entry);
    }
    return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  };
}
