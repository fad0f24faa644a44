import { describe, expect, test } from 'vitest';
import { countryOf } from './date-locale.ts';
import { createFormat } from './format.ts';
import { PSEUDO_LANGUAGE } from './i18n.ts';

const english = createFormat('en');
const turkish = createFormat('tr');

describe('money', () => {
  test.each([
    [1250, 'EUR', '€12.50'],
    [1200, 'EUR', '€12.00'],
    [5, 'EUR', '€0.05'],
    [-450, 'EUR', '-€4.50'],
    [1250, 'JPY', '¥1,250'],
    [1250, 'KWD', 'KWD\u00a01.250'],
    [9_999_999_999, 'KWD', 'KWD\u00a09,999,999.999'],
  ])('%d of %s', (amount, currency, text) => {
    expect(english.money(amount, currency)).toBe(text);
  });

  test('is written as the language writes it', () => {
    expect(turkish.money(125_000, 'TRY')).toBe('₺1.250,00');
    expect(createFormat(PSEUDO_LANGUAGE).money(1250, 'EUR')).toBe('€12.50');
  });

  test('is short where it is whole', () => {
    expect(english.shortMoney(50_000, 'EUR')).toBe('€500');
    expect(english.shortMoney(50_050, 'EUR')).toBe('€500.50');
    expect(english.shortMoney(1000, 'KWD')).toBe('KWD\u00a01');
  });

  test('of no currency is a number with what was typed', () => {
    expect(english.money(1250, undefined)).toBe('1,250');
    expect(english.money(1250, 'eu')).toBe('1,250 eu');
  });
});

test('percents stand on the side of the language and keep two digits', () => {
  expect([english.percent(10), english.percent(0.25), turkish.percent(12.5)]).toEqual([
    '10%',
    '0.25%',
    '%12,5',
  ]);
});

describe('dates', () => {
  const MOMENT = new Date(2026, 10, 4, 14, 30).getTime();

  test('name their month, the day first, where no country says otherwise', () => {
    expect(english.day('2026-11-04')).toBe('4 November 2026');
    expect(english.dateTime(MOMENT)).toBe('4 November 2026 at 14:30');
    expect(english.dateOrder).toEqual(['day', 'month', 'year']);
    expect(createFormat(PSEUDO_LANGUAGE).day('2026-11-04')).toBe('\u20664 November 2026\u2069');
  });

  test.each([
    ['US', 'November 4, 2026', '2:30 PM'],
    ['GB', '4 November 2026', '14:30'],
    // English has no custom of its own there.
    ['FR', '4 November 2026', '14:30'],
    ['TR', '4 November 2026', '14:30'],
  ])('are written as in the country of the shop: %s', (country, day, time) => {
    const format = createFormat('en', country);
    expect(format.day('2026-11-04')).toBe(day);
    expect(format.date(MOMENT)).toBe(day);
    expect(format.time(MOMENT).replace('\u202f', ' ')).toBe(time);
  });

  test('are Turkish in Turkish, wherever the shop is', () => {
    for (const format of [turkish, createFormat('tr', 'US')]) {
      expect(format.day('2026-11-04')).toBe('4 Kasım 2026');
      expect(format.dateOrder).toEqual(['day', 'month', 'year']);
    }
  });

  test('a tag that no engine can read has no country', () => {
    expect(['tr-TR', 'en', 'x-unknown-1234567890'].map(countryOf)).toEqual(['TR', undefined, undefined]);
  });
});

test('days from now are named where there is a name', () => {
  expect([0, 1, 12].map((days) => english.inDays(days))).toEqual(['today', 'tomorrow', 'in 12 days']);
  expect([0, 1, 12].map((days) => turkish.inDays(days))).toEqual(['bugün', 'yarın', '12 gün sonra']);
});

test('a time of day has twenty-four hours', () => {
  expect(['09:05', '14:00', '00:00'].map((time) => english.timeOfDay(time))).toEqual([
    '09:05',
    '14:00',
    '00:00',
  ]);
});

test('a list ends as the language ends it', () => {
  expect(english.list(['a', 'b', 'c'])).toBe('a, b, and c');
  expect(turkish.list(['a', 'b', 'c'])).toBe('a, b ve c');
});

test('sizes are told in what people count in', () => {
  expect(english.bytes(8_400_000)).toBe('8.4 MB');
  expect(english.bytes(10_745_800_000)).toBe('10.7 GB');
});
