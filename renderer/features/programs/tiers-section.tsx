import { useTranslation } from 'react-i18next';
import { Plus } from 'lucide-react';
import { MAX_AMOUNT, type TierLevel, type Tiers } from '#shared/domain/program.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Columns } from '#renderer/ui/columns.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { useEditor } from './editor-context.tsx';
import { CountField, NameField } from './fields.tsx';
import { MoneyField } from './money-field.tsx';
import { makeTierLevel } from './new-rules.ts';
import { addTier, removeTier, setTier } from './program-draft.ts';
import { RuleItem } from './rule-item.tsx';
import { SectionCard } from './section-card.tsx';
import styles from './program-form.module.css';

const MAX_LEVELS = 10;
const MAX_PERCENT = 1000;
const MAX_NOTE_LENGTH = 200;
const BYS = ['visits', 'units', 'spend'] as const;

export function TiersSection() {
  const { t } = useTranslation('programs');
  const { draft, change, goTo, newId, sentenceAt } = useEditor();
  const { tiers } = draft;
  const levels = tiers?.levels ?? [];
  const add = () => {
    const level = makeTierLevel(newId(), Number.NaN);
    change(addTier(draft, level));
    goTo({ part: 'tiers', id: level.id });
  };
  return (
    <SectionCard section="tiers" parts={['tiers']}>
      {tiers ? <ByField tiers={tiers} /> : null}
      <ul className={styles['rules']}>
        {levels.map((level) => (
          <RuleItem
            key={level.id}
            place={{ part: 'tiers', id: level.id }}
            kind={level.name || t('add.tier')}
            onRemove={() => change(removeTier(draft, level.id))}
          >
            <TierForm level={level} by={tiers?.by ?? 'visits'} />
          </RuleItem>
        ))}
      </ul>
      <p className={styles['none']}>{sentenceAt({ part: 'tiers' })}</p>
      <div>
        <Button icon={Plus} isDisabled={levels.length >= MAX_LEVELS} onPress={add}>
          {t('add.tier')}
        </Button>
      </div>
    </SectionCard>
  );
}

function ByField({ tiers }: { readonly tiers: Tiers }) {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  return (
    <Select
      label={t('tiers.by')}
      options={BYS.map((id) => ({ id, label: t(`tiers.bys.${id}`) }))}
      value={tiers.by}
      onChange={(by) => {
        if (by === tiers.by) return;
        // Visits are not cents: what was typed for one means nothing for another.
        const levels = tiers.levels.map((level) => ({ ...level, from: Number.NaN }));
        change({ ...draft, tiers: { by, levels } });
      }}
    />
  );
}

function TierForm({ level, by }: { readonly level: TierLevel; readonly by: Tiers['by'] }) {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  const set = (next: Partial<TierLevel>) => change(setTier(draft, { ...level, ...next }));
  return (
    <>
      <Columns of="fields">
        <NameField label={t('fields.name')} value={level.name} onChange={(name) => set({ name })} />
        {by === 'spend' ? (
          <MoneyField label={t('tiers.from')} value={level.from} onChange={(from) => set({ from })} />
        ) : (
          <CountField
            label={t('tiers.from')}
            value={level.from}
            onChange={(from) => set({ from })}
            maximum={MAX_AMOUNT}
          />
        )}
        <CountField
          label={t('tiers.percent')}
          description={t('tiers.percentNote')}
          value={level.percent}
          onChange={(percent) => set({ percent })}
          minimum={100}
          maximum={MAX_PERCENT}
        />
      </Columns>
      <TextField
        label={t('tiers.cashierNote')}
        description={t('fields.optional')}
        placeholder={t('tiers.cashierNotePlaceholder')}
        value={level.note}
        onChange={(note) => set({ note })}
        maxLength={MAX_NOTE_LENGTH}
      />
    </>
  );
}
