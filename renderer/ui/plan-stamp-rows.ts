export type StampRowSize = 'sm' | 'md' | 'lg';

/** A card of more than twelve is set in rows of up to ten, as printed punch cards are. */
const LONG_ROW = 10;
const SHORT_CARD = 12;
/** Up to this many fit side by side and still look generous. */
const SINGLE_ROW = 6;

/** Longest row for a card of `total` at a size: small rows stay on one line, large ones become a card of two. */
export function longestRow(total: number, size: StampRowSize): number {
  if (size === 'sm') return LONG_ROW;
  if (size === 'md') return total <= LONG_ROW ? LONG_ROW : total <= SHORT_CARD ? SINGLE_ROW : LONG_ROW;
  return total <= SHORT_CARD ? SINGLE_ROW : LONG_ROW;
}

export interface PlannedRow {
  /** Position of its first hole, from 1. */
  readonly first: number;
  readonly length: number;
}

/**
 * Splits `total` into rows that differ by at most one, longer rows first: 11 in rows of six is 6 + 5, never 6 + 4 + 1.
 * Fewest rows that fit are used.
 */
export function planStampRows(total: number, maxPerRow: number): readonly PlannedRow[] {
  if (total <= 0) return [];
  const rowCount = Math.ceil(total / Math.max(1, maxPerRow));
  const length = Math.floor(total / rowCount);
  const longerRows = total % rowCount;
  return Array.from({ length: rowCount }, (_, row) => ({
    first: row * length + Math.min(row, longerRows) + 1,
    length: row < longerRows ? length + 1 : length,
  }));
}

export type StampState = 'filled' | 'fresh' | 'pending' | 'empty';

export interface StampCount {
  readonly total: number;
  readonly filled: number;
  readonly fresh: number;
  readonly pending: number;
}

/** What the hole at `position` (from 1) shows: the last `fresh` of the filled are new, `pending` follow them. */
export function stampStateAt(position: number, { filled, fresh, pending }: StampCount): StampState {
  if (position > filled + pending) return 'empty';
  if (position > filled) return 'pending';
  return position > filled - fresh ? 'fresh' : 'filled';
}

const LAST_STAGGER_MS = 140;
const STAGGER_MS = 60;

/** When the n-th of `fresh` new stamps lands (from 0): one after the other, but all within 400 ms with the press itself. */
export function staggerMs(index: number, fresh: number): number {
  if (fresh <= 1) return 0;
  return Math.round(index * Math.min(STAGGER_MS, LAST_STAGGER_MS / (fresh - 1)));
}

/** A hand never stamps quite straight: a fixed tilt for each position, so that a card looks the same every time. */
export function tiltDegrees(position: number): number {
  return ((position * 47) % 19) - 9;
}
