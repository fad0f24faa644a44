/**
 * How many rows the next slice may hold. A lookup waits for the slice that is being written, so a slice is measured in
 * milliseconds, not in rows: short while the counter is in use, long enough to be fast while it is not.
 */

/** A third of a frame: the lookup behind it is still drawn in the same one, on a slow disk too. */
const BUSY_SLICE_MS = 5;
/** The first lookup after a quiet time waits for one of these. */
const QUIET_SLICE_MS = 24;
/** After a lookup the counter counts as in use: a customer is standing there. */
const BUSY_FOR_MS = 5000;
/** No new slice begins so soon after a lookup: it is still being answered, and a fast next key is on its way. */
const REST_MS = 12;
/**
 * Between two slices while the counter is in use, and at least as long as the last one took: so a lookup finds the store, and the
 * screen the processor, free half of the time.
 */
const BUSY_GAP_MS = 6;
/** Lookups that never pause must not stop an import for ever. */
const MAX_REST_MS = 60;
/** Below this a slice is nearly all overhead: it would not free the store any sooner. */
const LEAST_ROWS: LeastRows = { busy: 12, quiet: 12 };
const MAX_ROWS = 1000;
const FIRST_ROWS = 40;
/** New measurements against old ones: a stall of the disk is forgotten after some slices. */
const WEIGHT = 0.3;

/** Of a slice, while the counter is in use and while it is not. */
export interface LeastRows {
  readonly busy: number;
  readonly quiet: number;
}

export interface SlicePacer {
  lookedUp(): void;
  /** Somebody stands at the counter. */
  isBusy(): boolean;
  /** Rows of the next slice. */
  rows(): number;
  /** No rows: work that is not counted in them, and is followed by a rest all the same. */
  measured(slice: { readonly rows: number; readonly durationMs: number }): void;
  /** How long to rest now; 0: go on. */
  restMs(): number;
}

/**
 * @param now milliseconds on a steady clock.
 * @param least where a slice costs much before its first row: on a slow machine ever smaller ones would all be overhead.
 */
export function createSlicePacer(now: () => number, least: LeastRows = LEAST_ROWS): SlicePacer {
  let lastLookupAt = Number.NEGATIVE_INFINITY;
  let lastSliceAt = Number.NEGATIVE_INFINITY;
  let lastSliceMs = 0;
  let restingSince: number | undefined;
  let msPerRow: number | undefined;
  let lastRows = FIRST_ROWS;
  const isBusy = () => now() - lastLookupAt < BUSY_FOR_MS;
  return {
    lookedUp() {
      lastLookupAt = now();
    },
    isBusy,
    rows() {
      const fewest = isBusy() ? least.busy : least.quiet;
      if (msPerRow === undefined) return Math.max(FIRST_ROWS, fewest);
      const targetMs = isBusy() ? BUSY_SLICE_MS : QUIET_SLICE_MS;
      const wanted = Math.floor(targetMs / msPerRow);
      // Growing step by step: one lucky slice must not make the next one ten times too long.
      lastRows = Math.max(fewest, Math.min(MAX_ROWS, wanted, lastRows * 2));
      return lastRows;
    },
    measured({ rows, durationMs }) {
      lastSliceAt = now();
      lastSliceMs = durationMs;
      if (rows === 0) return;
      const latest = durationMs / rows;
      msPerRow = msPerRow === undefined ? latest : msPerRow * (1 - WEIGHT) + latest * WEIGHT;
    },
    restMs() {
      const gap = isBusy() ? lastSliceAt + Math.max(BUSY_GAP_MS, lastSliceMs) - now() : 0;
      const left = Math.max(gap, lastLookupAt + REST_MS - now());
      if (left <= 0) {
        restingSince = undefined;
        return 0;
      }
      restingSince ??= now();
      const rested = now() - restingSince;
      if (rested < MAX_REST_MS) return Math.min(left, MAX_REST_MS - rested);
      restingSince = undefined;
      return 0;
    },
  };
}
