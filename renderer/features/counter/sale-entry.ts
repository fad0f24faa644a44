import type { SaleNeeds } from '#shared/domain/earn.ts';
import { itemKey, MAX_AMOUNT } from '#shared/domain/program.ts';
import type { Sale } from '#shared/ledger/event.ts';

/** What is bought, while it is being said: the amount like the display of a till, whose digits come in from the end. */
export interface SaleEntry {
  /** Digits belong to the amount. */
  readonly isAmountOpen: boolean;
  /** Minor units; 0: nothing typed yet. */
  readonly amount: number;
  readonly lines: readonly SaleLine[];
  /** A kind of sale that a program excludes. */
  readonly type: string | null;
}

export type SaleLine = Sale['lines'][number];
/** What a button stands for: an item, or something of a category. */
export type SaleThing = Pick<SaleLine, 'item' | 'category'>;

export const NO_SALE: SaleEntry = { isAmountOpen: false, amount: 0, lines: [], type: null };

const MOST_OF_ONE = 99;

/** Undefined when the amount would be larger than any sale. */
export function pushDigit(amount: number, digit: number): number | undefined {
  const next = amount * 10 + digit;
  return next > MAX_AMOUNT ? undefined : next;
}

export const dropDigit = (amount: number): number => Math.floor(amount / 10);

/** @param by 1 for one more, -1 for one less; at nothing the line goes. */
export function addThing(lines: readonly SaleLine[], thing: SaleThing, by: 1 | -1): readonly SaleLine[] {
  const key = thingKey(thing);
  const known = lines.find((line) => thingKey(line) === key);
  const count = Math.min(MOST_OF_ONE, (known?.count ?? 0) + by);
  const others = lines.filter((line) => line !== known);
  if (count < 1) return others;
  const { item, category } = thing;
  return known
    ? lines.map((line) => (line === known ? { ...line, count } : line))
    : [...lines, { item, category, count }];
}

export const countOf = (lines: readonly SaleLine[], thing: SaleThing): number =>
  lines.find((line) => thingKey(line) === thingKey(thing))?.count ?? 0;

export const thingKey = ({ item, category }: SaleThing): string =>
  item === null ? `category ${itemKey(category ?? '')}` : `item ${itemKey(item)}`;

/** What programs still ask about: one may be withdrawn or changed in another window while a sale is open. */
export function askedPart(sale: SaleEntry, { amount, items, saleTypes }: SaleNeeds): SaleEntry {
  if (sale === NO_SALE) return sale;
  const asked = new Set(items.map(thingKey));
  const lines = sale.lines.filter((line) => asked.has(thingKey(line)));
  const type = sale.type !== null && saleTypes.includes(sale.type) ? sale.type : null;
  return amount ? { ...sale, lines, type } : { ...NO_SALE, lines };
}

/** Undefined when nothing was said: then it is a plain visit. */
export function saleOf({ amount, lines, type }: SaleEntry): Sale | undefined {
  if (amount === 0 && lines.length === 0) return undefined;
  return { amount: amount === 0 ? null : amount, lines: [...lines], type };
}
