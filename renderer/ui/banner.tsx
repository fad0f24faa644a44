import { CircleAlert, CircleCheck, Info, TriangleAlert, X, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './banner.module.css';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

export type BannerTone = 'info' | 'success' | 'warning' | 'error';

export interface BannerProps {
  readonly tone?: BannerTone | undefined;
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  readonly icon?: LucideIcon | undefined;
  readonly action?: { readonly label: string; readonly onPress: () => void } | undefined;
  readonly onDismiss?: (() => void) | undefined;
  readonly dismissLabel?: string | undefined;
  /** Announce it when it appears: 'status' waits, 'alert' interrupts. */
  readonly role?: 'status' | 'alert' | undefined;
}

const icons: Readonly<Record<BannerTone, LucideIcon>> = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  error: CircleAlert,
};

export function Banner({
  tone = 'info',
  title,
  children,
  icon,
  action,
  onDismiss,
  dismissLabel,
  role,
}: BannerProps) {
  const Icon = icon ?? icons[tone];
  return (
    <div role={role} className={styles['banner']} data-tone={tone}>
      <Icon aria-hidden className={styles['icon']} />
      <div className={styles['texts']}>
        {title === undefined ? null : <p className={styles['title']}>{title}</p>}
        {children === undefined ? null : <div>{children}</div>}
      </div>
      {action ? <Button onPress={action.onPress}>{action.label}</Button> : null}
      {onDismiss && dismissLabel !== undefined ? (
        <IconButton icon={X} label={dismissLabel} onPress={onDismiss} />
      ) : null}
    </div>
  );
}
