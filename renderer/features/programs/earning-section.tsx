import { useTranslation } from 'react-i18next';
import { Plus } from 'lucide-react';
import { MAX_CARD_SIZE, MAX_STAMPS_PER_VISIT, MAX_UNITS, type EarnRule } from '#shared/domain/program.ts';
import { minorDigitsOf } from '#shared/lib/money.ts';
import { Columns } from '#renderer/ui/columns.tsx';
import { MenuButton } from '#renderer/ui/menu-button.tsx';
import { AmountRuleForm } from './amount-rule-form.tsx';
import { useEditor } from './editor-context.tsx';
import { CountField, NameField, OptionalCountField } from './fields.tsx';
import { EARN_KINDS, makeEarnRule } from './new-rules.ts';
import { addRule, removeRule, setRule } from './program-draft.ts';
import { RuleItem } from './rule-item.tsx';
import { SectionCard } from './section-card.tsx';
import styles from './program-form.module.css';
import { useUnitLabel } from './use-unit-label.ts';

const MAX_ACTIONS_A_DAY = 1000;

/** How the units come in; bringing a friend has a section of its own. */
export function EarningSection() {
  const { t } = useTranslation('programs');
  const { draft, currency, change, goTo, newId } = useEditor();
  const rules = draft.earn.filter(({ kind }) => kind !== 'referral');
  const hasVisit = rules.some(({ kind }) => kind === 'visit');
  const add = (kind: EarnRule['kind']) => {
    const rule = makeEarnRule(kind, newId(), 10 ** minorDigitsOf(currency));
    change(addRule(draft, 'earn', rule));
    goTo({ part: 'earn', id: rule.id });
  };
  return (
    <SectionCard section="earning" parts={['earn']}>
      <ul className={styles['rules']}>
        {rules.map((rule) => (
          <RuleItem
            key={rule.id}
            place={{ part: 'earn', id: rule.id }}
            kind={t(`kinds.earn.${rule.kind}.label`)}
            onRemove={() => change(removeRule(draft, 'earn', rule.id))}
          >
            <EarnRuleForm rule={rule} />
          </RuleItem>
        ))}
        <HeadStart />
      </ul>
      <div>
        <MenuButton
          label={t('add.earn')}
          icon={Plus}
          // Two rules for a visit would say the same thing twice.
          choices={EARN_KINDS.filter((kind) => kind !== 'visit' || !hasVisit).map((kind) => ({
            id: kind,
            label: t(`kinds.earn.${kind}.label`),
            note: t(`kinds.earn.${kind}.note`),
          }))}
          onChoose={add}
        />
      </div>
    </SectionCard>
  );
}

function HeadStart() {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  const isStamps = draft.unit.kind === 'stamps';
  return (
    <RuleItem place={{ part: 'headStart' }} kind={`${t('earning.joining')}: ${t('fields.nothing')}`}>
      <CountField
        label={t('earning.headStart')}
        description={t('earning.headStartNote')}
        value={draft.headStart}
        onChange={(headStart) => change({ ...draft, headStart })}
        minimum={0}
        maximum={isStamps ? MAX_CARD_SIZE : MAX_UNITS}
      />
    </RuleItem>
  );
}

function EarnRuleForm({ rule }: { readonly rule: EarnRule }) {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  const unitLabel = useUnitLabel();
  const set = (next: EarnRule) => change(setRule(draft, 'earn', next));
  if (rule.kind === 'amount') return <AmountRuleForm rule={rule} onChange={set} />;
  if (rule.kind === 'referral') return null;
  const isStamps = draft.unit.kind === 'stamps';
  return (
    <Columns of="fields">
      {rule.kind === 'item' ? (
        <NameField label={t('earning.item')} value={rule.item} onChange={(item) => set({ ...rule, item })} />
      ) : null}
      {rule.kind === 'category' ? (
        <NameField
          label={t('earning.category')}
          value={rule.category}
          onChange={(category) => set({ ...rule, category })}
        />
      ) : null}
      {rule.kind === 'action' ? (
        <NameField
          label={t('earning.action')}
          placeholder={t('earning.actionPlaceholder')}
          value={rule.name}
          onChange={(name) => set({ ...rule, name })}
        />
      ) : null}
      <CountField
        label={unitLabel}
        value={rule.units}
        onChange={(units) => set({ ...rule, units })}
        maximum={isStamps ? MAX_STAMPS_PER_VISIT : MAX_UNITS}
      />
      {rule.kind === 'action' ? (
        <OptionalCountField
          label={t('earning.perDay')}
          description={t('fields.optional')}
          value={rule.perDay}
          onChange={(perDay) => set({ ...rule, perDay })}
          maximum={MAX_ACTIONS_A_DAY}
        />
      ) : null}
    </Columns>
  );
}
