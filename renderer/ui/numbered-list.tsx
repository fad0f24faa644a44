import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Keycap } from './keycap.tsx';
import styles from './numbered-list.module.css';

export interface NumberedItem {
  readonly id: string;
  readonly label: string;
  readonly note?: string | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly isDisabled?: boolean | undefined;
}

export interface NumberedListProps {
  readonly label: string;
  readonly items: readonly NumberedItem[];
  /** A press, or Enter on the chosen one. */
  readonly onAction: (id: string) => void;
}

/** The most a single digit can name. */
const MOST_DIGITS = 9;

/**
 * A few things to do, each with a digit. A digit chooses and Enter does it, so that a barcode read by mistake, which is
 * digits too, does nothing.
 */
export function NumberedList({ label, items, onAction }: NumberedListProps) {
  const [at, setAt] = useState(0);
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  useEffect(() => {
    buttons.current.get(at)?.focus();
  }, [at]);
  const handleKeyDown = (event: KeyboardEvent) => {
    const next = indexAfter(event.key, at, items.length);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
  };
  return (
    <ol aria-label={label} className={styles['list']}>
      {items.map(({ id, label: text, note, icon: Icon, isDisabled = false }, index) => (
        <li key={id}>
          <button
            type="button"
            className={styles['item']}
            disabled={isDisabled}
            tabIndex={index === at ? 0 : -1}
            aria-current={index === at || undefined}
            ref={(button) => {
              if (button) buttons.current.set(index, button);
              else buttons.current.delete(index);
            }}
            onFocus={() => setAt(index)}
            onKeyDown={handleKeyDown}
            onClick={() => onAction(id)}
          >
            {Icon ? <Icon aria-hidden className={styles['icon']} /> : null}
            <span className={styles['text']}>
              <bdi>{text}</bdi>
              {note === undefined ? null : <small>{note}</small>}
            </span>
            {index < MOST_DIGITS ? <Keycap>{String(index + 1)}</Keycap> : null}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Undefined for a key that chooses nothing. */
function indexAfter(key: string, at: number, total: number): number | undefined {
  if (key === 'ArrowDown') return (at + 1) % total;
  if (key === 'ArrowUp') return (at - 1 + total) % total;
  const digit = /^[1-9]$/.test(key) ? Number(key) : 0;
  return digit >= 1 && digit <= total ? digit - 1 : undefined;
}
