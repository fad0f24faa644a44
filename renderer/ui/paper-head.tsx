import styles from './paper-head.module.css';
import { stampIcons, type StampIconName } from './stamp-icon.ts';

export interface PaperHeadProps {
  /** Small, over the title. */
  readonly overline?: string | undefined;
  readonly title: string;
  readonly icon: StampIconName;
}

/** What stands at the top of every card of paper: whose it is, what it is called, its picture. */
export function PaperHead({ overline, title, icon }: PaperHeadProps) {
  const Icon = stampIcons[icon];
  return (
    <div className={styles['head']}>
      <div className={styles['names']}>
        {overline === undefined || overline === '' ? null : (
          <p className={styles['overline']}>
            <bdi>{overline}</bdi>
          </p>
        )}
        <p className={styles['title']}>
          <bdi>{title}</bdi>
        </p>
      </div>
      <span aria-hidden className={styles['medallion']}>
        <Icon />
      </span>
    </div>
  );
}
