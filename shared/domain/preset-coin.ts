import { minorDigitsOf } from '../lib/money.ts';

/**
 * What a small coin of pocket money is, in whole units, where one unit buys next to nothing: about a euro each, rounded to
 * what people count in. Only for programs to start from, so a rate that moves does no harm; every other currency takes 1.
 */
const WHOLE_UNITS = new Map<string, number>([
  ...each(5, [
    'BRL',
    'CNY',
    'HKD',
    'PLN',
    'RON',
    'ILS',
    'SAR',
    'AED',
    'QAR',
    'MYR',
    'PEN',
    'GTQ',
    'BWP',
    'GEL',
  ]),
  ...each(10, [
    'CZK',
    'DKK',
    'EGP',
    'MAD',
    'MDL',
    'MXN',
    'NOK',
    'SEK',
    'TWD',
    'UYU',
    'ZAR',
    'ZMW',
    'BOB',
    'HNL',
  ]),
  ...each(50, ['TRY', 'THB', 'UAH', 'PHP', 'MKD', 'DOP', 'RUB', 'NIO', 'MUR']),
  ...each(100, ['JPY', 'INR', 'RSD', 'ALL', 'BDT', 'ISK', 'DZD', 'KES', 'NPR', 'ETB', 'VUV', 'XPF']),
  ...each(500, ['HUF', 'KZT', 'AMD', 'CRC', 'PKR', 'LKR', 'XAF', 'XOF', 'YER', 'DJF', 'KMF']),
  ...each(1_000, ['ARS', 'CLP', 'KRW', 'NGN', 'RWF', 'TZS', 'IQD', 'MNT', 'MWK', 'BIF']),
  ...each(5_000, ['COP', 'MGA', 'MMK', 'PYG', 'UGX', 'KHR', 'CDF']),
  ...each(10_000, ['IDR', 'VND', 'UZS', 'LAK', 'GNF']),
]);

/** In minor units. @throws RangeError for text that is no currency code. */
export const presetCoin = (currency: string): number =>
  10 ** minorDigitsOf(currency) * (WHOLE_UNITS.get(currency) ?? 1);

function each(units: number, currencies: readonly string[]): readonly (readonly [string, number])[] {
  return currencies.map((currency) => [currency, units]);
}
