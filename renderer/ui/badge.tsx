import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './badge.module.css';

export interface BadgeProps {
  readonly children: ReactNode;
  readonly tone?: 'neutral' | 'accent' | 'reward' | 'success' | 'warning' | 'danger' | 'info' | undefined;
  readonly icon?: LucideIcon | undefined;
}

export function Badge({ children, tone = 'neutral', icon: Icon }: BadgeProps) {
  return (
    <span className={styles['badge']} data-tone={tone}>
      {Icon ? <Icon aria-hidden /> : null}
      {children}
    </span>
  );
}
