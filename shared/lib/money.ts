/** Amounts are whole minor units beside their currency (ISO 4217): 450 EUR is four euros fifty, 450 JPY is 450 yen. */

/** Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD. @throws RangeError for text that is no currency code. */
export function minorDigitsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
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
