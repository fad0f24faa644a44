import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { classNames } from './class-names.ts';
import styles from './icon-button.module.css';

export interface IconButtonProps extends Pick<
  AriaButtonProps,
  | 'onPress'
  | 'isDisabled'
  | 'type'
  | 'autoFocus'
  | 'slot'
  | 'aria-expanded'
  | 'aria-pressed'
  | 'excludeFromTabOrder'
  | 'preventFocusOnPress'
> {
  readonly icon: LucideIcon;
  /** Read by screen readers and shown as a tooltip. */
  readonly label: string;
  readonly size?: 'md' | 'lg' | undefined;
  readonly variant?: 'quiet' | 'outlined' | undefined;
  /** Arrows that mean "back" or "next" turn round in right-to-left text. */
  readonly isMirrored?: boolean | undefined;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}

export function IconButton({
  icon: Icon,
  label,
  size = 'md',
  variant = 'quiet',
  isMirrored = false,
  ref,
  ...rest
}: IconButtonProps) {
  return (
    <AriaButton
      {...rest}
      {...(ref ? { ref } : {})}
      aria-label={label}
      className={classNames(styles['button'])}
      data-size={size}
      data-variant={variant}
      data-mirrored={isMirrored || undefined}
    >
      <Icon aria-hidden />
    </AriaButton>
  );
}
