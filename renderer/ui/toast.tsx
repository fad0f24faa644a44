import { CircleAlert, CircleCheck, Gift, Info, X, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import styles from './toast.module.css';

export type ToastTone = 'info' | 'success' | 'reward' | 'error';

export interface Toast {
  readonly id: string;
  readonly message: string;
  readonly detail?: string | undefined;
  readonly tone?: ToastTone | undefined;
  readonly action?: { readonly label: string; readonly onPress: () => void } | undefined;
  /** null stays until dismissed. By default 6 s, with an action 12 s, an error stays. */
  readonly durationMs?: number | null | undefined;
}

export interface ToastRegionProps {
  readonly toasts: readonly Toast[];
  readonly onDismiss: (id: string) => void;
  /** Name of the region for screen readers. */
  readonly label: string;
  readonly dismissLabel: string;
  readonly placement?: 'bottom' | 'top' | undefined;
}

const PLAIN_DURATION_MS = 6_000;
const ACTION_DURATION_MS = 12_000;

const icons: Readonly<Record<ToastTone, LucideIcon>> = {
  info: Info,
  success: CircleCheck,
  reward: Gift,
  error: CircleAlert,
};

/**
 * Render it once, always: a live region announces only what is added while it exists. Errors interrupt (assertive),
 * the rest waits its turn (polite). Resting the pointer or the focus on the region stops the clock.
 */
export function ToastRegion({
  toasts,
  onDismiss,
  label,
  dismissLabel,
  placement = 'bottom',
}: ToastRegionProps) {
  const [isHovered, setHovered] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const list = (isUrgent: boolean) =>
    toasts
      .filter((toast) => (toast.tone === 'error') === isUrgent)
      .map((toast) => (
        <ToastItem
          key={toast.id}
          toast={toast}
          isPaused={isHovered || isFocused}
          onDismiss={onDismiss}
          dismissLabel={dismissLabel}
        />
      ));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- watching the pointer and the focus only holds the clock
    <section
      aria-label={label}
      className={styles['region']}
      data-placement={placement}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <div role="alert" className={styles['list']}>
        {list(true)}
      </div>
      <output className={styles['list']}>{list(false)}</output>
    </section>
  );
}

interface ToastItemProps {
  readonly toast: Toast;
  readonly isPaused: boolean;
  readonly onDismiss: (id: string) => void;
  readonly dismissLabel: string;
}

function ToastItem({ toast, isPaused, onDismiss, dismissLabel }: ToastItemProps) {
  const { id, message, detail, tone = 'info', action } = toast;
  const durationMs = durationOf(toast);
  useEffect(() => {
    if (isPaused || durationMs === null) return undefined;
    const timer = setTimeout(() => onDismiss(id), durationMs);
    return () => clearTimeout(timer);
  }, [id, durationMs, isPaused, onDismiss]);
  const Icon = icons[tone];
  return (
    <div className={styles['toast']} data-tone={tone}>
      <Icon aria-hidden className={styles['icon']} />
      <div className={styles['texts']}>
        <p className={styles['message']}>{message}</p>
        {detail === undefined ? null : <p className={styles['detail']}>{detail}</p>}
      </div>
      {action ? (
        <Button
          onPress={() => {
            action.onPress();
            onDismiss(id);
          }}
        >
          {action.label}
        </Button>
      ) : null}
      <IconButton icon={X} label={dismissLabel} onPress={() => onDismiss(id)} />
    </div>
  );
}

function durationOf({ durationMs, tone, action }: Toast): number | null {
  if (durationMs !== undefined) return durationMs;
  if (tone === 'error') return null;
  return action ? ACTION_DURATION_MS : PLAIN_DURATION_MS;
}
