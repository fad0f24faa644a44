import { Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { classNames } from './class-names.ts';
import styles from './tally-buttons.module.css';

export interface TallyItem {
  readonly id: string;
  readonly label: string;
  /** Small, beside the label. */
  readonly note?: string | undefined;
  readonly count: number;
  /** The key that adds one. */
  readonly hint?: ReactNode;
}

export interface TallyGroup {
  readonly id: string;
  readonly title?: string | undefined;
  readonly items: readonly TallyItem[];
}

export interface TallyButtonsProps {
  /** Read by screen readers. */
  readonly label: string;
  readonly groups: readonly TallyGroup[];
  readonly onMore: (id: string) => void;
  readonly onLess: (id: string) => void;
  /** Name of the small button that takes one away: "One Croissant less". */
  readonly lessLabel: (item: TallyItem) => string;
}

/** Large buttons that count: each press is one more. */
export function TallyButtons({ label, groups, onMore, onLess, lessLabel }: TallyButtonsProps) {
  return (
    <div role="group" aria-label={label} className={styles['groups']}>
      {groups.map((group) => (
        <div
          key={group.id}
          className={styles['group']}
          {...(group.title === undefined ? {} : { role: 'group', 'aria-label': group.title })}
        >
          {group.title === undefined ? null : (
            <p className={styles['title']} aria-hidden>
              <bdi>{group.title}</bdi>
            </p>
          )}
          <div className={styles['items']}>
            {group.items.map((item) => (
              <div key={item.id} className={styles['item']} data-counted={item.count > 0 || undefined}>
                <Button
                  preventFocusOnPress
                  className={classNames(styles['more'])}
                  onPress={() => onMore(item.id)}
                >
                  <span className={styles['label']}>
                    <bdi>{item.label}</bdi>
                    {item.note === undefined ? null : <small>{item.note}</small>}
                  </span>{' '}
                  {item.count > 0 ? <span className={styles['count']}>{item.count}</span> : item.hint}
                </Button>
                {item.count > 0 ? (
                  <Button
                    preventFocusOnPress
                    className={classNames(styles['less'])}
                    aria-label={lessLabel(item)}
                    onPress={() => onLess(item.id)}
                  >
                    <Minus aria-hidden />
                  </Button>
                ) : null}
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
