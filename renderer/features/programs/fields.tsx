import { useTranslation } from 'react-i18next';
import { cleanName } from '#shared/domain/person-name.ts';
import { NumberField } from '#renderer/ui/number-field.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';

/** Fields of the editor's forms: what they hold may be half typed, and they say so themselves. */

export const MAX_TEXT_LENGTH = 60;

interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string | undefined;
  readonly description?: string | undefined;
}

export function NameField({ value, ...rest }: NameFieldProps) {
  const { t } = useTranslation('programs');
  return (
    <TextField
      {...rest}
      value={value}
      maxLength={MAX_TEXT_LENGTH}
      error={cleanName(value) === '' ? t('fields.nameMissing') : undefined}
    />
  );
}

interface OptionalNameFieldProps extends Omit<NameFieldProps, 'value' | 'onChange'> {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

export function OptionalNameField({ value, onChange, ...rest }: OptionalNameFieldProps) {
  return (
    <TextField
      {...rest}
      value={value ?? ''}
      maxLength={MAX_TEXT_LENGTH}
      onChange={(text) => onChange(cleanName(text) === '' ? null : text)}
    />
  );
}

interface CountFieldProps {
  readonly label: string;
  readonly isLabelHidden?: boolean | undefined;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly minimum?: number | undefined;
  readonly maximum: number;
  readonly description?: string | undefined;
}

/** A whole number; emptied it is NaN, which is a problem. */
export function CountField({ minimum = 1, maximum, value, onChange, ...rest }: CountFieldProps) {
  const { t } = useTranslation('programs');
  return (
    <NumberField
      {...rest}
      value={value}
      onChange={onChange}
      onType={onChange}
      minValue={minimum}
      maxValue={maximum}
      step={1}
      error={Number.isNaN(value) ? t('fields.numberMissing') : undefined}
    />
  );
}

interface OptionalCountFieldProps extends Omit<CountFieldProps, 'value' | 'onChange'> {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly error?: string | undefined;
}

/** A whole number or none. */
export function OptionalCountField({
  minimum = 1,
  maximum,
  value,
  onChange,
  ...rest
}: OptionalCountFieldProps) {
  const tell = (number: number) => onChange(Number.isNaN(number) ? null : number);
  return (
    <NumberField
      {...rest}
      value={value ?? Number.NaN}
      onChange={tell}
      onType={tell}
      minValue={minimum}
      maxValue={maximum}
      step={1}
    />
  );
}
