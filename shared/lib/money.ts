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
