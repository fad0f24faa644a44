import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './disclosure.module.css';

export interface DisclosureProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly isOpenAtFirst?: boolean | undefined;
}

/** What only some people want to see: closed until it is asked for. */
export function Disclosure({ title, children, isOpenAtFirst = false }: DisclosureProps) {
  return (
    <details className={styles['details']} open={isOpenAtFirst}>
      <summary className={styles['summary']}>
        <ChevronRight aria-hidden className={styles['chevron']} />
        {title}
      </summary>
      <div className={styles['content']}>{children}</div>
    </details>
  );
}
