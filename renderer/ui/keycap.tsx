import type { ReactNode } from 'react';
import styles from './keycap.module.css';

export interface KeycapProps {
  /** ⏎, F2, Esc, + … */
  readonly children: ReactNode;
  /** What a screen reader says instead; without it the key is decoration. */
  readonly label?: string | undefined;
}

export function Keycap({ children, label }: KeycapProps) {
  return (
    <kbd className={styles['keycap']}>
      <span aria-hidden>{children}</span>
      {label === undefined ? null : <span className="sr-only">{label}</span>}
    </kbd>
  );
}
