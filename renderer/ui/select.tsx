import { ChevronDown } from 'lucide-react';
import { Popover } from 'react-aria-components/Popover';
import {
  Button,
  Select as AriaSelect,
  SelectValue,
  type SelectProps as AriaSelectProps,
} from 'react-aria-components/Select';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes, type FieldTexts } from './field-text.tsx';
import fieldStyles from './field.module.css';
import listStyles from './list-box.module.css';
import { OptionList, type Option } from './option-list.tsx';
import styles from './select.module.css';

export interface SelectProps<Id extends string>
  extends
    FieldTexts,
    Pick<AriaSelectProps<Option>, 'isDisabled' | 'isRequired' | 'autoFocus' | 'name' | 'id'> {
  readonly options: readonly Option<Id>[];
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  readonly placeholder?: string | undefined;
}

export function Select<Id extends string>({
  label,
  isLabelHidden = false,
  description,
  error,
  options,
  value,
  onChange,
  placeholder,
  ...rest
}: SelectProps<Id>) {
  return (
    <AriaSelect
      {...rest}
      {...(placeholder === undefined ? {} : { placeholder })}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange(chosen.id);
      }}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={classNames(fieldStyles['field'])}
    >
      <FieldLabel label={label} isHidden={isLabelHidden} isRequired={rest.isRequired} />
      <Button className={classNames(fieldStyles['box'], styles['trigger'])}>
        <SelectValue className={classNames(styles['value'])}>
          {({ isPlaceholder, defaultChildren }) =>
            isPlaceholder ? defaultChildren : options.find((option) => option.id === value)?.label
          }
        </SelectValue>
        <ChevronDown aria-hidden className={styles['chevron']} />
      </Button>
      <FieldNotes description={description} error={error} />
      <Popover className={classNames(listStyles['popover'])}>
        <OptionList options={options} />
      </Popover>
    </AriaSelect>
  );
}
