import type { ProgramDefinition } from '#shared/domain/program.ts';
import { minorDigitsOf } from '#shared/lib/money.ts';
import { without, type ProgramDraft } from './program-draft.ts';

/** Fields that hold minor units, wherever in a definition they are. */
const AMOUNTS = new Set(['amount', 'per', 'minimum', 'value', 'price']);

/** A program names its currency exactly where it has amounts: set with the first, gone with the last that was added. */
export function settleCurrency(
  draft: ProgramDraft,
  request: { readonly base: ProgramDefinition; readonly usual: string },
): ProgramDraft {
  if (usesMoney(draft)) return draft.currency === undefined ? { ...draft, currency: request.usual } : draft;
  return draft.currency !== undefined && request.base.currency === undefined
    ? without(draft, 'currency')
    : draft;
}

export function usesMoney(draft: ProgramDraft): boolean {
  return draft.tiers?.by === 'spend' || draft.charity !== undefined || hasAmount(draft);
}

function hasAmount(value: unknown, key = ''): boolean {
  if (typeof value === 'number') return AMOUNTS.has(key);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, field]) => hasAmount(field, name));
}

/** What was typed stays what it says: 4.50 euros become 4.50 dollars, and 5 yen. */
export function changeCurrency(draft: ProgramDraft, currency: string): ProgramDraft {
  if (draft.currency === undefined) return { ...draft, currency };
  const factor = 10 ** (minorDigitsOf(currency) - minorDigitsOf(draft.currency));
  const rescale = (amount: number) => Math.round(amount * factor);
  const scaled = mapAmounts(draft, rescale) as ProgramDraft;
  const tiers =
    scaled.tiers?.by === 'spend'
      ? {
          tiers: {
            ...scaled.tiers,
            levels: scaled.tiers.levels.map((level) => ({ ...level, from: rescale(level.from) })),
          },
        }
      : {};
  return { ...scaled, ...tiers, currency };
}

function mapAmounts(value: unknown, change: (amount: number) => number, key = ''): unknown {
  if (typeof value === 'number') return AMOUNTS.has(key) ? change(value) : value;
  if (Array.isArray(value)) return value.map((entry: unknown) => mapAmounts(entry, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, mapAmounts(field, change, name)]),
  );
}
