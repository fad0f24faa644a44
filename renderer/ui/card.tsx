import { useId, type ReactNode } from 'react';
import styles from './card.module.css';

export interface CardProps {
  readonly children: ReactNode;
  readonly title?: string | undefined;
  readonly description?: ReactNode;
  /** At the end of the title line. */
  readonly actions?: ReactNode;
  readonly tone?: 'plain' | 'accent' | 'reward' | 'sunken' | undefined;
  readonly padding?: 'none' | 'md' | 'lg' | undefined;
}

/** A sheet of paper on the counter. With a title it is a labelled region. */
export function Card({ children, title, description, actions, tone = 'plain', padding = 'md' }: CardProps) {
  const titleId = useId();
  return (
    <section
      aria-labelledby={title === undefined ? undefined : titleId}
      className={styles['card']}
      data-tone={tone}
      data-padding={padding}
    >
      {title === undefined && actions === undefined ? null : (
        <header className={styles['header']}>
          <div>
            {title === undefined ? null : (
              <h2 id={titleId} className={styles['title']}>
                {title}
              </h2>
            )}
            {description === undefined ? null : <p className={styles['description']}>{description}</p>}
          </div>
          {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
