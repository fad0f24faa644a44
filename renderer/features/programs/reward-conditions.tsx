import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ListPlus } from 'lucide-react';
import { CAP_PERIODS, type Reward } from '#shared/domain/program.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Columns } from '#renderer/ui/columns.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { useEditor } from './editor-context.tsx';
import { CountField, OptionalCountField } from './fields.tsx';
import { OptionalMoneyField } from './money-field.tsx';
import { changed } from './program-draft.ts';

const EVERYBODY = 'everybody';
const MAX_CAP = 1000;
const MAX_DAYS = 3650;

interface RewardConditionsProps {
  readonly reward: Reward;
  readonly onChange: (reward: Reward) => void;
}

/** Who may take it, how often, how long. Out of the way until one of them is used or asked for. */
export function RewardConditions({ reward, onChange }: RewardConditionsProps) {
  const { t } = useTranslation('programs');
  const [isAsked, setAsked] = useState(false);
  if (!isAsked && !hasCondition(reward)) {
    return (
      <div>
        <Button variant="quiet" icon={ListPlus} aria-expanded={false} onPress={() => setAsked(true)}>
          {t('rewards.conditions')}
        </Button>
      </div>
    );
  }
  return <ConditionFields reward={reward} onChange={onChange} />;
}

const hasCondition = ({ value, tier, needsPass, cap, expiresAfterDays }: Reward): boolean =>
  [value, tier, needsPass, cap, expiresAfterDays].some((condition) => condition !== undefined);

function ConditionFields({ reward, onChange }: RewardConditionsProps) {
  const { t } = useTranslation('programs');
  const { draft } = useEditor();
  const set = (change: Parameters<typeof changed<Reward>>[1]) => onChange(changed<Reward>(reward, change));
  const { cap } = reward;
  const isOnCard = draft.unit.kind === 'stamps' && !reward.birthday;
  const sellsPass = draft.offers?.some(({ kind }) => kind === 'pass') ?? false;
  return (
    <>
      <Columns of="fields">
        <OptionalMoneyField
          label={t('rewards.value')}
          description={t('rewards.valueNote')}
          value={reward.value ?? null}
          onChange={(value) => set({ value: value ?? undefined })}
        />
        {draft.tiers ? (
          <Select
            label={t('rewards.tier')}
            options={[
              { id: EVERYBODY, label: t('rewards.everybody') },
              ...draft.tiers.levels.map(({ id, name }) => ({
                id,
                label: t('rewards.tierAndAbove', { tier: name || '…' }),
              })),
            ]}
            value={reward.tier ?? EVERYBODY}
            onChange={(tier) => set({ tier: tier === EVERYBODY ? undefined : tier })}
          />
        ) : null}
        {isOnCard ? (
          <OptionalCountField
            label={t('rewards.expires')}
            description={t('rewards.expiresNote')}
            value={reward.expiresAfterDays ?? null}
            onChange={(days) => set({ expiresAfterDays: days ?? undefined })}
            maximum={MAX_DAYS}
          />
        ) : null}
      </Columns>
      {sellsPass || reward.needsPass ? (
        <Switch
          isSelected={reward.needsPass ?? false}
          onChange={(needsPass) => set({ needsPass: needsPass ? true : undefined })}
        >
          {t('rewards.needsPass')}
        </Switch>
      ) : null}
      <Switch
        isSelected={cap !== undefined}
        onChange={(hasCap) => set({ cap: hasCap ? { times: 1, per: 'year' } : undefined })}
      >
        {t('rewards.hasCap')}
      </Switch>
      {cap ? (
        <Columns of="fields">
          <CountField
            label={t('rewards.capTimes')}
            value={cap.times}
            onChange={(times) => set({ cap: { ...cap, times } })}
            maximum={MAX_CAP}
          />
          <Select
            label={t('rewards.capPer')}
            options={CAP_PERIODS.map((id) => ({ id, label: t(`rewards.caps.${id}`) }))}
            value={cap.per}
            onChange={(per) => set({ cap: { ...cap, per } })}
          />
        </Columns>
      ) : null}
    </>
  );
}
