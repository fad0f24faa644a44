import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LARGEST_AMOUNT, minorDigitsOf, parseAmount, scale, toDecimal } from './money.ts';

const amountOf = (text: string, currency = 'EUR') => {
  const result = parseAmount(text, currency);
  return result.ok ? result.value : result.error;
};

describe('digits of a currency', () => {
  test('two for euros, none for yen, three for dinars', () => {
    expect(['EUR', 'JPY', 'KWD'].map(minorDigitsOf)).toEqual([2, 0, 3]);
  });

  test('what is no currency code throws', () => {
    expect(() => minorDigitsOf('euro')).toThrow(RangeError);
  });
});

describe('an amount as somebody types it', () => {
  test.each<[string, number]>([
    ['12,50', 1250],
    ['12.50', 1250],
    ['12,5', 1250],
    ['12', 1200],
    ['12.', 1200],
    [',50', 50],
    ['0,05', 5],
    ['1250', 125_000],
    ['1.250,00', 125_000],
    ['1,250.00', 125_000],
    ['1 250,00', 125_000],
    ['1\u202f250,00', 125_000],
    ['1’250.00', 125_000],
    ['1.250.000', 125_000_000],
    ['12,34,567.00', 123_456_700],
    ['€ 12.50', 1250],
    ['12,50 €', 1250],
    ['EUR 12.50', 1250],
    ['١٢٫٥٠', 1250],
    ['١٬٢٥٠٫٠٠', 125_000],
    ['۱۲٫۵۰', 1250],
    ['१२.५०', 1250],
    ['１２.５０', 1250],
    ['\u200f12.50', 1250],
    ['0', 0],
    ['007', 700],
    ['99999999.99', LARGEST_AMOUNT],
  ])('%s is read', (text, amount) => {
    expect(amountOf(text)).toBe(amount);
  });

  test('a currency without decimals counts its units, one with three has three', () => {
    expect(amountOf('1250', 'JPY')).toBe(1250);
    expect(amountOf('1,250', 'JPY')).toBe(1250);
    expect(amountOf('1.250', 'JPY')).toBe(1250);
    expect(amountOf('1.250', 'KWD')).toBe(1250);
    expect(amountOf('1,25', 'KWD')).toBe(1250);
    expect(amountOf('1,250.000', 'KWD')).toBe(1_250_000);
    expect(amountOf('12.5', 'JPY')).toBe('too-many-decimals');
    expect(amountOf('1.2505', 'KWD')).toBe('too-many-decimals');
  });

  test.each<[string, string]>([
    ['', 'not-a-number'],
    [' ', 'not-a-number'],
    ['.', 'not-a-number'],
    ['-', 'not-a-number'],
    ['twelve', 'not-a-number'],
    ['12a', 'not-a-number'],
    ['1e5', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['1.2.3', 'not-a-number'],
    ['1 2', 'not-a-number'],
    ['12.50,00', 'not-a-number'],
    ['1.250.00', 'not-a-number'],
    ['0'.repeat(100), 'not-a-number'],
    ['-5', 'negative'],
    ['−5,00', 'negative'],
    ['5-', 'negative'],
    ['12.345', 'too-many-decimals'],
    ['0.125', 'too-many-decimals'],
    // One thousand two hundred and fifty, or one and a quarter? Nobody can tell.
    ['1.250', 'too-many-decimals'],
    ['1,250', 'too-many-decimals'],
    ['100000000', 'too-large'],
    ['9'.repeat(60), 'too-large'],
  ])('%j is refused as %s', (text, error) => {
    expect(amountOf(text)).toBe(error);
  });

  const locales = ['en', 'tr', 'de', 'de-CH', 'fr', 'es', 'pl', 'hi', 'en-IN', 'ar-EG', 'fa', 'ja', 'sv'];

  test.each(['EUR', 'USD', 'TRY', 'JPY', 'KWD', 'INR'])(
    '%s: what any language shows reads back',
    (currency) => {
      const digits = minorDigitsOf(currency);
      const formats = locales.map(
        (locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, useGrouping: true }),
      );
      fc.assert(
        fc.property(fc.integer({ min: 0, max: LARGEST_AMOUNT }), (amount) => {
          for (const format of formats) {
            expect(amountOf(format.format(toDecimal(amount, digits)), currency)).toBe(amount);
          }
          expect(amountOf(toDecimal(amount, digits), currency)).toBe(amount);
        }),
      );
    },
  );

  test('no text throws, and no amount is beyond the largest', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[-\d., '’€]{0,20}$/)),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (text, currency) => {
          const amount = amountOf(text, currency);
          if (typeof amount === 'number') {
            expect(Number.isSafeInteger(amount) && amount >= 0 && amount <= LARGEST_AMOUNT).toBe(true);
          }
        },
      ),
    );
  });
});

describe('a share of an amount', () => {
  test('is exact and rounded as asked', () => {
    const third = { numerator: 1, denominator: 3 };
    expect([scale(100, third, 'down'), scale(100, third, 'up'), scale(100, third, 'nearest')]).toEqual([
      33, 34, 33,
    ]);
    expect(scale(LARGEST_AMOUNT, { numerator: 10_000, denominator: 1 }, 'down')).toBe(99_999_999_990_000);
  });
});
