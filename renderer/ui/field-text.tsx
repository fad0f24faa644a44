import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Label } from 'react-aria-components/Label';
import { FieldError } from 'react-aria-components/FieldError';
import { Text } from 'react-aria-components/Text';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

/** What every labelled control accepts. An `error` marks the control invalid and is announced with it. */
export interface FieldTexts {
  readonly label: string;
  readonly isLabelHidden?: boolean | undefined;
  readonly description?: ReactNode;
  readonly error?: string | undefined;
}

interface FieldLabelProps {
  readonly label: string;
  readonly isHidden: boolean;
  readonly isRequired?: boolean | undefined;
}

export function FieldLabel({ label, isHidden, isRequired = false }: FieldLabelProps) {
  return (
    <Label className={classNames(styles['label'])} data-hidden={isHidden || undefined}>
      {label}
      {isRequired ? (
        <span aria-hidden className={styles['required']}>
          *
        </span>
      ) : null}
    </Label>
  );
}

interface FieldNotesProps {
  readonly description?: ReactNode;
  readonly error?: string | undefined;
}

export function FieldNotes({ description, error }: FieldNotesProps) {
  return (
    <>
      {description === undefined || description === null ? null : (
        <Text slot="description" className={classNames(styles['description'])}>
          {description}
        </Text>
      )}
      <FieldError className={classNames(styles['error'])}>
        {error === undefined
          ? null
          : () => (
              <>
                <CircleAlert aria-hidden />
                <span>{error}</span>
              </>
            )}
      </FieldError>
    </>
  );
}
