import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField, Text, type CheckboxFieldProps } from 'react-aria-components/Checkbox';
import styles from './checkbox.module.css';
import { classNames } from './class-names.ts';

export interface CheckboxProps extends Pick<
  CheckboxFieldProps,
  | 'isSelected'
  | 'defaultSelected'
  | 'isIndeterminate'
  | 'onChange'
  | 'isDisabled'
  | 'autoFocus'
  | 'name'
  | 'id'
  | 'aria-label'
> {
  readonly children?: ReactNode;
  readonly description?: ReactNode;
}

export function Checkbox({ children, description, ...rest }: CheckboxProps) {
  return (
    <CheckboxField {...rest} className={classNames(styles['field'])}>
      <CheckboxButton className={classNames(styles['button'])}>
        {({ isIndeterminate }) => (
          <>
            <span aria-hidden className={styles['box']}>
              {isIndeterminate ? <Minus /> : <Check />}
            </span>
            {children === undefined ? null : <span className={styles['label']}>{children}</span>}
          </>
        )}
      </CheckboxButton>
      {description === undefined ? null : (
        <Text slot="description" className={classNames(styles['description'])}>
          {description}
        </Text>
      )}
    </CheckboxField>
  );
}
