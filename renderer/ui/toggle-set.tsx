import { useId } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { classNames } from './class-names.ts';
import fieldStyles from './field.module.css';
import styles from './toggle-set.module.css';

export interface ToggleOption<Id extends string = string> {
  readonly id: Id;
  /** Short; `name` is what is read where that is not enough. */
  readonly label: string;
  readonly name?: string | undefined;
}

export interface ToggleSetProps<Id extends string> {
  readonly label: string;
  readonly description?: string | undefined;
  readonly options: readonly ToggleOption<Id>[];
  readonly value: readonly Id[];
  /** In the order of the options. */
  readonly onChange: (value: readonly Id[]) => void;
}

/** Any number of a few short choices, for example the days of the week. */
export function ToggleSet<Id extends string>({
  label,
  description,
  options,
  value,
  onChange,
}: ToggleSetProps<Id>) {
  const id = useId();
  return (
    <div className={fieldStyles['field']}>
      <span id={`${id}-label`} className={fieldStyles['label']}>
        {label}
      </span>
      <ToggleButtonGroup
        aria-labelledby={`${id}-label`}
        selectionMode="multiple"
        selectedKeys={value}
        onSelectionChange={(keys) =>
          onChange(options.filter((option) => keys.has(option.id)).map((option) => option.id))
        }
        className={classNames(styles['set'])}
      >
        {options.map((option) => (
          <ToggleButton
            key={option.id}
            id={option.id}
            className={classNames(styles['option'])}
            {...(option.name === undefined ? {} : { 'aria-label': option.name })}
          >
            {option.label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {description === undefined ? null : <p className={fieldStyles['description']}>{description}</p>}
    </div>
  );
}
