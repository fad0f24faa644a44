import type { ReactNode } from 'react';
import styles from './columns.module.css';

export interface ColumnsProps {
  readonly children: ReactNode;
  /** How narrow one may get before it goes below the other. */
  readonly of?: 'cards' | 'fields' | undefined;
}

/** Beside each other where there is room. Each child is a column: one card or field, or a `Column` of cards. */
export function Columns({ children, of = 'cards' }: ColumnsProps) {
  return (
    <div className={styles['columns']} data-of={of}>
      {children}
    </div>
  );
}

/** Cards below each other. */
export function Column({ children }: { readonly children: ReactNode }) {
  return <div className={styles['column']}>{children}</div>;
}
