import type { ReactNode } from 'react';
import { SwitchButton, SwitchField, Text, type SwitchFieldProps } from 'react-aria-components/Switch';
import { classNames } from './class-names.ts';
import styles from './switch.module.css';

export interface SwitchProps extends Pick<
  SwitchFieldProps,
  'isSelected' | 'defaultSelected' | 'onChange' | 'isDisabled' | 'autoFocus' | 'name' | 'id'
> {
  readonly children: ReactNode;
  readonly description?: ReactNode;
}

export function Switch({ children, description, ...rest }: SwitchProps) {
  return (
    <SwitchField {...rest} className={classNames(styles['field'])}>
      <SwitchButton className={classNames(styles['button'])}>
        <span aria-hidden className={styles['track']}>
          <span className={styles['thumb']} />
        </span>
        <span className={styles['label']}>{children}</span>
      </SwitchButton>
      {description === undefined ? null : (
        <Text slot="description" className={classNames(styles['description'])}>
          {description}
        </Text>
      )}
    </SwitchField>
  );
}
