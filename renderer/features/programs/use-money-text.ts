import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { minorDigitsOf, toDecimal } from '#shared/lib/money.ts';

/** An amount as it stands in a field: `12.50` without its currency, in the figures of the language on screen. */
export function useMoneyText(currency: string): (amount: number) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const digits = minorDigitsOf(currency);
    const format = new Intl.NumberFormat(i18n.language, {
      useGrouping: false,
      minimumFractionDigits: digits,
    });
    return (amount) => (Number.isSafeInteger(amount) ? format.format(toDecimal(amount, digits)) : '');
  }, [currency, i18n.language]);
}
