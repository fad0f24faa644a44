import { err, ok, type Result } from './result.ts';

/** Amounts are whole minor units beside their currency (ISO 4217): 450 EUR is four euros fifty, 450 JPY is 450 yen. */

/** Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD. @throws RangeError for text that is no currency code. */
export function minorDigitsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** Three letters, as ISO 4217 writes them; whether such a currency exists is another question. */
export const isCurrencyCode = (text: string): boolean => /^[A-Z]{3}$/.test(text);

/** `12.50` for 1250 at two digits: exact, where a division would be a float. */
export function toDecimal(amount: number, digits: number): `${number}` {
  if (!Number.isSafeInteger(amount)) return 'NaN' as `${number}`;
  const figures = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = figures.slice(0, figures.length - digits);
  const text = digits === 0 ? whole : `${whole}.${figures.slice(-digits)}`;
  return `${amount < 0 ? '-' : ''}${text}` as `${number}`;
}

/** `amount × numerator ÷ denominator` in whole units, without a fraction ever being a float's. */
export function scale(
  amount: number,
  ratio: { readonly numerator: number; readonly denominator: number },
  rounding: 'down' | 'nearest' | 'up',
): number {
  const product = BigInt(amount) * BigInt(ratio.numerator);
  const denominator = BigInt(ratio.denominator);
  const whole = product / denominator;
  const rest = product % denominator;
  const isUp = rounding === 'up' ? rest > 0n : rounding === 'nearest' && rest * 2n >= denominator;
  return Number(isUp ? whole + 1n : whole);
}

/** Ten digits of minor units: a hundred million euros, or a new scooter in dong. Larger is a typing error. */
export const LARGEST_AMOUNT = 9_999_999_999;

export type AmountError = 'not-a-number' | 'too-many-decimals' | 'too-large' | 'negative';

/**
 * An amount as people type or paste it: `12,50`, `12.50`, `1.250,00`, `1,250.00`, `1 250`, `€ 12`, in digits of any of
 * the scripts we know. Neither point nor comma belongs to a language here, since tills are set to one and typed on in
 * another. So `1.250` is one dinar and a quarter, or 1250 yen, and in euros it is refused: it could be either.
 *
 * @throws RangeError for text that is no currency code.
 */
export function parseAmount(text: string, currency: string): Result<number, AmountError> {
  const digits = minorDigitsOf(currency);
  if (text.length > MAX_TYPED_LENGTH) return err('not-a-number');
  const plain = toPlainFigures(text, currency);
  const sign = /^[-−]|[-−]$/u;
  const parts = readFigures(plain.replace(sign, ''), digits);
  if (!parts) return err('not-a-number');
  if (sign.test(plain)) return err('negative');
  if (parts.decimals.length > digits) return err('too-many-decimals');
  const figures = (parts.whole + parts.decimals.padEnd(digits, '0')).replace(/^0+/, '');
  if (figures.length > String(LARGEST_AMOUNT).length) return err('too-large');
  return ok(Number(figures));
}

/** The first digit of each script people type at tills: Arabic, Persian, Devanagari, full width. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0xff10];
const MAX_TYPED_LENGTH = 64;

/** Digits, points, commas, apostrophes, single spaces and a sign: without the currency and what can't be seen. */
function toPlainFigures(text: string, currency: string): string {
  return text
    .replace(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      const zero = ZEROS.find((first) => code >= first && code < first + 10);
      return zero === undefined ? digit : String(code - zero);
    })
    .replace(/\u066b/gu, '.')
    .replace(/\u066c/gu, ',')
    .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\p{Sc}]/gu, '')
    .replace(new RegExp(currency, 'iu'), '')
    .replace(/[’]/gu, "'")
    .replace(/\s+/gu, ' ')
    .trim();
}

const GROUPED = /^\d{1,3}(?:([ '.,])\d{3})(?:\1\d{3})*$/;
/** Lakhs and crores: 12,34,567. */
const GROUPED_IN_PAIRS = /^\d{1,2}(?:,\d{2})+,\d{3}$/;

/** Undefined where the separators make no number. */
function readFigures(
  text: string,
  digits: number,
): { readonly whole: string; readonly decimals: string } | undefined {
  const asWhole = text.replace(/\D/g, '');
  const isGrouped = GROUPED.test(text) || GROUPED_IN_PAIRS.test(text);
  // One point or comma before three digits may be either; it groups where the currency has no decimals at all.
  const isEither = /^\d{1,3}[.,]\d{3}$/.test(text) && digits > 0;
  if (isGrouped && !isEither) return { whole: asWhole, decimals: '' };
  const split = /^(.*?)(?:([.,])(\d*))?$/su.exec(text);
  const [, before = '', separator = '', decimals = ''] = split ?? [];
  if (before === '' && decimals === '') return undefined;
  const isWhole = /^\d*$/.test(before);
  const isGroupedBefore =
    (GROUPED.test(before) || GROUPED_IN_PAIRS.test(before)) && !before.includes(separator || ' ');
  if (!isWhole && !isGroupedBefore) return undefined;
  return { whole: before.replace(/\D/g, ''), decimals };
}
