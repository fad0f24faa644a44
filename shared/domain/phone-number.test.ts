import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PhoneNumber } from '../lib/brand.ts';
import {
  formatPhone,
  listCountries,
  looksLikeNumber,
  makePhoneRegion,
  maskPhone,
  nearNumbers,
  parsePhoneNumber,
  planPhoneSearch,
} from './phone-number.ts';

const number = (text: string) => text as PhoneNumber;

describe('one stored form, however it is said', () => {
  test.each([
    ['0612345678', 'FR', '+33612345678'],
    ['06 12 34 56 78', 'FR', '+33612345678'],
    ['+33 6 12 34 56 78', 'FR', '+33612345678'],
    ['0033612345678', 'FR', '+33612345678'],
    ['33612345678', 'FR', '+33612345678'],
    ['(415) 555-0123', 'US', '+14155550123'],
    ['1-415-555-0123', 'US', '+14155550123'],
    ['0532 123 45 67', 'TR', '+905321234567'],
    ['532 123 45 67', 'TR', '+905321234567'],
    ['٠٥٣٢١٢٣٤٥٦٧', 'TR', '+905321234567'],
    ['\u202a+90 532 123 45 67\u202c', 'TR', '+905321234567'],
    ['０９０１２３４５６７８', 'JP', '+819012345678'],
    ['+44 7911 123456', 'FR', '+447911123456'],
    ['02 1234 5678', 'IT', '+390212345678'],
  ] as const)('%s in %s is %s', (text, country, expected) => {
    expect(parsePhoneNumber(text, country)).toEqual({ ok: true, value: expected });
  });

  test.each([
    ['', 'FR', 'empty'],
    ['   ', 'FR', 'empty'],
    ['hello', 'FR', 'not-a-number'],
    ['☕️☕️', 'FR', 'not-a-number'],
    ['06 12 34 56 78 Anna', 'FR', 'not-a-number'],
    ['1234', 'DE', 'too-short'],
    ['12345', 'DE', 'too-short'],
    ['0612', 'FR', 'too-short'],
    ['0612345678901234567890', 'FR', 'too-long'],
    ['9912345678', 'FR', 'invalid'],
  ] as const)('%s in %s is refused as %s', (text, country, expected) => {
    expect(parsePhoneNumber(text, country)).toEqual({ ok: false, error: expected });
  });

  test('a pasted book is refused and never searched through', () => {
    expect(parsePhoneNumber('7'.repeat(10_000_000), 'FR').ok).toBe(false);
    expect(looksLikeNumber('7'.repeat(10_000_000))).toBe(true);
  });

  test('nonsense never throws, and what is accepted reads back as itself', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.constantFrom(...listCountries()),
        (text, country) => {
          const parsed = parsePhoneNumber(text, country);
          if (parsed.ok) expect(parsePhoneNumber(parsed.value, country)).toEqual(parsed);
        },
      ),
    );
  });
});

describe('what typed digits could mean', () => {
  const france = makePhoneRegion('FR');

  test('a beginning said the national way', () => {
    expect(planPhoneSearch('061', france)).toEqual({
      exact: undefined,
      prefixes: ['+3361'],
      suffix: undefined,
    });
  });

  test('four digits are a beginning or an end', () => {
    expect(planPhoneSearch('0612', france)).toEqual({
      exact: undefined,
      prefixes: ['+33612'],
      suffix: '0612',
    });
  });

  test('a whole number', () => {
    expect(planPhoneSearch('06 12 34 56 78', france).exact).toBe('+33612345678');
  });

  test('an international beginning', () => {
    expect(planPhoneSearch('+447', france).prefixes).toEqual(['+447']);
    expect(planPhoneSearch('00447', france).prefixes).toEqual(['+447']);
    expect(planPhoneSearch('336', france).prefixes).toEqual(['+33336', '+336']);
  });

  test('the trunk prefix follows the country', () => {
    expect(makePhoneRegion('HU').trunkPrefix).toBe('06');
    expect(makePhoneRegion('ES').trunkPrefix).toBe('');
    expect(makePhoneRegion('IT').trunkPrefix).toBe('');
    expect(makePhoneRegion('TR')).toMatchObject({ country: 'TR', callingCode: '90', trunkPrefix: '0' });
  });
});

test('a masked number shows four digits', () => {
  expect(maskPhone(number('+33612345678'))).toBe('••• 5678');
});

test('a number is grouped as its country writes it', () => {
  expect(formatPhone(number('+33612345678'), 'FR')).toBe('06 12 34 56 78');
  expect(formatPhone(number('+33612345678'), 'TR')).toBe('+33 6 12 34 56 78');
});

test('near numbers: every single slip of one digit or one swap, and nothing else', () => {
  const near = nearNumbers(number('+33612345678'), '33');
  expect(near).toHaveLength(9 * 9 + 8);
  expect(near).toContain('+33612345679');
  expect(near).toContain('+33621345678');
  expect(near).not.toContain('+33612345678');
});
