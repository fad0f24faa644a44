import { useTranslation } from 'react-i18next';
import { Plus, Trash2 } from 'lucide-react';
import { MAX_CARD_SIZE, MAX_STAMPS_PER_VISIT, UNIT_ICONS } from '#shared/domain/program.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { NumberField } from '#renderer/ui/number-field.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { IconGrid } from './icon-grid.tsx';
import { addMilestone, type DraftField, type DraftProblemCode, type ProgramDraft } from './program-draft.ts';
import styles from './program-editor.module.css';

export const MAX_TEXT_LENGTH = 60;
/** A member's day and a shop's day; more is a typing error. */
const MAX_PER_DAY = 1000;
const MAX_MINUTES = 24 * 60;

interface ProgramFormProps {
  readonly draft: ProgramDraft;
  readonly problems: ReadonlyMap<DraftField, DraftProblemCode>;
  readonly onChange: (draft: ProgramDraft) => void;
}

export function ProgramForm({ draft, problems, onChange }: ProgramFormProps) {
  const { t } = useTranslation('programs');
  const errorOf = (field: DraftField) => {
    const code = problems.get(field);
    return code === undefined ? undefined : t(`problems.${code}`);
  };
  const set = (change: Partial<ProgramDraft>) => onChange({ ...draft, ...change });
  const sections = { draft, errorOf, set, onChange };
  return (
    <div className={styles['form']}>
      <CardSection {...sections} />
      <EarningSection {...sections} />
      <RewardsSection {...sections} />
      <LimitsSection {...sections} />
    </div>
  );
}

interface SectionProps {
  readonly draft: ProgramDraft;
  readonly errorOf: (field: DraftField) => string | undefined;
  readonly set: (change: Partial<ProgramDraft>) => void;
  readonly onChange: (draft: ProgramDraft) => void;
}

function CardSection({ draft, errorOf, set }: SectionProps) {
  const { t } = useTranslation('programs');
  return (
    <Card title={t('card.title')}>
      <div className={styles['pair']}>
        <TextField
          label={t('card.name')}
          value={draft.name}
          onChange={(name) => set({ name })}
          maxLength={MAX_TEXT_LENGTH}
          error={errorOf('name')}
        />
        <NumberField
          label={t('card.size')}
          value={draft.size}
          onChange={(size) => set({ size })}
          minValue={1}
          maxValue={MAX_CARD_SIZE}
          error={errorOf('size')}
        />
      </div>
      <IconGrid
        label={t('card.icon')}
        icons={UNIT_ICONS}
        value={draft.icon}
        onChange={(icon) => set({ icon })}
      />
      <Switch
        isSelected={draft.hasOwnWord}
        onChange={(hasOwnWord) => set({ hasOwnWord })}
        description={t('card.hasOwnWordNote')}
      >
        {t('card.hasOwnWord')}
      </Switch>
      {draft.hasOwnWord ? (
        <div className={styles['pair']}>
          <TextField
            label={t('card.wordOne')}
            placeholder={t('card.wordOnePlaceholder')}
            value={draft.wordOne}
            onChange={(wordOne) => set({ wordOne })}
            maxLength={MAX_TEXT_LENGTH}
            error={errorOf('wordOne')}
          />
          <TextField
            label={t('card.wordOther')}
            placeholder={t('card.wordOtherPlaceholder')}
            value={draft.wordOther}
            onChange={(wordOther) => set({ wordOther })}
            maxLength={MAX_TEXT_LENGTH}
            error={errorOf('wordOther')}
          />
        </div>
      ) : null}
    </Card>
  );
}

function EarningSection({ draft, errorOf, set }: SectionProps) {
  const { t } = useTranslation('programs');
  return (
    <Card title={t('earning.title')}>
      <div className={styles['pair']}>
        <NumberField
          label={t('earning.units')}
          value={draft.unitsPerVisit}
          onChange={(unitsPerVisit) => set({ unitsPerVisit })}
          minValue={1}
          maxValue={MAX_STAMPS_PER_VISIT}
          error={errorOf('unitsPerVisit')}
        />
        <NumberField
          label={t('earning.headStart')}
          description={t('earning.headStartNote')}
          value={draft.headStart}
          onChange={(headStart) => set({ headStart })}
          minValue={0}
          maxValue={MAX_CARD_SIZE}
          error={errorOf('headStart')}
        />
      </div>
    </Card>
  );
}

function RewardsSection({ draft, errorOf, set, onChange }: SectionProps) {
  const { t } = useTranslation('programs');
  const { ids } = usePlatform();
  const { milestones } = draft;
  const setMilestone = (id: string, change: { readonly at?: number; readonly name?: string }) =>
    set({
      milestones: milestones.map((milestone) =>
        milestone.id === id ? { ...milestone, ...change } : milestone,
      ),
    });
  return (
    <Card title={t('rewards.title')}>
      <TextField
        label={t('rewards.final')}
        value={draft.finalReward}
        onChange={(finalReward) => set({ finalReward })}
        maxLength={MAX_TEXT_LENGTH}
        error={errorOf('finalReward')}
      />
      {milestones.map(({ id, at, name }) => (
        <div key={id} className={styles['milestone']}>
          <NumberField
            label={t('rewards.milestoneAt')}
            value={at}
            onChange={(place) => setMilestone(id, { at: place })}
            minValue={1}
            maxValue={MAX_CARD_SIZE}
            error={errorOf(`milestone-at:${id}`)}
          />
          <TextField
            label={t('rewards.milestoneName')}
            value={name}
            onChange={(text) => setMilestone(id, { name: text })}
            maxLength={MAX_TEXT_LENGTH}
            error={errorOf(`milestone-name:${id}`)}
          />
          <div className={styles['remove']}>
            <IconButton
              icon={Trash2}
              label={t('rewards.removeMilestone', { at })}
              onPress={() => set({ milestones: milestones.filter((milestone) => milestone.id !== id) })}
            />
          </div>
        </div>
      ))}
      <div className={styles['add']}>
        <Button
          icon={Plus}
          isDisabled={milestones.length >= MAX_CARD_SIZE - 1}
          // An id of its own for ever: a card remembers by it which reward was taken.
          onPress={() => onChange(addMilestone(draft, ids.eventId()))}
        >
          {t('rewards.addMilestone')}
        </Button>
        <p>{t('rewards.milestoneNote')}</p>
      </div>
    </Card>
  );
}

function LimitsSection({ draft, errorOf, set }: SectionProps) {
  const { t } = useTranslation('programs');
  return (
    <Card title={t('limits.title')} description={t('limits.note')}>
      <div className={styles['triple']}>
        <NumberField
          label={t('limits.perVisit')}
          value={draft.perVisit}
          onChange={(perVisit) => set({ perVisit })}
          minValue={1}
          maxValue={MAX_STAMPS_PER_VISIT}
          error={errorOf('perVisit')}
        />
        <NumberField
          label={t('limits.perDay')}
          value={draft.perDay}
          onChange={(perDay) => set({ perDay })}
          minValue={1}
          maxValue={MAX_PER_DAY}
          error={errorOf('perDay')}
        />
        <NumberField
          label={t('limits.minutesBetween')}
          value={draft.minutesBetween}
          onChange={(minutesBetween) => set({ minutesBetween })}
          minValue={1}
          maxValue={MAX_MINUTES}
          step={1}
          error={errorOf('minutesBetween')}
        />
      </div>
    </Card>
  );
}
