import { expect, test } from 'vitest';
import { listCountries } from '#shared/domain/phone-number.ts';
import { guessCountry } from './setup-guess-country.ts';

const guess = (locale: string, timeZone: string) =>
  guessCountry({ locale, timeZone, countries: listCountries() });

test.each([
  ['tr-TR', 'Europe/Istanbul', 'TR'],
  // A machine bought with English, standing in Istanbul.
  ['en-US', 'Europe/Istanbul', 'TR'],
  ['en', 'Europe/Paris', 'FR'],
  ['en-GB', 'Europe/London', 'GB'],
  ['de-AT', 'Europe/Vienna', 'AT'],
  ['es-MX', 'UTC', 'MX'],
])('%s in %s is %s', (locale, timeZone, country) => {
  expect(guess(locale, timeZone)).toBe(country);
});

test('a machine that says nothing is not guessed', () => {
  expect(guess('', 'UTC')).toBeUndefined();
  expect(guess('en', 'Nowhere/Atlantis')).toBeUndefined();
});
