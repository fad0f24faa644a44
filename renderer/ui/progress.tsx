import { Label } from 'react-aria-components/Label';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './progress.module.css';

export interface ProgressProps {
  readonly label: string;
  readonly isLabelHidden?: boolean | undefined;
  /** undefined while the end is unknown. */
  readonly value: number | undefined;
  readonly maxValue?: number | undefined;
  /** For example "1,204 of 5,000"; a percentage when left out. */
  readonly valueText?: string | undefined;
  readonly cancelLabel?: string | undefined;
  readonly onCancel?: (() => void) | undefined;
  readonly tone?: 'accent' | 'reward' | undefined;
}

export function Progress({
  label,
  isLabelHidden = false,
  value,
  maxValue = 100,
  valueText,
  cancelLabel,
  onCancel,
  tone = 'accent',
}: ProgressProps) {
  return (
    <div className={styles['progress']}>
      <ProgressBar
        {...(value === undefined ? { isIndeterminate: true } : { value })}
        maxValue={maxValue}
        {...(valueText === undefined ? {} : { valueLabel: valueText })}
        className={classNames(styles['bar'])}
        data-tone={tone}
      >
        {({ percentage, valueText: shownText, isIndeterminate }) => (
          <>
            <div className={styles['texts']}>
              <Label className={classNames(isLabelHidden ? 'sr-only' : styles['label'])}>{label}</Label>
              {isIndeterminate && valueText === undefined ? null : (
                // Not on the bdi itself: its direction is that of the number, and its margin with it.
                <span className={styles['value']}>
                  <bdi>{valueText ?? shownText}</bdi>
                </span>
              )}
            </div>
            <div className={styles['track']}>
              <div
                className={styles['fill']}
                data-indeterminate={isIndeterminate || undefined}
                style={isIndeterminate ? undefined : { inlineSize: `${percentage ?? 0}%` }}
              />
            </div>
          </>
        )}
      </ProgressBar>
      {onCancel && cancelLabel !== undefined ? <Button onPress={onCancel}>{cancelLabel}</Button> : null}
    </div>
  );
}
