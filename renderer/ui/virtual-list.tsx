import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { planMove, planWindow, type RowRange } from './plan-window.ts';
import styles from './virtual-list.module.css';

export interface VirtualListProps {
  readonly label: string;
  readonly itemCount: number;
  /** Every row has this height, in px. */
  readonly rowHeight?: number | undefined;
  /** Draws one row; a row that is not loaded yet draws its skeleton. Rows hold no buttons: a row is one choice. */
  readonly renderRow: (index: number, isActive: boolean) => ReactNode;
  /** Says what a row is where its content can't, for example while it loads. */
  readonly getRowLabel?: ((index: number) => string | undefined) | undefined;
  /** Identity of a loaded row, so that rows keep their DOM when the list changes. */
  readonly getRowKey?: ((index: number) => string | undefined) | undefined;
  /** Enter or a click. */
  readonly onAction?: ((index: number) => void) | undefined;
  /** The row that arrow keys are on; leave it out and the list keeps it. -1 is none. */
  readonly activeIndex?: number | undefined;
  readonly onActiveChange?: ((index: number) => void) | undefined;
  /** The rows to have loaded; called when they change. */
  readonly onRangeChange?: ((range: RowRange) => void) | undefined;
  readonly emptyState?: ReactNode;
  /** A CSS length; the list fills its parent when left out. */
  readonly height?: string | undefined;
  readonly autoFocus?: boolean | undefined;
}

const DEFAULT_ROW_HEIGHT_PX = 64;
const OVERSCAN_ROWS = 6;
/** Before the first measurement (and where nothing is laid out, as in jsdom). */
const ASSUMED_HEIGHT_PX = 640;

/**
 * A list box that keeps some thirty rows in the DOM whatever the count is. It owns its window instead of using React
 * Aria's Virtualizer, because that one builds a node for each of the items before the first is shown, and here items
 * are loaded only when they come into sight.
 *
 * The list itself has the focus and points at the active row (aria-activedescendant), so scrolling can drop any row
 * without losing the focus; the active row stays in the DOM even when it is out of sight.
 */
export function VirtualList({
  label,
  itemCount,
  rowHeight = DEFAULT_ROW_HEIGHT_PX,
  renderRow,
  getRowLabel,
  getRowKey,
  onAction,
  activeIndex,
  onActiveChange,
  onRangeChange,
  emptyState,
  height,
  autoFocus = false,
}: VirtualListProps) {
  const listId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [viewportHeight, setViewportHeight] = useState(ASSUMED_HEIGHT_PX);
  const [ownActive, setOwnActive] = useState(-1);
  const active = Math.min(activeIndex ?? ownActive, itemCount - 1);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => setViewportHeight(element.clientHeight || ASSUMED_HEIGHT_PX);
    measure();
    if (typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (autoFocus) scroller.current?.focus();
  }, [autoFocus]);

  const { start, end } = planWindow({
    itemCount,
    rowHeight,
    scrollTop,
    viewportHeight,
    overscan: OVERSCAN_ROWS,
  });

  useEffect(() => {
    onRangeChange?.({ start, end });
  }, [onRangeChange, start, end]);

  const reveal = (index: number) => {
    const element = scroller.current;
    if (!element) return;
    const top = index * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + viewportHeight) {
      element.scrollTop = top + rowHeight - viewportHeight;
    }
    setScrollTop(element.scrollTop);
  };

  const activate = (index: number) => {
    setOwnActive(index);
    onActiveChange?.(index);
  };

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      onAction?.(active);
      return;
    }
    const pageSize = Math.max(1, Math.floor(viewportHeight / rowHeight) - 1);
    const next = planMove(event.key, active, itemCount, pageSize);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    activate(next);
    reveal(next);
  };

  const indexes = Array.from({ length: end - start }, (_, offset) => start + offset);
  if (active >= 0 && (active < start || active >= end)) indexes.push(active);

  return (
    <div
      ref={scroller}
      // A native select can't draw rows like these.
      role="listbox"
      aria-label={label}
      aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
      tabIndex={0}
      className={styles['list']}
      style={height === undefined ? undefined : { blockSize: height }}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onKeyDown={handleKeyDown}
    >
      {itemCount === 0 ? <div className={styles['empty']}>{emptyState}</div> : null}
      <div role="presentation" className={styles['canvas']} style={{ blockSize: itemCount * rowHeight }}>
        {indexes.map((index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list handles the keys: its rows are never focused themselves
          <div
            key={getRowKey?.(index) ?? `row ${index}`}
            id={`${listId}-${index}`}
            role="option"
            aria-label={getRowLabel?.(index)}
            aria-selected={index === active}
            aria-setsize={itemCount}
            aria-posinset={index + 1}
            className={styles['row']}
            style={{ blockSize: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
            onClick={() => {
              activate(index);
              onAction?.(index);
            }}
          >
            <div className={styles['content']}>{renderRow(index, index === active)}</div>
          </div>
        ))}
      </div>
    </div>
  );
}
