import type { PlainDay } from '../lib/brand.ts';
import { addMonths, endOfYear, yearOf } from '../lib/plain-day.ts';
import type { Lot } from './member-state.ts';
import type { Expiry } from './program.ts';

/** Units that were earned together and lapse together: adding, spending, lapsing. Lists in, lists out. */

export interface Lapse {
  readonly lots: readonly Lot[];
  readonly lapsed: readonly Lot[];
}

/** `units` earned on `on`, under the expiry that their card or program had then. */
export function makeLot(units: number, on: PlainDay, expiry: Expiry): Lot {
  switch (expiry.kind) {
    case 'none':
      return { units, on, until: null, renewsMonths: null };
    case 'after-months':
      return { units, on, until: addMonths(on, expiry.months), renewsMonths: null };
    case 'after-last-visit':
      return { units, on, until: addMonths(on, expiry.months), renewsMonths: expiry.months };
    case 'end-of-year':
      return { units, on, until: endOfYear(yearOf(on) + expiry.years), renewsMonths: null };
  }
}

export const sumOf = (lots: readonly Lot[]): number => lots.reduce((sum, lot) => sum + lot.units, 0);

const isLater = (a: PlainDay | null, b: PlainDay | null): boolean => b !== null && (a === null || a > b);

/** Keeps the order in which lots lapse; one that lapses like another joins it. */
export function addLot(lots: readonly Lot[], lot: Lot): readonly Lot[] {
  let place = lots.length;
  while (place > 0 && isLater(lots[place - 1]?.until ?? null, lot.until)) place -= 1;
  const before = lots[place - 1];
  if (!before || before.until !== lot.until || before.renewsMonths !== lot.renewsMonths) {
    return lots.toSpliced(place, 0, lot);
  }
  const on = before.on < lot.on ? before.on : lot.on;
  return lots.with(place - 1, { ...before, on, units: before.units + lot.units });
}

/** Takes `units` from the lots that lapse first, never below zero. */
export function spendOldest(lots: readonly Lot[], units: number): readonly Lot[] {
  let left = units;
  return lots.flatMap((lot) => {
    const taken = Math.min(lot.units, left);
    left -= taken;
    return taken === 0 ? [lot] : keepRest(lot, taken);
  });
}

/** Takes `units` back from the lots that lapse last, never below zero. */
export function takeNewest(lots: readonly Lot[], units: number): readonly Lot[] {
  let left = units;
  return lots
    .toReversed()
    .flatMap((lot) => {
      const taken = Math.min(lot.units, left);
      left -= taken;
      return keepRest(lot, taken);
    })
    .toReversed();
}

const keepRest = (lot: Lot, taken: number): readonly Lot[] =>
  lot.units === taken ? [] : [{ ...lot, units: lot.units - taken }];

/** What of `lots`, in the order in which they lapse, can still be used on `day`. The same list when nothing lapsed. */
export function lapseLots(lots: readonly Lot[], day: PlainDay): Lapse {
  const first = lots[0];
  if (!first || !isOver(first, day)) return { lots, lapsed: [] };
  const left = lots.findIndex((lot) => !isOver(lot, day));
  return left < 0 ? { lots: [], lapsed: lots } : { lots: lots.slice(left), lapsed: lots.slice(0, left) };
}

export const isOver = ({ until }: Pick<Lot, 'until'>, day: PlainDay): boolean =>
  until !== null && until < day;

/** A visit on `day` gives lots that last from the last visit their full time again. */
export function renewLots(lots: readonly Lot[], day: PlainDay): readonly Lot[] {
  return lots.map((lot) => {
    if (lot.renewsMonths === null || lot.until === null) return lot;
    const until = addMonths(day, lot.renewsMonths);
    return until > lot.until ? { ...lot, until } : lot;
  });
}

/** Sorted and joined again, after {@link renewLots}. */
export function joinLots(lots: readonly Lot[]): readonly Lot[] {
  return lots.reduce<readonly Lot[]>(addLot, []);
}
