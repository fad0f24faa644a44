import { ChevronDown } from 'lucide-react';
import { useMemo } from 'react';
import {
  Button,
  ComboBox as AriaComboBox,
  Input,
  useFilter,
  type ComboBoxProps as AriaComboBoxProps,
} from 'react-aria-components/ComboBox';
import { Popover } from 'react-aria-components/Popover';
import { classNames } from './class-names.ts';
import styles from './combo-box.module.css';
import { FieldLabel, FieldNotes, type FieldTexts } from './field-text.tsx';
import fieldStyles from './field.module.css';
import listStyles from './list-box.module.css';
import { OptionList, type Option } from './option-list.tsx';

export interface ComboBoxProps<Id extends string>
  extends
    FieldTexts,
    Pick<AriaComboBoxProps<Option>, 'isDisabled' | 'isRequired' | 'autoFocus' | 'name' | 'id'> {
  readonly options: readonly Option<Id>[];
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  readonly placeholder?: string | undefined;
  /** Shown in the open list when nothing matches the typed text. */
  readonly emptyText: string;
}

/** No option is longer; a pasted file is cut here instead of being compared with every option. */
const MAX_SEARCH_LENGTH = 100;

function searchTextOf(option: Option): string {
  return [option.label, option.detail, option.keywords].filter(Boolean).join(' ');
}

/** A select for long lists: typing any part of the label, detail or keywords narrows it, without accents or case. */
export function ComboBox<Id extends string>({
  label,
  isLabelHidden = false,
  description,
  error,
  options,
  value,
  onChange,
  placeholder,
  emptyText,
  ...rest
}: ComboBoxProps<Id>) {
  const { contains } = useFilter({ sensitivity: 'base' });
  const searchTexts = useMemo(
    () => new Map(options.map((option) => [option.label, searchTextOf(option)])),
    [options],
  );
  return (
    <AriaComboBox<Option>
      {...rest}
      defaultItems={options}
      defaultFilter={(text, input) => contains(searchTexts.get(text) ?? text, input)}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange(chosen.id);
      }}
      menuTrigger="focus"
      allowsEmptyCollection
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={classNames(fieldStyles['field'])}
    >
      <FieldLabel label={label} isHidden={isLabelHidden} isRequired={rest.isRequired} />
      <div className={fieldStyles['box']} data-invalid={error !== undefined || undefined}>
        <Input
          className={classNames(fieldStyles['input'])}
          maxLength={MAX_SEARCH_LENGTH}
          {...(placeholder === undefined ? {} : { placeholder })}
        />
        <Button className={classNames(styles['trigger'])}>
          <ChevronDown aria-hidden />
        </Button>
      </div>
      <FieldNotes description={description} error={error} />
      <Popover className={classNames(listStyles['popover'])}>
        <OptionList options={options} emptyText={emptyText} />
      </Popover>
    </AriaComboBox>
  );
}
