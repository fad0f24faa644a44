import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './locales/en/en.ts';
import { tr } from './locales/tr/tr.ts';
import { mirror } from './mirror.ts';

export const LANGUAGES = ['en', 'tr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language in its own words, so that everybody finds theirs. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', tr: 'Türkçe' };

/**
 * English written from right to left with widened letters: shows a layout that is not mirrored, a text that is hard
 * coded and a box that is too narrow, before a translator finds them. Asked for with `?pseudo` in the address.
 */
export const PSEUDO_LANGUAGE = 'ar-XB';

export const DEFAULT_NAMESPACE = 'common';

export async function createI18n(language: string): Promise<i18n> {
  const instance = i18next.createInstance();
  await instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en, tr, [PSEUDO_LANGUAGE]: mirror(en) },
    defaultNS: DEFAULT_NAMESPACE,
    ns: Object.keys(en),
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return instance;
}

export const isLanguage = (tag: string): tag is Language => (LANGUAGES as readonly string[]).includes(tag);

/** The language spoken for a tag such as `tr-TR`; English where we speak none of it. */
export function languageFor(tag: string): Language {
  const language = tag.toLowerCase().split('-')[0] ?? '';
  return isLanguage(language) ? language : 'en';
}

/** Writing direction of a language tag, as the engine knows it. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  if (tag === PSEUDO_LANGUAGE) return 'rtl';
  const locale = new Intl.Locale(tag) as Intl.Locale & { getTextInfo?: () => { direction?: string } };
  return locale.getTextInfo?.().direction === 'rtl' ? 'rtl' : 'ltr';
}
