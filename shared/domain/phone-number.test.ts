import fc from 'fast-check';
import examples from 'libphonenumber-js/mobile/examples';
import { getExampleNumber } from 'libphonenumber-js/min';
import { describe, expect, test } from 'vitest';
import type { PhoneNumber } from '../lib/brand.ts';
import {
  callingCodeOf,
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
    ['4915123456789', 'DE', '+4915123456789'],
    ['491512345678', 'DE', '+491512345678'],
    ['62812345678', 'ID', '+62812345678'],
    ['38343201234', 'XK', '+38343201234'],
    ['+49 (0) 1512 3456789', 'DE', '+4915123456789'],
    ['11 15 2345 6789', 'AR', '+5491123456789'],
    ['+52 1 55 1234 5678', 'MX', '+525512345678'],
    ['52 1 55 1234 5678', 'MX', '+525512345678'],
    ['044 55 1234 5678', 'MX', '+525512345678'],
    ['+52 1 55 1234 5678', 'US', '+525512345678'],
    ['011 44 7911 123456', 'US', '+447911123456'],
    ['011 1 415 555 0123', 'US', '+14155550123'],
    ['00 44 7911 123456', 'US', '+447911123456'],
    ['8 10 44 7911 123456', 'KZ', '+447911123456'],
    ['0011 44 7911 123456', 'AU', '+447911123456'],
    ['010 44 7911 123456', 'JP', '+447911123456'],
    // 001 is how Singapore dials out; 00 is how everybody else writes it.
    ['001 65 8123 4567', 'SG', '+6581234567'],
    ['00 65 8123 4567', 'SG', '+6581234567'],
    // 006 leads out of Thailand too, and +680 1234567 would be a number in Palau.
    ['00 66 80 123 4567', 'TH', '+66801234567'],
    ['00 66 67 242 9198', 'TH', '+66672429198'],
    ['00 55 55 4584 4128', 'BR', '+555545844128'],
    ['00 852 5123 4567', 'HK', '+85251234567'],
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

  // The digits begin like the calling code, and both readings are numbers of the country. What is ordinary wins.
  test.each([
    ['55 99612 3456', 'BR', '+5555996123456', 'area 55; nine digits are no mobile number without an area'],
    ['91145 11445', 'IN', '+919114511445', 'a mobile number; eight digits are no usual number'],
    ['84 642 22 83', 'VN', '+84846422283', 'a mobile number said without its 0'],
    ['390 648 0522', 'IT', '+393906480522', 'a mobile number; +39 06480522 would be a short line in Rome'],
    ['5342 6374', 'CU', '+5353426374', 'a mobile number; +53 426374 is an old local one'],
    ['488 104 547', 'PL', '+48488104547', 'nine digits as everywhere; seven are an old local one'],
    ['4921 123456', 'DE', '+494921123456', 'Emden said without its 0'],
    ['49 1512 3456789', 'DE', '+4915123456789', 'nobody in Leer has a number of thirteen digits'],
  ] as const)('%s in %s is %s: %s', (text, country, expected, _) => {
    expect(parsePhoneNumber(text, country)).toEqual({ ok: true, value: expected });
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

describe('a mobile number of every country has one stored form', () => {
  /** Colombia's 0 is followed by a carrier's digit, so 0321… is 03 and a number too short: refused, never stored. */
  const TRUNK_PREFIXES: Readonly<Record<string, string>> = { CO: '03' };
  const inPairs = (digits: string, separator: string) => digits.replace(/..(?=.)/gu, `$&${separator}`);

  test.each(listCountries())('%s', (country) => {
    const example = getExampleNumber(country, examples);
    expect(example).toBeDefined();
    if (!example) return;
    const code = callingCodeOf(country);
    const region = makePhoneRegion(country);
    const trunkPrefix = TRUNK_PREFIXES[country] ?? region.trunkPrefix;
    const national: string = example.nationalNumber;
    const spellings = {
      national,
      'national as its country writes it': example.formatNational(),
      'national with its trunk prefix': `${trunkPrefix}${national}`,
      'national with spaces': inPairs(national, ' '),
      'national with dots': `${trunkPrefix}${inPairs(national, '.')}`,
      'national with dashes': `${trunkPrefix}${inPairs(national, '-')}`,
      'national with parentheses': `(${trunkPrefix}${national.slice(0, 2)}) ${national.slice(2)}`,
      'E.164': `+${code}${national}`,
      'E.164 without its plus': `${code}${national}`,
      'E.164 without its plus, with spaces': `${code} ${inPairs(national, ' ')}`,
      'E.164 with spaces': `+${code} ${inPairs(national, ' ')}`,
      'as one writes abroad': example.formatInternational(),
      'after 00': `00${code}${national}`,
      'after 00, with spaces': `00 ${code} ${inPairs(national, ' ')}`,
    };
    const read = Object.entries(spellings).map(([spelling, text]) => [
      spelling,
      parsePhoneNumber(text, country),
    ]);
    const expected = Object.keys(spellings).map((spelling) => [
      spelling,
      { ok: true, value: example.number },
    ]);
    expect(read).toEqual(expected);
    // What is typed at the counter is read by the same rule.
    for (const text of Object.values(spellings)) {
      expect(planPhoneSearch(text, region)).toMatchObject({ exact: example.number });
    }
  });

  test('a digit that means a carrier in Colombia is not taken for a trunk prefix', () => {
    expect(parsePhoneNumber('0321 1234567', 'CO')).toEqual({ ok: false, error: 'invalid' });
  });
});

describe('how few digits are a whole number', () => {
  test.each([
    ['AD', '312345'],
    ['AC', '40123'],
    ['CK', '71234'],
    ['FO', '211234'],
    ['PM', '551234'],
    ['TK', '7290'],
    ['TV', '901234'],
    ['WF', '821234'],
  ] as const)('in %s %s is one', (country, text) => {
    expect(parsePhoneNumber(text, country).ok).toBe(true);
  });

  // All of these are valid by the rules of their country, and nearly always the end of a longer number.
  test.each([
    ['DE', '30123'],
    ['DE', '301234'],
    ['AT', '51234'],
    ['FI', '401234'],
    ['RO', '234567'],
    ['NO', '02345'],
    ['IR', '234567'],
    ['LU', '223456'],
    ['SK', '212345'],
    ['UY', '1234'],
    ['PF', '441234'],
  ] as const)('in %s %s is the end of one', (country, text) => {
    expect(parsePhoneNumber(text, country)).toEqual({ ok: false, error: 'too-short' });
    expect(planPhoneSearch(text, makePhoneRegion(country))).toMatchObject({ exact: undefined, suffix: text });
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

  test('an international beginning dialled the way of the shop’s country', () => {
    expect(planPhoneSearch('011447', makePhoneRegion('US')).prefixes).toEqual(['+447']);
    expect(planPhoneSearch('00447', makePhoneRegion('US')).prefixes).toEqual(['+447']);
    expect(planPhoneSearch('810447', makePhoneRegion('KZ')).prefixes).toEqual(['+447']);
    expect(planPhoneSearch('006581', makePhoneRegion('SG')).prefixes).toEqual(['+581', '+6581']);
    expect(planPhoneSearch('011 44 7911 123456', makePhoneRegion('US')).exact).toBe('+447911123456');
    expect(planPhoneSearch('+52155', makePhoneRegion('MX')).prefixes).toEqual(['+5255']);
    expect(planPhoneSearch('52155', makePhoneRegion('MX')).prefixes).toEqual(['+5252155', '+5255']);
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

test('near numbers: the same phone in Argentina and Brazil, with and without the 9 of mobile numbers', () => {
  expect(nearNumbers(number('+541123456789'), '54')).toContain('+5491123456789');
  expect(nearNumbers(number('+5491123456789'), '54')).toContain('+541123456789');
  expect(nearNumbers(number('+551161234567'), '55')).toContain('+5511961234567');
  expect(nearNumbers(number('+5511961234567'), '55')).toContain('+551161234567');
  // As a visitor's number as well.
  expect(nearNumbers(number('+5491123456789'), '33')).toContain('+541123456789');
});
