import { Minus, Plus } from 'lucide-react';
import {
  Button,
  Group,
  Input,
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
} from 'react-aria-components/NumberField';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes, type FieldTexts } from './field-text.tsx';
import fieldStyles from './field.module.css';
import styles from './number-field.module.css';

export interface NumberFieldProps
  extends
    FieldTexts,
    Pick<
      AriaNumberFieldProps,
      | 'value'
      | 'defaultValue'
      | 'onChange'
      | 'minValue'
      | 'maxValue'
      | 'step'
      | 'formatOptions'
      | 'isDisabled'
      | 'isReadOnly'
      | 'isRequired'
      | 'autoFocus'
      | 'name'
      | 'id'
    > {
  readonly decreaseLabel?: string | undefined;
  readonly increaseLabel?: string | undefined;
  readonly size?: 'md' | 'lg' | undefined;
  /** Whole numbers while they are typed, NaN for none; `onChange` comes when the field is left. */
  readonly onType?: ((value: number) => void) | undefined;
}

/** Digits, separators and a unit; nothing longer is a number anybody means. */
const MAX_NUMBER_LENGTH = 40;

/** Undefined for what is not (yet) a whole number, in digits as they are typed here; other scripts wait for `onChange`. */
function readWhole(text: string): number | undefined {
  const digits = text.replace(/[\s.,'’]/gu, '');
  if (digits === '') return Number.NaN;
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

/** A number with − and + beside it. An emptied field reports NaN, as React Aria does. */
export function NumberField({
  label,
  isLabelHidden = false,
  description,
  error,
  decreaseLabel,
  increaseLabel,
  size = 'md',
  onType,
  ...rest
}: NumberFieldProps) {
  return (
    <AriaNumberField
      {...rest}
      {...(decreaseLabel === undefined ? {} : { decrementAriaLabel: decreaseLabel })}
      {...(increaseLabel === undefined ? {} : { incrementAriaLabel: increaseLabel })}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={classNames(fieldStyles['field'])}
    >
      <FieldLabel label={label} isHidden={isLabelHidden} isRequired={rest.isRequired} />
      <Group className={classNames(fieldStyles['box'], styles['group'])} data-size={size}>
        <Button slot="decrement" className={classNames(styles['step'])}>
          <Minus aria-hidden />
        </Button>
        <Input
          className={classNames(fieldStyles['input'], styles['input'])}
          data-numeric
          dir="ltr"
          maxLength={MAX_NUMBER_LENGTH}
          onInput={(event) => {
            const typed = readWhole(event.currentTarget.value);
            if (typed !== undefined) onType?.(typed);
          }}
          onPasteCapture={(event) => {
            // React Aria reads the whole text before the browser cuts it: a pasted file would freeze the window.
            if (event.clipboardData.getData('text').length <= MAX_NUMBER_LENGTH) return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <Button slot="increment" className={classNames(styles['step'])}>
          <Plus aria-hidden />
        </Button>
      </Group>
      <FieldNotes description={description} error={error} />
    </AriaNumberField>
  );
}
