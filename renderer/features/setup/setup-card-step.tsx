import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { cleanName } from '#shared/domain/person-name.ts';
import { PRESET_KEYS, type PresetKey } from '#shared/domain/presets.ts';
import { cardSizeOf, type Reward } from '#shared/domain/program.ts';
import { presetSummary, presetTitle } from '#renderer/i18n/preset-names.ts';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { RadioCards } from '#renderer/ui/radio-cards.tsx';
import { stampIcons } from '#renderer/ui/stamp-icon.ts';
import { TextField } from '#renderer/ui/text-field.tsx';
import { hasAllNames, listNamedRewards } from './preset-draft.ts';
import styles from './setup-screen.module.css';
import type { Setup } from './use-setup.ts';

const MAX_NAME_LENGTH = 60;

export function SetupCardStep({ setup, onBack }: { readonly setup: Setup; readonly onBack: () => void }) {
  const { t } = useTranslation(['setup', 'common']);
  const { t: tRules } = useTranslation('rules');
  const form = useRef<HTMLFormElement>(null);
  const [isChecked, setChecked] = useState(false);
  const { draft } = setup;
  useEffect(() => {
    // On the chosen preset Enter finishes and the arrows choose another.
    form.current?.querySelector<HTMLInputElement>('input:checked')?.focus();
  }, []);
  const finish = (next: '/' | '/import') => {
    setChecked(true);
    if (hasAllNames(draft)) void setup.finish(next);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    finish('/');
  };
  return (
    <>
      <div className={styles['titles']}>
        <h1>{t('cardTitle')}</h1>
        <p>{t('cardLead')}</p>
      </div>
      <form ref={form} className={styles['fields']} onSubmit={submit} noValidate>
        <RadioCards<PresetKey>
          label={t('preset')}
          isLabelHidden
          cards={PRESET_KEYS.map((key) => ({
            id: key,
            title: presetTitle(tRules, key),
            description: presetSummary(tRules, key),
            icon: stampIcons[setup.makeProgram(key).unit.icon],
          }))}
          value={setup.presetKey}
          onChange={setup.choosePreset}
        />
        <Names setup={setup} isChecked={isChecked} />
        <div className={styles['actions']}>
          <Button size="lg" onPress={onBack} isDisabled={setup.isFinishing}>
            {t('common:back')}
          </Button>
          <Button type="submit" variant="primary" size="lg" isFullWidth isPending={setup.isFinishing}>
            {t('finish')}
          </Button>
        </div>
      </form>
      <div className={styles['ways']}>
        <Button variant="quiet" onPress={() => finish('/import')} isDisabled={setup.isFinishing}>
          {t('finishAndImport')}
        </Button>
      </div>
    </>
  );
}

function Names({ setup, isChecked }: { readonly setup: Setup; readonly isChecked: boolean }) {
  const { t } = useTranslation('setup');
  const words = useProgramWords();
  const { draft } = setup;
  const errorOf = (name: string) => (isChecked && cleanName(name) === '' ? t('nameMissing') : undefined);
  const labelOf = ({ at }: Reward) =>
    at === cardSizeOf(draft) ? t('finalReward') : t('rewardAt', { units: words.units(draft, at) });
  return (
    <div className={styles['pair']}>
      <TextField
        label={t('cardName')}
        value={draft.name}
        onChange={setup.setProgramName}
        maxLength={MAX_NAME_LENGTH}
        error={errorOf(draft.name)}
      />
      {listNamedRewards(draft).map((reward) => (
        <TextField
          key={reward.id}
          label={labelOf(reward)}
          value={reward.name}
          onChange={(name) => setup.setRewardName(reward.id, name)}
          maxLength={MAX_NAME_LENGTH}
          error={errorOf(reward.name)}
        />
      ))}
    </div>
  );
}
