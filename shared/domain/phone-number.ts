import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import type { PhoneNumber } from '../lib/brand.ts';
import { err, ok, type Result } from '../lib/result.ts';

/** Numbers are normalised once, by the shop's country, and searched as digits: spaces, `+`, `00` and `0` never matter. */

export type PhoneProblem = 'empty' | 'not-a-number' | 'too-short' | 'too-long' | 'invalid';

/** Nothing a person dials is longer; a pasted file is cut here instead of being searched through. */
const MAX_INPUT_LENGTH = 64;
/** E.164: at most 15 digits after the `+`. */
const MAX_DIGITS = 15;
/** Some plans allow very short numbers; at a counter those are the last digits of a longer one. */
const MIN_NATIONAL_DIGITS = 7;
/** Mobile numbers have six digits here although the plan has room for longer ones. */
const SIX_DIGIT_COUNTRIES: ReadonlySet<CountryCode> = new Set(['AD', 'PM', 'WF']);
/** Longer national numbers are rare enough that the first digits are rather the calling code. */
const ORDINARY_DIGITS = 10;
/** Until 2019 these went before Mexican numbers, and address books keep them. No number begins so. */
const OLD_MEXICAN_PREFIX = /^(?:04[45]|01|1)/;
/** The last digits that identify a member for a person in front of us. */
export const SUFFIX_DIGITS = 4;

const DIGIT_ZEROS = [
  0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xff10,
];

/** Digits of other scripts become 0–9, a full-width plus becomes `+`, direction marks and separators fall away. */
export function phoneDigits(text: string): string {
  let digits = '';
  for (const character of text.slice(0, MAX_INPUT_LENGTH)) {
    const code = character.codePointAt(0) ?? 0;
    const zero = DIGIT_ZEROS.find((start) => code >= start && code <= start + 9);
    if (zero !== undefined) digits += String(code - zero);
    else if ((character === '+' || character === '＋') && digits === '') digits = '+';
  }
  return digits;
}

/** True when the text can only be meant as a number: digits and what people write between them. */
export function looksLikeNumber(text: string): boolean {
  const plain = text.slice(0, MAX_INPUT_LENGTH).replace(/[\p{Cf}\p{Zs}\s]/gu, '');
  return /^[+＋(]?[\p{Nd}().\-–‑/+]*$/u.test(plain) && /\p{Nd}/u.test(plain);
}

export function isCountry(code: string): code is CountryCode {
  return isSupportedCountry(code);
}

export const listCountries = (): CountryCode[] => getCountries();
export const callingCodeOf = (country: CountryCode): string => getCountryCallingCode(country);

/**
 * The one stored form of a number, E.164. `country` (ISO 3166 alpha-2) reads numbers said without a country code.
 */
export function parsePhoneNumber(text: string, country: CountryCode): Result<PhoneNumber, PhoneProblem> {
  const digits = phoneDigits(text);
  if (digits === '' || digits === '+') return err(text.trim() === '' ? 'empty' : 'not-a-number');
  if (!looksLikeNumber(text)) return err('not-a-number');
  if (digits.replace('+', '').length > MAX_DIGITS + 2) return err('too-long');
  const number = findNumber(digits, country);
  if (!number) return err(shortOrLong(digits.replace(/^(?:\+|00)/, ''), country));
  if (number.nationalNumber.length < minDigitsOf(number.country ?? country)) return err('too-short');
  return ok(number.number as PhoneNumber);
}

type ValidNumber = NonNullable<ReturnType<typeof parsePhoneNumberFromString>>;

function findNumber(digits: string, country: CountryCode): ValidNumber | undefined {
  if (digits.startsWith('+')) return readValid(digits, country);
  const callingCode = callingCodeOf(country);
  const isHome = (number: ValidNumber | undefined) => number?.countryCallingCode === callingCode;
  // Where 006 leads abroad as well, "0066 80…" is 00 and Thailand or 006 and Palau: who buys here lives here, and
  // nobody dials a carrier's 006 to stay at home.
  const written = digits.startsWith('00') ? readValid(`+${digits.slice(2)}`, country) : undefined;
  if (isHome(written)) return written;
  const abroad = listAfterAbroad(digits, abroadPatternOf(country))
    .map((rest) => readValid(`+${rest}`, country))
    .filter((number) => number !== undefined);
  const found = abroad.find(isHome) ?? abroad[0];
  if (found || digits.startsWith('00')) return found;
  // Without a plus, digits that only make sense in another country are a typing error, not a foreign number.
  const plain = country === 'MX' ? digits.replace(OLD_MEXICAN_PREFIX, '') : digits;
  const national = [readValid(plain, country)].find(isHome);
  const withCode = digits.startsWith(callingCode) ? readValid(`+${digits}`, country) : undefined;
  if (!national || !withCode) return national ?? withCode;
  return isOrdinary(national, country) ? national : withCode;
}

function readValid(digits: string, country: CountryCode): ValidNumber | undefined {
  const number = parsePhoneNumberFromString(withoutOldPrefix(digits), country);
  return number?.isValid() ? number : undefined;
}

const withoutOldPrefix = (digits: string): string =>
  digits.startsWith('+52') ? `+52${digits.slice(3).replace(OLD_MEXICAN_PREFIX, '')}` : digits;

/**
 * Germany, Indonesia and Kosovo have room for numbers so long that nearly every one of theirs with its calling code, as
 * messengers export it, is a longer valid one. Brazil's eleven digits are all its plan has: area 55 is one of many.
 */
function isOrdinary({ nationalNumber }: ValidNumber, country: CountryCode): boolean {
  return (
    nationalNumber.length <= ORDINARY_DIGITS ||
    nationalNumber.length === Math.max(...nationalLengths(country))
  );
}

/** Fewer digits are no whole number, except where the whole country has short ones. */
function minDigitsOf(country: CountryCode): number {
  if (SIX_DIGIT_COUNTRIES.has(country)) return 6;
  const lengths = nationalLengths(country);
  return Math.max(...lengths) <= MIN_NATIONAL_DIGITS ? Math.min(...lengths) : MIN_NATIONAL_DIGITS;
}

/** What stands after the digits that lead abroad, the likelier first; empty when the number is said as at home. */
function listAfterAbroad(digits: string, pattern: RegExp): string[] {
  const own = pattern.exec(digits)?.[0] ?? '';
  // Everybody knows 00 from somewhere, also where the shop's country dials 011 or 810.
  const prefixes = digits.startsWith('00') ? [own, '00'] : [own];
  // Where 00 alone leads abroad, the longer ones are carriers hardly anybody dials.
  if (pattern.exec('00')?.[0] === '00') prefixes.reverse();
  return [...new Set(prefixes)]
    .filter((prefix) => prefix !== '')
    .map((prefix) => digits.slice(prefix.length));
}

/** `00` in most of the world, `011` in North America, `8~10` in Kazakhstan: the tilde is a wait for a tone. */
function abroadPatternOf(country: CountryCode): RegExp {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  return new RegExp(`^(?:${metadata.numberingPlan?.IDDPrefix() ?? '00'})`);
}

function shortOrLong(digits: string, country: CountryCode): PhoneProblem {
  const lengths = nationalLengths(country);
  if (digits.length < Math.max(Math.min(...lengths), minDigitsOf(country))) return 'too-short';
  return digits.length > Math.max(...lengths) + 3 ? 'too-long' : 'invalid';
}

function nationalLengths(country: CountryCode): number[] {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const lengths = metadata.numberingPlan?.possibleLengths() ?? [];
  return lengths.length > 0 ? lengths : [MAX_DIGITS];
}

/** Digits people dial before a national number: `0` in most of Europe, `06` in Hungary, none in Spain or Italy. */
function trunkPrefixOf(country: CountryCode): string {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  // The library has this accessor at run time; its type declarations leave it out.
  const plan = metadata.numberingPlan as { readonly nationalPrefix?: () => unknown } | undefined;
  const prefix = plan?.nationalPrefix?.();
  return typeof prefix === 'string' ? prefix : '';
}

/** How the shop's country writes numbers. Made once and passed in. */
export interface PhoneRegion {
  readonly country: CountryCode;
  readonly callingCode: string;
  readonly trunkPrefix: string;
  /** What is dialled before a calling code instead of its `+`. */
  readonly abroadPattern: RegExp;
  /** Fewer digits are no whole number here. */
  readonly minDigits: number;
}

export function makePhoneRegion(country: CountryCode): PhoneRegion {
  return {
    country,
    callingCode: callingCodeOf(country),
    trunkPrefix: trunkPrefixOf(country),
    abroadPattern: abroadPatternOf(country),
    minDigits: minDigitsOf(country),
  };
}

export interface PhoneSearch {
  /** The whole number, when what was typed is one. */
  readonly exact: PhoneNumber | undefined;
  /** E.164 beginnings the digits could mean, most likely first. Empty below three digits. */
  readonly prefixes: readonly string[];
  /** The last digits the typed ones could be; undefined below four. */
  readonly suffix: string | undefined;
}

/** Three digits of a prefix match thousands: below it the list would only flicker. */
const MIN_PREFIX_DIGITS = 3;

/** Every way to read typed digits: as a whole number, as its beginning, as its end. */
export function planPhoneSearch(text: string, region: PhoneRegion): PhoneSearch {
  const typed = phoneDigits(text);
  const digits = typed.replace('+', '');
  // Reading a number by its country's rules costs more than all the rest, at every key.
  const parsed =
    digits.length < region.minDigits ? err('too-short' as const) : parsePhoneNumber(text, region.country);
  const prefixes: string[] = [];
  if (digits.length >= MIN_PREFIX_DIGITS) {
    const abroad = typed.startsWith('+') ? [digits] : listAfterAbroad(digits, region.abroadPattern);
    if (abroad.length > 0) prefixes.push(...abroad.map((rest) => `+${rest}`));
    else {
      const { callingCode, trunkPrefix } = region;
      const national =
        trunkPrefix !== '' && digits.startsWith(trunkPrefix) ? digits.slice(trunkPrefix.length) : digits;
      prefixes.push(`+${callingCode}${national}`);
      if (digits.startsWith(callingCode)) prefixes.push(`+${digits}`);
    }
  }
  const isSuffix = digits.length >= SUFFIX_DIGITS && !typed.startsWith('+');
  return {
    exact: parsed.ok ? parsed.value : undefined,
    prefixes: prefixes.map(withoutOldPrefix).filter((prefix) => prefix.length > MIN_PREFIX_DIGITS),
    suffix: isSuffix ? digits : undefined,
  };
}

export const lastDigitsOf = (number: PhoneNumber): string => number.slice(-SUFFIX_DIGITS);

/** The number as it may stand on a screen that customers see: only the last four digits. */
export const maskPhone = (number: PhoneNumber): string => `••• ${lastDigitsOf(number)}`;

/** Grouped as people of the number's country write it; international outside the shop's own country. */
export function formatPhone(number: PhoneNumber, country: CountryCode): string {
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed) return number;
  return parsed.countryCallingCode === callingCodeOf(country)
    ? parsed.formatNational()
    : parsed.formatInternational();
}

/**
 * Numbers one slip away: one digit replaced, or two neighbours swapped, in the national part. A mistyped number that
 * silently makes a second account is what cashiers of other products repair by hand. In Argentina and Brazil also the
 * same phone with or without the 9 of mobile numbers: people say both, and neither is wrong.
 */
export function nearNumbers(number: PhoneNumber, callingCode: string): PhoneNumber[] {
  const start = 1 + (number.startsWith(`+${callingCode}`) ? callingCode.length : 0);
  const near = new Set<string>();
  for (let index = start; index < number.length; index += 1) {
    const head = number.slice(0, index);
    const digit = number[index] ?? '';
    for (let other = 0; other <= 9; other += 1) {
      if (String(other) !== digit) near.add(`${head}${other}${number.slice(index + 1)}`);
    }
    const next = number[index + 1];
    if (next !== undefined && next !== digit) near.add(`${head}${next}${digit}${number.slice(index + 2)}`);
  }
  for (const other of listMobileNines(number)) near.add(other);
  return [...near] as PhoneNumber[];
}

/** `+54 9 11…` and `+54 11…`; `+55 11 9…` with nine digits after the area and without its first one. */
function listMobileNines(number: string): string[] {
  if (/^\+549\d{10}$/.test(number)) return [`+54${number.slice(4)}`];
  if (/^\+54\d{10}$/.test(number)) return [`+549${number.slice(3)}`];
  if (/^\+55\d{2}9\d{8}$/.test(number)) return [`${number.slice(0, 5)}${number.slice(6)}`];
  if (/^\+55\d{10}$/.test(number)) return [`${number.slice(0, 5)}9${number.slice(5)}`];
  return [];
}
