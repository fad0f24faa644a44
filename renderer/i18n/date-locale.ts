import { PSEUDO_LANGUAGE } from './i18n.ts';

/** British English: day, name of the month, year. */
const UNDERSTOOD_EVERYWHERE = 'en-GB';

/**
 * As which tag dates and times are written. English is spoken where dates begin with the month and where they begin with the
 * day, and the bare tag means the first: so the country decides, and where none is known, or English has no custom of its own
 * there, the day comes first.
 * @param country ISO 3166, two letters; undefined: nobody knows.
 */
export function dateLocaleFor(language: string, country: string | undefined): string {
  if (language !== 'en' && language !== PSEUDO_LANGUAGE) return language;
  if (country === undefined) return UNDERSTOOD_EVERYWHERE;
  const { locale } = new Intl.DateTimeFormat(`en-${country}`).resolvedOptions();
  return locale === `en-${country}` ? locale : UNDERSTOOD_EVERYWHERE;
}

/** The country in a tag such as `tr-TR`; undefined where there is none. */
export function countryOf(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).region;
  } catch {
    // A tag no engine can read says nothing about the country.
    return undefined;
  }
}
