import type { ReactNode } from 'react';
import styles from './description-list.module.css';

export interface DescriptionItem {
  readonly term: string;
  readonly value: ReactNode;
  readonly isNumeric?: boolean | undefined;
}

export interface DescriptionListProps {
  readonly items: readonly DescriptionItem[];
  /** 'rows' sets term and value on one line, 'figures' a large value over its term. */
  readonly layout?: 'rows' | 'figures' | undefined;
}

export function DescriptionList({ items, layout = 'rows' }: DescriptionListProps) {
  return (
    <dl className={styles['list']} data-layout={layout}>
      {items.map(({ term, value, isNumeric = false }) => (
        <div key={term} className={styles['item']}>
          <dt className={styles['term']}>{term}</dt>
          <dd className={styles['value']} data-numeric={isNumeric || undefined}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
