import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { minorDigitsOf, parseAmount } from '#shared/lib/money.ts';
import { TextField } from '#renderer/ui/text-field.tsx';
import { useEditor } from './editor-context.tsx';
import { useMoneyText } from './use-money-text.ts';

/** Longer than any amount with its separators and currency. */
const MAX_AMOUNT_LENGTH = 30;

interface MoneyFieldProps {
  readonly label: string;
  readonly description?: string | undefined;
  /** Minor units; NaN while nothing that is an amount is typed. */
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** An amount in the program's currency, typed with its decimals. */
export function MoneyField({ value, onChange, ...rest }: MoneyFieldProps) {
  return (
    <AmountField {...rest} value={value} onChange={(amount) => onChange(amount ?? Number.NaN)} isRequired />
  );
}

interface OptionalMoneyFieldProps extends Omit<MoneyFieldProps, 'value' | 'onChange'> {
  /** Null: none is wanted. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

export function OptionalMoneyField(props: OptionalMoneyFieldProps) {
  return <AmountField {...props} isRequired={false} />;
}

interface AmountFieldProps extends OptionalMoneyFieldProps {
  readonly isRequired: boolean;
}

function AmountField({ label, description, value, onChange, isRequired }: AmountFieldProps) {
  const { t } = useTranslation('programs');
  const { currency } = useEditor();
  const textOf = useMoneyText(currency);
  const [text, setText] = useState(() => textOf(value ?? Number.NaN));
  const [told, setTold] = useState({ value, currency });
  if (!Object.is(told.value, value) || told.currency !== currency) {
    // Changed by somebody else: another currency, changes discarded. What is being typed is left alone.
    setTold({ value, currency });
    setText(textOf(value ?? Number.NaN));
  }
  const parsed = readAmount(text, currency);
  const type = (typed: string) => {
    const amount = readAmount(typed, currency).value;
    setText(typed);
    setTold({ value: amount ?? (isRequired ? Number.NaN : null), currency });
    onChange(amount);
  };
  return (
    <TextField
      label={label}
      description={description}
      value={text}
      onChange={type}
      isNumeric
      inputMode="decimal"
      suffix={currency}
      maxLength={MAX_AMOUNT_LENGTH}
      error={errorOf()}
    />
  );

  function errorOf(): string | undefined {
    if (parsed.value === null) return isRequired ? t('fields.amountMissing') : undefined;
    if (parsed.error === undefined) return undefined;
    const example = textOf(Math.round(12.5 * 10 ** minorDigitsOf(currency)));
    return t(`fields.amountErrors.${parsed.error}`, { example });
  }
}

/** Nothing typed: null. No amount: NaN and why. */
function readAmount(text: string, currency: string) {
  if (text.trim() === '') return { value: null, error: undefined };
  const parsed = parseAmount(text, currency);
  return parsed.ok ? { value: parsed.value, error: undefined } : { value: Number.NaN, error: parsed.error };
}
