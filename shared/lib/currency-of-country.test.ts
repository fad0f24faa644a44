import { expect, test } from 'vitest';
import { listCountries } from '../domain/phone-number.ts';
import { currencyOfCountry, listCountriesWithCurrency } from './currency-of-country.ts';

/** ISO 3166-1, all of it. */
const ISO_COUNTRIES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  );

test('every country of the world has one currency', () => {
  expect(ISO_COUNTRIES).toHaveLength(249);
  const known = listCountriesWithCurrency();
  expect(new Set(known).size).toBe(known.length);
  expect(ISO_COUNTRIES.filter((country) => !known.includes(country))).toEqual([]);
});

test('so has every country that a shop can choose', () => {
  const known = new Set(listCountriesWithCurrency());
  expect(listCountries().filter((country) => !known.has(country))).toEqual([]);
});

test('every currency is one that amounts can be written in', () => {
  const written = new Set(Intl.supportedValuesOf('currency'));
  // Since 2025; older engines show its letters.
  written.add('XCG');
  const used = new Set(listCountriesWithCurrency().map(currencyOfCountry));
  expect([...used].filter((currency) => !written.has(currency))).toEqual([]);
});

test.each([
  ['FR', 'EUR'],
  ['TR', 'TRY'],
  ['GB', 'GBP'],
  ['JP', 'JPY'],
  ['KW', 'KWD'],
  ['BG', 'EUR'],
  ['??', 'USD'],
])('in %s it is %s', (country, currency) => {
  expect(currencyOfCountry(country)).toBe(currency);
});
