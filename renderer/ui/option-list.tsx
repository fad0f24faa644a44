import { Check } from 'lucide-react';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Text } from 'react-aria-components/Text';
import { classNames } from './class-names.ts';
import styles from './list-box.module.css';

/** One choice of a select or combo box. */
export interface Option<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  /** A second line. */
  readonly note?: string | undefined;
  /** Set at the end of the line, left to right, for example +33. */
  readonly detail?: string | undefined;
  /** More words that find this option in a combo box. */
  readonly keywords?: string | undefined;
  readonly isDisabled?: boolean | undefined;
}

interface OptionListProps {
  readonly options: readonly Option[];
  readonly emptyText?: string | undefined;
}

/** The inside of the popover; the options come from the select or combo box around it. */
export function OptionList({ options, emptyText }: OptionListProps) {
  return (
    <ListBox
      items={options}
      className={classNames(styles['list'])}
      renderEmptyState={() => <div className={styles['empty']}>{emptyText}</div>}
    >
      {(option: Option) => (
        <ListBoxItem
          id={option.id}
          textValue={option.label}
          isDisabled={option.isDisabled ?? false}
          className={classNames(styles['option'])}
        >
          <span className={styles['text']}>
            <Text slot="label">{option.label}</Text>
            {option.note === undefined ? null : (
              <Text slot="description" className={classNames(styles['note'])}>
                {option.note}
              </Text>
            )}
          </span>
          {option.detail === undefined ? null : <span className={styles['detail']}>{option.detail}</span>}
          <Check aria-hidden className={styles['check']} />
        </ListBoxItem>
      )}
    </ListBox>
  );
}
