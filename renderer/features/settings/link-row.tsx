import { ChevronRight, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './settings.module.css';

interface LinkRowProps {
  readonly href: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly note?: ReactNode;
  readonly end?: ReactNode;
}

/** A whole row that leads to another screen. */
export function LinkRow({ href, icon: Icon, title, note, end }: LinkRowProps) {
  return (
    <a href={href} className={styles['link']}>
      <span aria-hidden className={styles['linkIcon']}>
        <Icon />
      </span>
      <span className={styles['linkTexts']}>
        <span className={styles['linkTitle']}>
          <bdi>{title}</bdi>
        </span>
        {note === undefined ? null : <span className={styles['linkNote']}>{note}</span>}
      </span>
      {end}
      <ChevronRight aria-hidden className={styles['chevron']} />
    </a>
  );
}
