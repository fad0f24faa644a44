import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Coffee, GraduationCap, MonitorSmartphone } from 'lucide-react';
import { cleanName } from '#shared/domain/person-name.ts';
import { Button } from '#renderer/ui/button.tsx';
import { ComboBox } from '#renderer/ui/combo-box.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { useCountryOptions } from '#renderer/i18n/country-options.ts';
import styles from './setup-screen.module.css';
import type { Setup } from './use-setup.ts';

/** A sign over the door; longer ones are no names. */
const MAX_SHOP_NAME_LENGTH = 60;
/** Opens the practice database, which cannot touch this one. */
const PRACTICE_ADDRESS = '?practice=1#/';

interface SetupShopStepProps {
  readonly setup: Setup;
  readonly onNext: () => void;
  readonly onJoin: () => void;
}

export function SetupShopStep({ setup, onNext, onJoin }: SetupShopStepProps) {
  const { t } = useTranslation(['setup', 'common']);
  const countries = useCountryOptions();
  const [isChecked, setChecked] = useState(false);
  const hasName = cleanName(setup.shopName) !== '';
  const hasCountry = setup.country !== null;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setChecked(true);
    if (hasName && hasCountry) onNext();
  };
  return (
    <>
      <div className={styles['titles']}>
        <h1>{t('title')}</h1>
        <p>{t('lead')}</p>
      </div>
      <form className={styles['fields']} onSubmit={submit} noValidate>
        <TextField
          label={t('shopName')}
          placeholder={t('shopNamePlaceholder')}
          size="lg"
          value={setup.shopName}
          onChange={setup.setShopName}
          maxLength={MAX_SHOP_NAME_LENGTH}
          error={isChecked && !hasName ? t('shopNameMissing') : undefined}
          autoFocus
        />
        <ComboBox
          label={t('country')}
          description={t('countryNote')}
          options={countries}
          value={setup.country}
          onChange={setup.setCountry}
          emptyText={t('countryNotFound')}
          error={isChecked && !hasCountry ? t('countryMissing') : undefined}
        />
        <div className={styles['actions']}>
          <Button type="submit" variant="primary" size="lg" isFullWidth>
            {t('common:next')}
          </Button>
        </div>
      </form>
      <div className={styles['ways']}>
        <Button
          variant="quiet"
          icon={Coffee}
          onPress={() => void setup.skip()}
          isDisabled={setup.isFinishing}
        >
          {t('skip')}
        </Button>
        <Button variant="quiet" icon={MonitorSmartphone} onPress={onJoin} isDisabled={setup.isFinishing}>
          {t('join')}
        </Button>
        <Button
          variant="quiet"
          icon={GraduationCap}
          onPress={() => {
            window.location.href = PRACTICE_ADDRESS;
          }}
        >
          {t('practice')}
        </Button>
      </div>
    </>
  );
}
