import { useTranslation } from 'react-i18next';
import { MAX_UNITS, ROUNDINGS, type EarnRule } from '#shared/domain/program.ts';
import { Columns } from '#renderer/ui/columns.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { CountField } from './fields.tsx';
import { ListField } from './list-field.tsx';
import { MoneyField, OptionalMoneyField } from './money-field.tsx';
import { useUnitLabel } from './use-unit-label.ts';

type AmountRule = EarnRule & { readonly kind: 'amount' };

interface AmountRuleFormProps {
  readonly rule: AmountRule;
  readonly onChange: (rule: AmountRule) => void;
}

export function AmountRuleForm({ rule, onChange }: AmountRuleFormProps) {
  const { t } = useTranslation('programs');
  const unitLabel = useUnitLabel();
  const set = (change: Partial<AmountRule>) => onChange({ ...rule, ...change });
  return (
    <>
      <Columns of="fields">
        <CountField
          label={unitLabel}
          value={rule.units}
          onChange={(units) => set({ units })}
          maximum={MAX_UNITS}
        />
        <MoneyField label={t('earning.per')} value={rule.per} onChange={(per) => set({ per })} />
        <OptionalMoneyField
          label={t('earning.minimum')}
          description={t('fields.optional')}
          value={rule.minimum}
          onChange={(minimum) => set({ minimum })}
        />
        <Select
          label={t('earning.rounding')}
          options={ROUNDINGS.map((id) => ({ id, label: t(`earning.roundings.${id}`) }))}
          value={rule.rounding}
          onChange={(rounding) => set({ rounding })}
        />
      </Columns>
      <ListField
        label={t('earning.excludedItems')}
        description={t('earning.excludedItemsNote', { list: t('fields.list') })}
        value={rule.excludedItems}
        onChange={(excludedItems) => set({ excludedItems })}
      />
      <ListField
        label={t('earning.excludedSales')}
        description={t('earning.excludedSalesNote', { list: t('fields.list') })}
        value={rule.excludedSales}
        onChange={(excludedSales) => set({ excludedSales })}
      />
    </>
  );
}
