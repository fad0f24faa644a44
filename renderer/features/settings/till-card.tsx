import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Play } from 'lucide-react';
import { useSettings } from '#renderer/data/usual-data.tsx';
import type { Settings } from '#renderer/data/settings.ts';
import { cleanName } from '#shared/domain/person-name.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '#renderer/i18n/i18n.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Columns } from '#renderer/ui/columns.tsx';
import { NumberField } from '#renderer/ui/number-field.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import styles from './settings.module.css';
import { useTextSetting, type SettingsWriter } from './use-settings-commands.ts';

const MAX_TILL_NAME_LENGTH = 40;
/** Enter is pressed hundreds of times a day; more than this on one key is a mistake. */
const MAX_DEFAULT_COUNT = 10;

interface PartProps {
  readonly settings: Settings;
  readonly writer: SettingsWriter;
}

export function TillCard({ writer }: { readonly writer: SettingsWriter }) {
  const { t } = useTranslation('settings');
  const settings = useSettings();
  const parts = { settings, writer };
  return (
    <Card title={t('till.title')} description={t('till.note')}>
      <Identity {...parts} />
      <Looks {...parts} />
      <Counter {...parts} />
      <Sounds {...parts} />
    </Card>
  );
}

function Identity({ settings, writer }: PartProps) {
  const { t } = useTranslation('settings');
  const name = useTextSetting(
    settings.tillName,
    (text) => void writer.changeTill({ tillName: cleanName(text).slice(0, MAX_TILL_NAME_LENGTH) }),
  );
  return (
    <Columns of="fields">
      <TextField
        label={t('till.name')}
        placeholder={t('till.namePlaceholder')}
        description={t('till.nameNote')}
        {...name}
        maxLength={MAX_TILL_NAME_LENGTH}
      />
      <Select<Language | 'auto'>
        label={t('till.language')}
        options={[
          { id: 'auto', label: t('till.languageAuto') },
          ...LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] })),
        ]}
        value={settings.language ?? 'auto'}
        onChange={(language) => void writer.changeTill({ language: language === 'auto' ? null : language })}
      />
    </Columns>
  );
}

function Looks({ settings, writer }: PartProps) {
  const { t } = useTranslation('settings');
  return (
    <div className={styles['setting']}>
      <p aria-hidden className={styles['label']}>
        {t('till.theme')}
      </p>
      <Segmented
        label={t('till.theme')}
        isFullWidth
        segments={[
          { id: 'auto', label: t('till.themeAuto') },
          { id: 'light', label: t('till.themeLight') },
          { id: 'dark', label: t('till.themeDark') },
        ]}
        value={settings.theme}
        onChange={(theme) => void writer.changeTill({ theme })}
      />
    </div>
  );
}

function Counter({ settings, writer }: PartProps) {
  const { t } = useTranslation('settings');
  const [isEmpty, setEmpty] = useState(false);
  return (
    <>
      <div className={styles['setting']}>
        <p aria-hidden className={styles['label']}>
          {t('till.numberPad')}
        </p>
        <Segmented
          label={t('till.numberPad')}
          isFullWidth
          segments={[
            { id: 'auto', label: t('till.numberPadAuto') },
            { id: 'always', label: t('till.numberPadAlways') },
            { id: 'never', label: t('till.numberPadNever') },
          ]}
          value={settings.numberPad}
          onChange={(numberPad) => void writer.changeTill({ numberPad })}
        />
        <p className={styles['note']}>{t('till.numberPadNote')}</p>
      </div>
      <div className={styles['short']}>
        <NumberField
          label={t('till.defaultCount')}
          value={isEmpty ? Number.NaN : settings.defaultCount}
          minValue={1}
          maxValue={MAX_DEFAULT_COUNT}
          onChange={(defaultCount) => {
            setEmpty(Number.isNaN(defaultCount));
            if (!Number.isNaN(defaultCount)) void writer.changeTill({ defaultCount });
          }}
          error={isEmpty ? t('till.defaultCountMissing') : undefined}
        />
      </div>
    </>
  );
}

function Sounds({ settings, writer }: PartProps) {
  const { t } = useTranslation('settings');
  const { sounds } = usePlatform();
  /** While the slider is held; saved when it is let go. */
  const [held, setHeld] = useState<number>();
  const volume = held ?? settings.volume;
  const letGo = () => {
    if (held === undefined) return;
    setHeld(undefined);
    sounds.play('stamp', held);
    void writer.changeTill({ volume: held });
  };
  return (
    <>
      <Switch
        isSelected={settings.sound}
        onChange={(sound) => void writer.changeTill({ sound })}
        description={t('till.soundNote')}
      >
        {t('till.sound')}
      </Switch>
      {settings.sound ? (
        <div className={styles['volume']}>
          <label className={styles['slider']}>
            <span className={styles['label']}>
              {t('till.volume')} <bdi className="tabular">{t('till.volumeValue', { percent: volume })}</bdi>
            </span>
            <input
              type="range"
              min={0}
              max={100}
              step={5}
              value={volume}
              onChange={(event) => setHeld(Number(event.currentTarget.value))}
              onPointerUp={letGo}
              onKeyUp={letGo}
              onBlur={letGo}
            />
          </label>
          <Button icon={Play} onPress={() => sounds.play('stamp', volume)}>
            {t('till.test')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
