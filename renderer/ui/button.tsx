import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import styles from './button.module.css';
import { classNames } from './class-names.ts';
import { useSaidNoMore } from './use-said-no-more.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger' | 'reward';
export type ButtonSize = 'md' | 'lg' | 'xl';

export interface ButtonProps extends Pick<
  AriaButtonProps,
  | 'onPress'
  | 'isDisabled'
  | 'isPending'
  | 'type'
  | 'autoFocus'
  | 'id'
  | 'slot'
  | 'form'
  | 'aria-label'
  | 'aria-describedby'
  | 'aria-expanded'
  | 'aria-pressed'
  | 'excludeFromTabOrder'
  | 'preventFocusOnPress'
> {
  readonly children: ReactNode;
  readonly variant?: ButtonVariant | undefined;
  readonly size?: ButtonSize | undefined;
  readonly icon?: LucideIcon | undefined;
  /** Shown after the label, for example a <Keycap>. */
  readonly hint?: ReactNode;
  readonly isFullWidth?: boolean | undefined;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}

export function Button({
  children,
  variant = 'secondary',
  size = 'md',
  icon: Icon,
  hint,
  isFullWidth = false,
  ref,
  ...rest
}: ButtonProps) {
  useSaidNoMore(rest.isPending);
  return (
    <AriaButton
      {...rest}
      {...(ref ? { ref } : {})}
      className={classNames(styles['button'])}
      data-variant={variant}
      data-size={size}
      data-full-width={isFullWidth || undefined}
    >
      {({ isPending }) => (
        <>
          {Icon ? <Icon aria-hidden className={styles['icon']} /> : null}
          <span>{children}</span>
          {hint === undefined ? null : <span className={styles['hint']}>{hint}</span>}
          {isPending ? <span aria-hidden className={styles['spinner']} /> : null}
        </>
      )}
    </AriaButton>
  );
}
