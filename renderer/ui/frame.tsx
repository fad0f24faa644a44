import type { ReactNode } from 'react';
import styles from './frame.module.css';

export interface FrameProps {
  /** A <SideNav>. */
  readonly nav?: ReactNode;
  /** Above the page, the full width of it. */
  readonly banner?: ReactNode;
  /** A <Page>. */
  readonly children: ReactNode;
}

/** The window: rail at the start (at the bottom when narrow), page beside it; only the page scrolls. */
export function Frame({ nav, banner, children }: FrameProps) {
  return (
    <div className={styles['frame']}>
      {nav === undefined ? null : <div className={styles['nav']}>{nav}</div>}
      <div className={styles['body']}>
        {banner === undefined || banner === null ? null : (
          <header className={styles['banner']}>{banner}</header>
        )}
        <div className={styles['scroller']}>{children}</div>
      </div>
    </div>
  );
}
