export interface RowRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

interface WindowRequest {
  readonly itemCount: number;
  readonly rowHeight: number;
  readonly scrollTop: number;
  readonly viewportHeight: number;
  readonly overscan: number;
}

/** Which rows of equal height are in sight, plus a few on both sides so that a scroll never shows a gap. */
export function planWindow({
  itemCount,
  rowHeight,
  scrollTop,
  viewportHeight,
  overscan,
}: WindowRequest): RowRange {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const last = Math.ceil((Math.max(0, scrollTop) + viewportHeight) / rowHeight);
  const start = Math.min(Math.max(0, first - overscan), itemCount);
  return { start, end: Math.max(start, Math.min(itemCount, last + overscan)) };
}

/** Where a key moves the active row; undefined when the key doesn't move it. */
export function planMove(
  key: string,
  active: number,
  itemCount: number,
  pageSize: number,
): number | undefined {
  const last = itemCount - 1;
  if (last < 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'PageDown':
      return Math.min(last, Math.max(0, active) + pageSize);
    case 'PageUp':
      return Math.max(0, active - pageSize);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
