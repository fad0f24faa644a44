import { isCountry } from '#shared/domain/phone-number.ts';
import type { Country } from '#renderer/i18n/country-options.ts';

/**
 * Where the shop probably is. The clock's time zone is where the machine stands; its language is often the one it was
 * bought with. A zone of several countries is settled by the language's own country where that is one of them.
 */
export function guessCountry(request: {
  /** For example `tr-TR`. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly countries: readonly Country[];
}): Country | undefined {
  const { timeZone, countries } = request;
  const spoken = regionOf(request.locale);
  if (spoken !== undefined && zonesOf(spoken).includes(timeZone)) return spoken;
  return countries.find((country) => zonesOf(country).includes(timeZone)) ?? spoken;
}

function regionOf(tag: string): Country | undefined {
  try {
    const { region } = new Intl.Locale(tag);
    return region !== undefined && isCountry(region) ? region : undefined;
  } catch {
    // A locale no engine can read says nothing about the country.
    return undefined;
  }
}

function zonesOf(country: Country): readonly string[] {
  const locale = new Intl.Locale('und', { region: country }) as Intl.Locale & {
    readonly getTimeZones?: () => readonly string[] | undefined;
    readonly timeZones?: readonly string[];
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}
