import { Check, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { RadioButton, RadioField, RadioGroup, Text } from 'react-aria-components/RadioGroup';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes, type FieldTexts } from './field-text.tsx';
import styles from './radio-cards.module.css';

export interface RadioCard<Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  readonly description?: ReactNode;
  readonly icon?: LucideIcon | undefined;
  /** A picture of the choice, drawn under the texts. It is decoration: the title and description say it all. */
  readonly preview?: ReactNode;
  readonly isDisabled?: boolean | undefined;
}

export interface RadioCardsProps<Id extends string> extends FieldTexts {
  readonly cards: readonly RadioCard<Id>[];
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  /** Columns when there is room; cards never get narrower than 15 rem. */
  readonly columns?: 1 | 2 | 3 | 4 | undefined;
}

export function RadioCards<Id extends string>({
  label,
  isLabelHidden = false,
  description,
  error,
  cards,
  value,
  onChange,
  columns = 2,
}: RadioCardsProps<Id>) {
  return (
    <RadioGroup
      value={value}
      onChange={(id) => {
        const chosen = cards.find((card) => card.id === id);
        if (chosen) onChange(chosen.id);
      }}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={classNames(styles['group'])}
    >
      <FieldLabel label={label} isHidden={isLabelHidden} />
      <div className={styles['cards']} data-columns={columns}>
        {cards.map(({ id, title, description: text, icon: Icon, preview, isDisabled = false }) => (
          <RadioField key={id} value={id} isDisabled={isDisabled} className={classNames(styles['field'])}>
            <RadioButton className={classNames(styles['card'])}>
              {Icon ? (
                <span aria-hidden className={styles['icon']}>
                  <Icon />
                </span>
              ) : null}
              <span className={styles['texts']}>
                <span className={styles['title']}>{title}</span>
                {text === undefined ? null : (
                  <Text slot="description" className={classNames(styles['description'])}>
                    {text}
                  </Text>
                )}
              </span>
              <span aria-hidden className={styles['check']}>
                <Check />
              </span>
              {preview === undefined ? null : (
                <span aria-hidden className={styles['preview']}>
                  {preview}
                </span>
              )}
            </RadioButton>
          </RadioField>
        ))}
      </div>
      <FieldNotes description={description} error={error} />
    </RadioGroup>
  );
}
