import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { callingCodeOf, listCountries } from '#shared/domain/phone-number.ts';
import { PSEUDO_LANGUAGE } from './i18n.ts';

export type Country = ReturnType<typeof listCountries>[number];

/** A country in the words of the language on screen, found by its code and its English name as well. */
export interface CountryOption {
  readonly id: Country;
  readonly label: string;
  readonly detail: string;
  readonly keywords: string;
}

export function listCountryOptions(language: string): CountryOption[] {
  const locale = language === PSEUDO_LANGUAGE ? 'en' : language;
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const english = new Intl.DisplayNames('en', { type: 'region' });
  const { compare } = new Intl.Collator(locale);
  return listCountries()
    .map((id) => ({
      id,
      label: names.of(id) ?? id,
      detail: `+${callingCodeOf(id)}`,
      keywords: `${id} ${english.of(id) ?? ''}`,
    }))
    .sort((a, b) => compare(a.label, b.label));
}

export function useCountryOptions(): readonly CountryOption[] {
  const { i18n } = useTranslation();
  return useMemo(() => listCountryOptions(i18n.language), [i18n.language]);
}
