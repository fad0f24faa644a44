/**
 * A barcode scanner is a keyboard that types a whole code faster than a person can and ends with Enter: four or more
 * keys, on average closer together than fingers manage, and the Enter right behind.
 */

/** On average: fast typists stay above 60 ms, scanners below 15. */
export const MAX_MEAN_GAP_MS = 20;
/** A busy computer may deliver one key late; a longer pause is the end of a burst. */
const MAX_GAP_MS = 60;
const MIN_SCAN_LENGTH = 4;
const MAX_SCAN_LENGTH = 100;

export interface ScanDetector {
  /**
   * Takes one key press. `started`: a burst may begin here. `scanned`: this Enter ends a scan and must do nothing else.
   * @param key as in KeyboardEvent.key. @param atMs when it was pressed, on any steady clock.
   */
  press(
    key: string,
    atMs: number,
  ): { readonly kind: 'typed' | 'started' } | { readonly kind: 'scanned'; readonly code: string };
}

export function createScanDetector(): ScanDetector {
  let burst = '';
  let startedAt = Number.NEGATIVE_INFINITY;
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    press(key, atMs) {
      const isClose = atMs - lastAt < MAX_GAP_MS;
      if (key === 'Enter' || key === 'Tab') {
        const code = burst;
        const isFast = isClose && (atMs - startedAt) / code.length < MAX_MEAN_GAP_MS;
        burst = '';
        lastAt = Number.NEGATIVE_INFINITY;
        return isFast && code.length >= MIN_SCAN_LENGTH ? { kind: 'scanned', code } : { kind: 'typed' };
      }
      // Scanners press Shift for capitals: such keys neither add to a code nor break it.
      if (key.length !== 1) return { kind: 'typed' };
      lastAt = atMs;
      if (isClose && burst.length < MAX_SCAN_LENGTH) {
        burst += key;
        return { kind: 'typed' };
      }
      burst = key;
      startedAt = atMs;
      return { kind: 'started' };
    },
  };
}
