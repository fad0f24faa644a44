import { ChevronDown } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
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
  /** Shown in the open list when nothing matches the typed text, and as the error when it is left like that. */
  readonly emptyText: string;
}

/** No option is longer; a pasted file is cut here instead of being compared with every option. */
const MAX_SEARCH_LENGTH = 100;

function searchTextOf(option: Option): string {
  return [option.label, option.detail, option.keywords].filter(Boolean).join(' ');
}

/**
 * A select for long lists: typing any part of the label, detail or keywords narrows it, without accents or case. Enter,
 * Tab and leaving choose what the typed text means: the option of that name, else the first one in the narrowed list.
 */
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
  const { contains, startsWith } = useFilter({ sensitivity: 'base' });
  const [isUnknown, setUnknown] = useState(false);
  const searchTexts = useMemo(
    () => new Map(options.map((option) => [option.label, searchTextOf(option)])),
    [options],
  );
  const chosenLabel = options.find((option) => option.id === value)?.label ?? '';
  const inputText = useRef(chosenLabel);
  const shownError = error ?? (isUnknown ? emptyText : undefined);

  /** Before the box puts the chosen label back: what was typed counts. */
  const chooseTyped = () => {
    const typed = inputText.current.trim();
    if (typed === '' || typed === chosenLabel) return;
    const found = options.filter(
      (option) => !option.isDisabled && contains(searchTexts.get(option.label) ?? option.label, typed),
    );
    const exact = found.find(({ label: name }) => startsWith(name, typed) && startsWith(typed, name));
    const choice = exact ?? found[0];
    setUnknown(!choice);
    if (choice && choice.id !== value) onChange(choice.id);
  };
  const handleKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const isLeaving = event.key === 'Enter' || event.key === 'Tab';
    if (!isLeaving || event.nativeEvent.isComposing) return;
    // The option the arrows went to is chosen by the box itself.
    if (!event.currentTarget.hasAttribute('aria-activedescendant')) chooseTyped();
  };

  return (
    <AriaComboBox<Option>
      {...rest}
      defaultItems={options}
      defaultFilter={(text, input) => contains(searchTexts.get(text) ?? text, input)}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange(chosen.id);
        setUnknown(false);
      }}
      onInputChange={(input) => {
        inputText.current = input;
      }}
      onBlur={chooseTyped}
      menuTrigger="focus"
      allowsEmptyCollection
      isInvalid={shownError !== undefined}
      validationBehavior="aria"
      className={classNames(fieldStyles['field'])}
    >
      <FieldLabel label={label} isHidden={isLabelHidden} isRequired={rest.isRequired} />
      <div className={fieldStyles['box']} data-invalid={shownError !== undefined || undefined}>
        <Input
          className={classNames(fieldStyles['input'])}
          maxLength={MAX_SEARCH_LENGTH}
          onInput={() => setUnknown(false)}
          onKeyDownCapture={handleKey}
          {...(placeholder === undefined ? {} : { placeholder })}
        />
        <Button className={classNames(styles['trigger'])}>
          <ChevronDown aria-hidden />
        </Button>
      </div>
      <FieldNotes description={description} error={shownError} />
      <Popover className={classNames(listStyles['popover'])}>
        <OptionList options={options} emptyText={emptyText} />
      </Popover>
    </AriaComboBox>
  );
}
