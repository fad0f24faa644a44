import { useTranslation } from 'react-i18next';
import { Plus } from 'lucide-react';
import { MAX_CARD_SIZE, MAX_UNITS, type Promotion } from '#shared/domain/program.ts';
import { Columns } from '#renderer/ui/columns.tsx';
import { MenuButton } from '#renderer/ui/menu-button.tsx';
import { useEditor } from './editor-context.tsx';
import { CountField, NameField } from './fields.tsx';
import { makePromotion, PROMOTION_KINDS } from './new-rules.ts';
import { addRule, listRules, removeRule, setRule } from './program-draft.ts';
import { RuleItem } from './rule-item.tsx';
import { SectionCard } from './section-card.tsx';
import styles from './program-form.module.css';
import { useUnitLabel } from './use-unit-label.ts';
import { WindowFields } from './window-fields.tsx';

const MAX_PERCENT = 1000;
const MAX_WEEKS = 520;

export function PromotionsSection() {
  const { t } = useTranslation('programs');
  const { draft, change, goTo, newId } = useEditor();
  const add = (kind: Promotion['kind']) => {
    const promotion = makePromotion(kind, newId());
    change(addRule(draft, 'promotions', promotion));
    goTo({ part: 'promotions', id: promotion.id });
  };
  return (
    <SectionCard section="promotions" parts={['promotions']}>
      <ul className={styles['rules']}>
        {listRules(draft, 'promotions').map((promotion) => (
          <RuleItem
            key={promotion.id}
            place={{ part: 'promotions', id: promotion.id }}
            kind={t(`kinds.promotion.${promotion.kind}.label`)}
            onRemove={() => change(removeRule(draft, 'promotions', promotion.id))}
          >
            <PromotionForm promotion={promotion} />
          </RuleItem>
        ))}
      </ul>
      <div>
        <MenuButton
          label={t('add.promotion')}
          icon={Plus}
          choices={PROMOTION_KINDS.map((id) => ({
            id,
            label: t(`kinds.promotion.${id}.label`),
            note: t(`kinds.promotion.${id}.note`),
          }))}
          onChoose={add}
        />
      </div>
    </SectionCard>
  );
}

function PromotionForm({ promotion }: { readonly promotion: Promotion }) {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  const unitLabel = useUnitLabel();
  const set = (next: Promotion) => change(setRule(draft, 'promotions', next));
  const mostUnits = draft.unit.kind === 'stamps' ? MAX_CARD_SIZE : MAX_UNITS;
  return (
    <>
      <Columns of="fields">
        <NameField
          label={t('fields.name')}
          placeholder={t('promotions.namePlaceholder')}
          value={promotion.name}
          onChange={(name) => set({ ...promotion, name })}
        />
        {promotion.kind === 'multiplier' ? (
          <CountField
            label={t('promotions.percent')}
            description={t('promotions.percentNote')}
            value={promotion.percent}
            onChange={(percent) => set({ ...promotion, percent })}
            minimum={101}
            maximum={MAX_PERCENT}
          />
        ) : (
          <CountField
            label={unitLabel}
            value={promotion.units}
            onChange={(units) => set({ ...promotion, units })}
            maximum={mostUnits}
          />
        )}
        {promotion.kind === 'item-bonus' ? (
          <NameField
            label={t('earning.item')}
            value={promotion.item}
            onChange={(item) => set({ ...promotion, item })}
          />
        ) : null}
        {promotion.kind === 'win-back' ? (
          <CountField
            label={t('promotions.weeks')}
            value={promotion.weeks}
            onChange={(weeks) => set({ ...promotion, weeks })}
            maximum={MAX_WEEKS}
          />
        ) : null}
      </Columns>
      {promotion.kind === 'win-back' ? null : (
        <WindowFields window={promotion.window} onChange={(window) => set({ ...promotion, window })} />
      )}
    </>
  );
}
