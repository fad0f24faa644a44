import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from './format.ts';

const FormatContext = createContext<Format | undefined>(undefined);

/** Formatters are costly to make: one set per window and language, not one per row of a list. */
export function FormatProvider({
  country,
  children,
}: {
  /** Whose way of writing dates and times; undefined: nobody knows. */
  readonly country?: string | undefined;
  readonly children: ReactNode;
}) {
  const { i18n } = useTranslation();
  const format = useMemo(() => createFormat(i18n.language, country), [i18n.language, country]);
  return <FormatContext value={format}>{children}</FormatContext>;
}

/** Formats of the language on screen; English for a part that is shown on its own. */
export const useFormat = (): Format => useContext(FormatContext) ?? createFormat('en');
