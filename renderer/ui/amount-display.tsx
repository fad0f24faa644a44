import { Button } from 'react-aria-components/Button';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './amount-display.module.css';

export interface AmountDisplayProps {
  /** What the amount is of: "Amount". */
  readonly label: string;
  /** As shown: "€4.50". */
  readonly value: string;
  /** Nothing typed yet. */
  readonly isEmpty: boolean;
  /** Digits go here now. */
  readonly isActive: boolean;
  /** The key that opens it. */
  readonly hint?: ReactNode;
  readonly onPress: () => void;
}

/** The display of a till: digits come in from the end. It takes no focus; the keys go where they always go. */
export function AmountDisplay({ label, value, isEmpty, isActive, hint, onPress }: AmountDisplayProps) {
  return (
    <Button
      preventFocusOnPress
      aria-pressed={isActive}
      className={classNames(styles['display'])}
      data-active={isActive || undefined}
      data-empty={isEmpty || undefined}
      onPress={onPress}
    >
      <span className={styles['label']}>{label}</span>{' '}
      {/* A till's display runs left to right, whichever way the text runs. */}
      <span className={styles['value']} dir="ltr">
        {isActive || !isEmpty ? value : null}
        {isActive ? <span aria-hidden className={styles['caret']} /> : null}
      </span>
      {!isActive && isEmpty ? <span className={styles['hint']}>{hint}</span> : null}
    </Button>
  );
}
