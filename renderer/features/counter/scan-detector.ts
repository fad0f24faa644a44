/**
 * A barcode scanner is a keyboard that types a whole code faster than a person can and ends with Enter. Keys closer
 * together than a person's fingers, four or more of them, and the Enter right behind: that is a scan.
 */

/** Fast typists stay above 40 ms; scanners stay below 15. */
export const MAX_SCAN_GAP_MS = 20;
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
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    press(key, atMs) {
      const isFast = atMs - lastAt < MAX_SCAN_GAP_MS;
      if (key === 'Enter' || key === 'Tab') {
        const code = burst;
        burst = '';
        lastAt = Number.NEGATIVE_INFINITY;
        return isFast && code.length >= MIN_SCAN_LENGTH ? { kind: 'scanned', code } : { kind: 'typed' };
      }
      // Scanners press Shift for capitals: such keys neither add to a code nor break it.
      if (key.length !== 1) return { kind: 'typed' };
      lastAt = atMs;
      if (isFast && burst.length < MAX_SCAN_LENGTH) {
        burst += key;
        return { kind: 'typed' };
      }
      burst = key;
      return { kind: 'started' };
    },
  };
}
