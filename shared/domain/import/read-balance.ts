import { err, ok, type Result } from '../../lib/result.ts';

/** A card of 50 stamps, ten times over: what lies above is a telephone number in the wrong column. */
export const MAX_OPENING_UNITS = 500;

export type BalanceProblem =
  | 'not-a-number'
  | 'negative'
  | 'fraction'
  | 'too-many'
  /** A thousand or one and some, by who wrote it. */
  | 'ambiguous';

/**
 * Stamps as people write them: empty is 0, `3`, `3/10` (three of ten), `3.0` and `3,0`. Everything else is a problem:
 * a guessed balance is worse than a question.
 */
export function readBalance(text: string): Result<number, Exclude<BalanceProblem, 'ambiguous'>> {
  const plain = westernDigits(text.trim());
  if (plain === '' || plain === '-' || plain === '–') return ok(0);
  const match = /^([+\-−]?)(\d{1,12})(?:[.,](\d{1,6}))?(?:\s*\/\s*\d{1,4})?$/.exec(plain);
  if (!match) return err('not-a-number');
  const [, sign, whole = '', fraction = ''] = match;
  const units = Number(whole);
  if (/[1-9]/.test(fraction)) return err('fraction');
  if ((sign === '-' || sign === '−') && units > 0) return err('negative');
  return units > MAX_OPENING_UNITS ? err('too-many') : ok(units);
}

/** Arabic, Persian, Indian and full-width digits as 0–9. */
export function westernDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x966));
}
