import { Gift } from 'lucide-react';
import {
  longestRow,
  planStampRows,
  staggerMs,
  stampStateAt,
  tiltDegrees,
  type StampRowSize,
} from './plan-stamp-rows.ts';
import { stampIcons, type StampIconName } from './stamp-icon.ts';
import styles from './stamp-row.module.css';

/** A position (from 1) that gives something. */
export interface StampMark {
  readonly position: number;
  readonly label?: string | undefined;
}

export interface StampRowProps {
  /** 1–50 holes. */
  readonly total: number;
  readonly filled: number;
  /** How many of the filled are new: they are pressed in, one after the other. */
  readonly fresh?: number | undefined;
  /** How many the next key would add: a ghost of each. */
  readonly pending?: number | undefined;
  /** Gifts on the way; the last position is always one. */
  readonly marks?: readonly StampMark[] | undefined;
  readonly icon?: StampIconName | undefined;
  readonly size?: StampRowSize | undefined;
  /** Everything the picture says, for screen readers: "7 of 10 stamps, 3 to go". Empty where text beside it says so. */
  readonly label: string;
  readonly maxPerRow?: number | undefined;
}

const MAX_TOTAL = 50;

export function StampRow({
  total,
  filled,
  fresh = 0,
  pending = 0,
  marks,
  icon = 'cup',
  size = 'md',
  label,
  maxPerRow,
}: StampRowProps) {
  const holes = Math.min(MAX_TOTAL, Math.max(1, Math.trunc(total)));
  const shownFilled = Math.min(holes, Math.max(0, filled));
  const shownFresh = Math.min(shownFilled, Math.max(0, fresh));
  const rows = planStampRows(holes, maxPerRow ?? longestRow(holes, size));
  const columns = rows[0]?.length ?? 1;
  const gifts = new Map((marks ?? []).map((mark) => [mark.position, mark.label]));
  if (!gifts.has(holes)) gifts.set(holes, undefined);
  const StampIcon = stampIcons[icon];
  const notes = size === 'sm' ? [] : (marks ?? []).filter((mark) => mark.label !== undefined);

  return (
    <div
      // Fifty discs drawn with CSS are one picture.
      role={label === '' ? undefined : 'img'}
      aria-label={label === '' ? undefined : label}
      aria-hidden={label === '' || undefined}
      className={styles['stamps']}
      data-size={size}
      data-rows={Math.min(rows.length, 5)}
      style={{ '--columns': columns }}
    >
      {rows.map(({ first, length }) => (
        <div key={first} className={styles['row']}>
          {Array.from({ length }, (_, offset) => {
            const at = first + offset;
            const state = stampStateAt(at, {
              total: holes,
              filled: shownFilled,
              fresh: shownFresh,
              pending,
            });
            const isGift = gifts.has(at);
            const Icon = isGift ? Gift : StampIcon;
            return (
              <span
                // A hole that is stamped is a new element, so that its animation runs exactly once.
                key={state === 'fresh' ? `${at} fresh` : at}
                className={styles['hole']}
                data-state={state}
                data-gift={isGift ? (at === holes ? 'last' : 'milestone') : undefined}
                title={gifts.get(at)}
                style={{
                  '--tilt': `${isGift ? 0 : tiltDegrees(at)}deg`,
                  '--delay': `${staggerMs(at - 1 - (shownFilled - shownFresh), shownFresh)}ms`,
                }}
              >
                <span className={styles['stamp']}>
                  <Icon className={styles['icon']} />
                </span>
              </span>
            );
          })}
        </div>
      ))}
      {notes.length === 0 ? null : (
        <ul className={styles['notes']}>
          {notes.map((mark) => (
            <li key={mark.position} className={styles['note']}>
              <Gift />
              <span className={styles['note-position']}>{mark.position}</span>
              {mark.label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
