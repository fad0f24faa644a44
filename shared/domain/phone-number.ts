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
  const dialled = digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
  // "33612…" typed without its plus is read as international only when it is no number of the shop's own country.
  const readings = dialled.startsWith('+') ? [dialled] : [dialled, `+${dialled}`];
  for (const reading of readings) {
    const parsed = parsePhoneNumberFromString(reading, country);
    if (!parsed?.isValid()) continue;
    const isForeign = parsed.countryCallingCode !== callingCodeOf(country);
    // Without a plus, digits that only make sense in another country are a typing error, not a foreign number.
    if (isForeign && !dialled.startsWith('+')) continue;
    const longest = Math.max(...nationalLengths(parsed.country ?? country));
    if (parsed.nationalNumber.length < Math.min(MIN_NATIONAL_DIGITS, longest)) return err('too-short');
    return ok(parsed.number as PhoneNumber);
  }
  return err(shortOrLong(dialled, country));
}

function shortOrLong(digits: string, country: CountryCode): PhoneProblem {
  const lengths = nationalLengths(country);
  const length = digits.replace('+', '').length;
  if (length < Math.max(Math.min(...lengths), MIN_NATIONAL_DIGITS)) return 'too-short';
  return length > Math.max(...lengths) + 3 ? 'too-long' : 'invalid';
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
  /** Fewer digits are no whole number here. */
  readonly minDigits: number;
}

export function makePhoneRegion(country: CountryCode): PhoneRegion {
  return {
    country,
    callingCode: callingCodeOf(country),
    trunkPrefix: trunkPrefixOf(country),
    minDigits: Math.min(MIN_NATIONAL_DIGITS, ...nationalLengths(country)),
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
    if (typed.startsWith('+')) prefixes.push(`+${digits}`);
    else if (digits.startsWith('00')) prefixes.push(`+${digits.slice(2)}`);
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
    prefixes: prefixes.filter((prefix) => prefix.length > MIN_PREFIX_DIGITS),
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
 * silently makes a second account is what cashiers of other products repair by hand.
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
  return [...near] as PhoneNumber[];
}
