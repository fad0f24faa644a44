import type { ReactNode, Ref } from 'react';
import {
  Input,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components/TextField';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes, type FieldTexts } from './field-text.tsx';
import styles from './field.module.css';

export interface TextFieldProps
  extends
    FieldTexts,
    Pick<
      AriaTextFieldProps,
      | 'value'
      | 'defaultValue'
      | 'onChange'
      | 'onBlur'
      | 'onFocus'
      | 'onKeyDown'
      | 'onPaste'
      | 'isDisabled'
      | 'isReadOnly'
      | 'isRequired'
      | 'autoFocus'
      | 'name'
      | 'id'
      | 'type'
      | 'inputMode'
      | 'autoComplete'
      | 'maxLength'
    > {
  readonly placeholder?: string | undefined;
  readonly prefix?: ReactNode;
  readonly suffix?: ReactNode;
  readonly size?: 'md' | 'lg' | 'xl' | undefined;
  /** Phone numbers, amounts, codes: left to right and tabular in every language. */
  readonly isNumeric?: boolean | undefined;
  /** Draws a text area with this many rows. */
  readonly rows?: number | undefined;
  readonly inputRef?: Ref<HTMLInputElement> | undefined;
}

export function TextField({
  label,
  isLabelHidden = false,
  description,
  error,
  placeholder,
  prefix,
  suffix,
  size = 'md',
  isNumeric = false,
  rows,
  inputRef,
  ...rest
}: TextFieldProps) {
  const inputProps = {
    className: classNames(styles['input']),
    'data-numeric': isNumeric || undefined,
    ...(isNumeric ? { dir: 'ltr' } : {}),
    ...(placeholder === undefined ? {} : { placeholder }),
  };
  return (
    <AriaTextField
      autoComplete="off"
      {...rest}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={classNames(styles['field'])}
    >
      <FieldLabel label={label} isHidden={isLabelHidden} isRequired={rest.isRequired} />
      <div
        className={styles['box']}
        data-size={size}
        data-invalid={error !== undefined || undefined}
        data-disabled={rest.isDisabled || undefined}
      >
        {prefix === undefined ? null : <span className={styles['affix']}>{prefix}</span>}
        {rows === undefined ? (
          <Input {...inputProps} {...(inputRef ? { ref: inputRef } : {})} spellCheck="false" />
        ) : (
          <TextArea {...inputProps} rows={rows} />
        )}
        {suffix === undefined ? null : <span className={styles['affix']}>{suffix}</span>}
      </div>
      <FieldNotes description={description} error={error} />
    </AriaTextField>
  );
}
