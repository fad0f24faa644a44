import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

export interface EmptyStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly icon?: LucideIcon | undefined;
  readonly actions?: ReactNode;
}

export function EmptyState({ title, children, icon: Icon, actions }: EmptyStateProps) {
  return (
    <div className={styles['empty']}>
      {Icon ? (
        <span aria-hidden className={styles['medallion']}>
          <Icon />
        </span>
      ) : null}
      <p className={styles['title']}>{title}</p>
      {children === undefined ? null : <div className={styles['text']}>{children}</div>}
      {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
    </div>
  );
}
