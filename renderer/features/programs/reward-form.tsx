import { useTranslation } from 'react-i18next';
import { MAX_CARD_SIZE, MAX_UNITS, type Reward } from '#shared/domain/program.ts';
import { Columns } from '#renderer/ui/columns.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { useEditor } from './editor-context.tsx';
import { CountField, NameField, OptionalNameField } from './fields.tsx';
import { MoneyField } from './money-field.tsx';
import { convertReward, REWARD_KINDS } from './new-rules.ts';
import { setRule } from './program-draft.ts';
import { RewardConditions } from './reward-conditions.tsx';

export function RewardForm({ reward }: { readonly reward: Reward }) {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  const isStamps = draft.unit.kind === 'stamps';
  const set = (next: Reward) => change(setRule(draft, 'rewards', next));
  const kinds = REWARD_KINDS.filter(
    (kind) => kind === reward.kind || kind !== 'chosen-points' || (!isStamps && !reward.birthday),
  );
  return (
    <>
      <Columns of="fields">
        <NameField
          label={t('rewards.name')}
          value={reward.name}
          onChange={(name) => set({ ...reward, name })}
        />
        <Select
          label={t('rewards.kind')}
          options={kinds.map((id) => ({
            id,
            label: t(`kinds.reward.${id}.label`),
            note: t(`kinds.reward.${id}.note`),
          }))}
          value={reward.kind}
          onChange={(kind) => set(convertReward(reward, kind))}
        />
        {reward.birthday ? null : (
          <CountField
            label={placeLabel(t, reward, isStamps)}
            description={atNote(t, reward, isStamps)}
            value={reward.at}
            onChange={(at) => set({ ...reward, at })}
            minimum={0}
            maximum={isStamps ? MAX_CARD_SIZE : MAX_UNITS}
          />
        )}
        <EffectFields reward={reward} onChange={set} />
      </Columns>
      {reward.birthday ? <BirthdayFields reward={reward} onChange={set} /> : null}
      <RewardConditions reward={reward} onChange={set} />
    </>
  );
}

function placeLabel(
  t: ReturnType<typeof useTranslation<'programs'>>['t'],
  reward: Reward,
  isStamps: boolean,
): string {
  if (isStamps) return t('rewards.at');
  return reward.kind === 'chosen-points' ? t('rewards.from') : t('rewards.price');
}

function atNote(
  t: ReturnType<typeof useTranslation<'programs'>>['t'],
  reward: Reward,
  isStamps: boolean,
): string | undefined {
  if (isStamps) return t('rewards.atNote');
  return reward.kind === 'chosen-points' ? undefined : t('rewards.priceNote');
}

interface RewardFieldsProps {
  readonly reward: Reward;
  readonly onChange: (reward: Reward) => void;
}

/** What the reward does, beyond its name. */
function EffectFields({ reward, onChange }: RewardFieldsProps) {
  const { t } = useTranslation('programs');
  switch (reward.kind) {
    case 'free-item':
      return null;
    case 'amount-off':
      return (
        <MoneyField
          label={t('rewards.amount')}
          value={reward.amount}
          onChange={(amount) => onChange({ ...reward, amount })}
        />
      );
    case 'percent-off':
      return (
        <>
          <CountField
            label={t('rewards.percent')}
            value={reward.percent}
            onChange={(percent) => onChange({ ...reward, percent })}
            maximum={100}
          />
          <OptionalNameField
            label={t('rewards.category')}
            description={t('fields.optional')}
            value={reward.category}
            onChange={(category) => onChange({ ...reward, category })}
          />
        </>
      );
    case 'donation':
      return (
        <>
          <MoneyField
            label={t('rewards.amount')}
            value={reward.amount}
            onChange={(amount) => onChange({ ...reward, amount })}
          />
          <NameField
            label={t('rewards.charity')}
            value={reward.charity}
            onChange={(charity) => onChange({ ...reward, charity })}
          />
        </>
      );
    case 'chosen-points':
      return (
        <>
          <CountField
            label={t('rewards.step')}
            value={reward.step}
            onChange={(step) => onChange({ ...reward, step })}
            maximum={MAX_UNITS}
          />
          <MoneyField
            label={t('rewards.stepAmount')}
            value={reward.amount}
            onChange={(amount) => onChange({ ...reward, amount })}
          />
        </>
      );
  }
}

const MAX_DAYS_AROUND = 60;

function BirthdayFields({ reward, onChange }: RewardFieldsProps) {
  const { t } = useTranslation('programs');
  const { birthday } = reward;
  if (!birthday) return null;
  return (
    <Columns of="fields">
      <CountField
        label={t('rewards.daysBefore')}
        value={birthday.daysBefore}
        onChange={(daysBefore) => onChange({ ...reward, birthday: { ...birthday, daysBefore } })}
        minimum={0}
        maximum={MAX_DAYS_AROUND}
      />
      <CountField
        label={t('rewards.daysAfter')}
        value={birthday.daysAfter}
        onChange={(daysAfter) => onChange({ ...reward, birthday: { ...birthday, daysAfter } })}
        minimum={0}
        maximum={MAX_DAYS_AROUND}
      />
    </Columns>
  );
}
