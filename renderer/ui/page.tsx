import { useEffect, useId, useRef, type ReactNode } from 'react';
import styles from './page.module.css';

export interface PageProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** Before the title, for example a back button. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly width?: 'narrow' | 'normal' | 'wide' | 'full' | undefined;
  /** The title is read by screen readers only; the counter has no room for it. */
  readonly isTitleHidden?: boolean | undefined;
  /** The content takes exactly the height that is left and scrolls inside itself. */
  readonly fillsHeight?: boolean | undefined;
}

/** The main landmark of a screen. */
export function Page({
  title,
  description,
  lead,
  actions,
  children,
  width = 'normal',
  isTitleHidden = false,
  fillsHeight = false,
}: PageProps) {
  const titleId = useId();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    // The frame's scroller outlives the screens in it: a new one begins at its top.
    const scroller = main.current?.parentElement;
    if (scroller) scroller.scrollTop = 0;
  }, []);
  return (
    <main
      ref={main}
      aria-labelledby={titleId}
      className={styles['page']}
      data-width={width}
      data-fills-height={fillsHeight || undefined}
    >
      <header className={isTitleHidden ? 'sr-only' : styles['header']}>
        {lead}
        <div className={styles['texts']}>
          <h1 id={titleId}>{title}</h1>
          {description === undefined ? null : <p className={styles['description']}>{description}</p>}
        </div>
        {actions === undefined || isTitleHidden ? null : <div className={styles['actions']}>{actions}</div>}
      </header>
      <div className={styles['content']}>{children}</div>
    </main>
  );
}
