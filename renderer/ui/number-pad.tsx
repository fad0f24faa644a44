import { CornerDownLeft, Delete } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Group } from 'react-aria-components/Group';
import { classNames } from './class-names.ts';
import styles from './number-pad.module.css';

export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
export type NumberPadKey = Digit | 'backspace' | 'clear' | 'plus' | 'point' | 'enter';

export interface NumberPadProps {
  readonly onKey: (key: NumberPadKey) => void;
  readonly labels: {
    readonly pad: string;
    readonly backspace: string;
    readonly clear: string;
    readonly plus: string;
    readonly point?: string | undefined;
    readonly enter: string;
  };
  /** Drawn on the enter key instead of ⏎. */
  readonly enterContent?: ReactNode;
  readonly hasPlus?: boolean | undefined;
  /** Drawn on a key that begins an amount; without it there is none. */
  readonly pointContent?: ReactNode;
  readonly disabledKeys?: readonly NumberPadKey[] | undefined;
  readonly size?: 'lg' | 'xl' | undefined;
}

const digits: readonly Digit[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/**
 * Keys for fingers. Pressing one leaves the focus where it is, in the field that is being filled, and the keys are
 * no tab stops: whoever has a keyboard types the digits.
 */
export function NumberPad({
  onKey,
  labels,
  enterContent,
  hasPlus = false,
  pointContent,
  disabledKeys,
  size = 'lg',
}: NumberPadProps) {
  const key = (name: NumberPadKey, content: ReactNode, label?: string) => (
    <Button
      key={name}
      preventFocusOnPress
      excludeFromTabOrder
      className={classNames(styles['key'])}
      data-key={name}
      isDisabled={disabledKeys?.includes(name) ?? false}
      onPress={() => onKey(name)}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {content}
    </Button>
  );
  return (
    // Number pads run left to right in right-to-left languages too.
    <Group
      aria-label={labels.pad}
      dir="ltr"
      className={classNames(styles['pad'])}
      data-size={size}
      data-plus={hasPlus || undefined}
      data-point={pointContent !== undefined || undefined}
    >
      {digits.map((digit) => key(digit, digit))}
      {hasPlus ? key('plus', '+', labels.plus) : null}
      {pointContent === undefined ? null : key('point', pointContent, labels.point)}
      {key('backspace', <Delete aria-hidden />, labels.backspace)}
      {key('clear', 'C', labels.clear)}
      {key('enter', enterContent ?? <CornerDownLeft aria-hidden />, labels.enter)}
    </Group>
  );
}
