import { ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import styles from './disclosure.module.css';

export interface DisclosureProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly isOpenAtFirst?: boolean | undefined;
}

/** What only some people want to see: closed, and not made, until it is asked for. */
export function Disclosure({ title, children, isOpenAtFirst = false }: DisclosureProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  return (
    <details
      className={styles['details']}
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className={styles['summary']}>
        <ChevronRight aria-hidden className={styles['chevron']} />
        {title}
      </summary>
      {isOpen ? <div className={styles['content']}>{children}</div> : null}
    </details>
  );
}
