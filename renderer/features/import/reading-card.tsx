import { useTranslation } from 'react-i18next';
import { ENCODINGS, SEPARATORS, type Separator } from '#shared/domain/import/file-format.ts';
import { useCountryOptions } from '#renderer/i18n/country-options.ts';
import { Card } from '#renderer/ui/card.tsx';
import { ComboBox } from '#renderer/ui/combo-box.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { IMPORT_NAMESPACES } from './failure-text.ts';
import styles from './import-screen.module.css';
import type { ImportDraft } from './use-import-draft.ts';

const SEPARATOR_NAMES: Readonly<Record<Separator, 'comma' | 'semicolon' | 'tab' | 'bar'>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
};

/** The guesses about the file as a whole, to be corrected. */
export function ReadingCard({ draft }: { readonly draft: ImportDraft }) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const countries = useCountryOptions();
  const { view } = draft;
  if (!view) return null;
  return (
    <Card title={t('reading.title')}>
      <div className={styles['reading']}>
        <ComboBox
          label={t('reading.country')}
          options={countries}
          value={draft.country}
          onChange={draft.setCountry}
          emptyText={t('reading.countryEmpty')}
        />
        <Select
          label={t('reading.separator')}
          options={SEPARATORS.map((id) => ({ id, label: t(`reading.separators.${SEPARATOR_NAMES[id]}`) }))}
          value={view.format.separator}
          onChange={(separator) => draft.correct({ separator })}
        />
        <Select
          label={t('reading.encoding')}
          options={ENCODINGS.map((id) => ({ id, label: id.toUpperCase() }))}
          value={view.format.encoding}
          onChange={(encoding) => draft.correct({ encoding })}
        />
      </div>
      <Switch isSelected={view.hasHeader} onChange={(hasHeader) => draft.correct({ hasHeader })}>
        {t('reading.header')}
      </Switch>
    </Card>
  );
}
