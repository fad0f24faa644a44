import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { cleanName } from '#shared/domain/person-name.ts';
import { STAMP_PRESETS, type StampPreset } from '#shared/domain/program.ts';
import { Button } from '#renderer/ui/button.tsx';
import { RadioCards } from '#renderer/ui/radio-cards.tsx';
import { stampIcons } from '#renderer/ui/stamp-icon.ts';
import { TextField } from '#renderer/ui/text-field.tsx';
import styles from './setup-screen.module.css';
import type { Setup } from './use-setup.ts';

const MAX_REWARD_LENGTH = 60;

export function SetupCardStep({ setup, onBack }: { readonly setup: Setup; readonly onBack: () => void }) {
  const { t } = useTranslation(['setup', 'programs', 'common']);
  const form = useRef<HTMLFormElement>(null);
  const [isChecked, setChecked] = useState(false);
  const { names, preset } = setup;
  const hasMilestone = preset.milestoneAt !== null;
  const isEmpty = (name: string) => cleanName(name) === '';
  const isComplete =
    !isEmpty(names.card) && !isEmpty(names.finalReward) && !(hasMilestone && isEmpty(names.milestoneReward));
  const errorOf = (name: string) => (isChecked && isEmpty(name) ? t('nameMissing') : undefined);
  useEffect(() => {
    // On the chosen preset Enter finishes and the arrows choose another.
    form.current?.querySelector<HTMLInputElement>('input:checked')?.focus();
  }, []);
  const finish = (next: '/' | '/import') => {
    setChecked(true);
    if (isComplete) void setup.finish(next);
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
        <RadioCards<StampPreset['key']>
          label={t('preset')}
          isLabelHidden
          cards={STAMP_PRESETS.map((card) => ({
            id: card.key,
            title: t(`programs:presets.${card.key}.title`),
            description: <PresetNote preset={card} />,
            icon: stampIcons[card.icon],
          }))}
          value={preset.key}
          onChange={setup.choosePreset}
        />
        <div className={styles['pair']}>
          <TextField
            label={t('cardName')}
            value={names.card}
            onChange={(card) => setup.setNames({ card })}
            maxLength={MAX_REWARD_LENGTH}
            error={errorOf(names.card)}
          />
          <TextField
            label={t('programs:rewards.final')}
            value={names.finalReward}
            onChange={(finalReward) => setup.setNames({ finalReward })}
            maxLength={MAX_REWARD_LENGTH}
            error={errorOf(names.finalReward)}
          />
          {hasMilestone ? (
            <TextField
              label={t('programs:rewards.milestone')}
              value={names.milestoneReward}
              onChange={(milestoneReward) => setup.setNames({ milestoneReward })}
              maxLength={MAX_REWARD_LENGTH}
              error={errorOf(names.milestoneReward)}
            />
          ) : null}
        </div>
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

function PresetNote({ preset }: { readonly preset: StampPreset }) {
  const { t } = useTranslation(['programs', 'common']);
  const stamps = t('common:unit.stamp', { count: preset.size });
  if (preset.milestoneAt !== null) return t('presets.milestone', { stamps });
  return preset.headStart > 0
    ? t('presets.headStart', { stamps, count: preset.headStart })
    : t('presets.stamps', { stamps });
}
