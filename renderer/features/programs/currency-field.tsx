import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ComboBox } from '#renderer/ui/combo-box.tsx';
import { changeCurrency } from './draft-currency.ts';
import { useEditor } from './editor-context.tsx';
import styles from './program-form.module.css';

/** The currency of every amount in the program. Once published it stays: what was spent is added up in it. */
export function CurrencyField() {
  const { t } = useTranslation('programs');
  const { draft, base, currency, change } = useEditor();
  const options = useCurrencyOptions();
  if (base.version > 0 && base.currency !== undefined) {
    const name = options.find(({ id }) => id === currency)?.label ?? currency;
    return (
      <p className={styles['none']}>
        {t('card.currency')}: {name}. {t('card.currencyFixed')}
      </p>
    );
  }
  return (
    <ComboBox
      label={t('card.currency')}
      options={options}
      value={currency}
      onChange={(next) => change(changeCurrency(draft, next))}
      emptyText={t('card.currencyNone')}
    />
  );
}

function useCurrencyOptions() {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'currency' });
    const { compare } = new Intl.Collator(i18n.language);
    return Intl.supportedValuesOf('currency')
      .map((id) => ({ id, label: names.of(id) ?? id, detail: id }))
      .sort((a, b) => compare(a.label, b.label));
  }, [i18n.language]);
}
