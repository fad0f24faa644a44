import type { PlainDay } from '../lib/brand.ts';
import { addMonths, endOfYear, yearOf } from '../lib/plain-day.ts';
import type { Lot } from './member-state.ts';
import type { Expiry } from './program.ts';

/** Units that were earned together and lapse together: adding, spending, lapsing. Lists in, lists out. */

export type AddMonths = (day: PlainDay, months: number) => PlainDay;

/** {@link addMonths} that knows its last answer: a fold asks for the same one with every grant of a day. */
export function rememberMonths(): AddMonths {
  let asked: PlainDay | undefined;
  let askedMonths = 0;
  let answer: PlainDay | undefined;
  return (day, months) => {
    if (answer === undefined || asked !== day || askedMonths !== months) {
      asked = day;
      askedMonths = months;
      answer = addMonths(day, months);
    }
    return answer;
  };
}

/** Units that are earned at once. */
export interface EarnedUnits {
  readonly units: number;
  readonly on: PlainDay;
  readonly addMonths: AddMonths;
}

/** Under the expiry that their card or program had when they were earned. */
export function makeLot({ units, on, addMonths: later }: EarnedUnits, expiry: Expiry): Lot {
  switch (expiry.kind) {
    case 'none':
      return { units, on, until: null, renewsMonths: null };
    case 'after-months':
      return { units, on, until: later(on, expiry.months), renewsMonths: null };
    case 'after-last-visit':
      return { units, on, until: later(on, expiry.months), renewsMonths: expiry.months };
    case 'end-of-year':
      return { units, on, until: endOfYear(yearOf(on) + expiry.years), renewsMonths: null };
  }
}

export const sumOf = (lots: readonly Lot[]): number => lots.reduce((sum, lot) => sum + lot.units, 0);

const isLater = (a: PlainDay | null, b: PlainDay | null): boolean => b !== null && (a === null || a > b);

/** In place. Keeps the order in which lots lapse; one that lapses like another joins it. */
export function addLot(lots: Lot[], lot: Lot): void {
  let place = lots.length;
  while (place > 0 && isLater(lots[place - 1]?.until ?? null, lot.until)) place -= 1;
  const before = place > 0 ? lots[place - 1] : undefined;
  if (before && before.until === lot.until && before.renewsMonths === lot.renewsMonths) {
    const on = before.on < lot.on ? before.on : lot.on;
    const { until, renewsMonths } = before;
    lots[place - 1] = { units: before.units + lot.units, on, until, renewsMonths };
  } else if (place === lots.length) {
    lots.push(lot);
  } else {
    lots.splice(place, 0, lot);
  }
}

/** In place. Takes `units` from the lots that lapse first, never below zero. */
export function spendOldest(lots: Lot[], units: number): void {
  let left = units;
  const first = lots.findIndex((lot) => {
    if (lot.units > left) return true;
    left -= lot.units;
    return false;
  });
  lots.splice(0, first < 0 ? lots.length : first);
  const lot = lots[0];
  if (lot && left > 0) lots[0] = { ...lot, units: lot.units - left };
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

/** In place. What of `lots`, in the order in which they lapse, can't be used on `day` any more; undefined: nothing. */
export function takeLapsed(lots: Lot[], day: PlainDay): readonly Lot[] | undefined {
  const first = lots[0];
  if (!first || !isOver(first, day)) return undefined;
  const left = lots.findIndex((lot) => !isOver(lot, day));
  return lots.splice(0, left < 0 ? lots.length : left);
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
export function joinLots(lots: readonly Lot[]): Lot[] {
  const joined: Lot[] = [];
  for (const lot of lots) addLot(joined, lot);
  return joined;
}
