import { useEffect, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { useTranslation } from 'react-i18next';
import { useSettings, useShop } from '#renderer/data/usual-data.tsx';
import { countryOf } from '#renderer/i18n/date-locale.ts';
import { FormatProvider } from '#renderer/i18n/format-context.tsx';
import { directionOf, PSEUDO_LANGUAGE } from '#renderer/i18n/i18n.ts';

interface PreferencesProps {
  readonly machineLanguage: string;
  /** The operating system's or the browser's own, for example `tr-TR`. */
  readonly machineLocale: string;
  readonly children: ReactNode;
}

/** Puts the till's language, direction and theme on the document, live. */
export function Preferences({ machineLanguage, machineLocale, children }: PreferencesProps) {
  const { language: chosen, theme } = useSettings();
  const country = useShop()?.country ?? '';
  const { i18n } = useTranslation();
  const language = machineLanguage === PSEUDO_LANGUAGE ? machineLanguage : (chosen ?? machineLanguage);
  useEffect(() => {
    if (i18n.language !== language) void i18n.changeLanguage(language);
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  }, [i18n, language]);
  useEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <I18nProvider locale={language === PSEUDO_LANGUAGE ? 'ar' : language}>
      <FormatProvider country={country === '' ? countryOf(machineLocale) : country}>
        {children}
      </FormatProvider>
    </I18nProvider>
  );
}
