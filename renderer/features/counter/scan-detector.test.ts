import { expect, test } from 'vitest';
import { createScanDetector } from './scan-detector.ts';

/** Presses the keys of `text`, then Enter, `gapMs` apart; returns what Enter meant. */
function press(text: string, gapMs: number, detector = createScanDetector(), startMs = 1000) {
  let atMs = startMs;
  for (const key of text) {
    detector.press(key, atMs);
    atMs += gapMs;
  }
  return detector.press('Enter', atMs);
}

test('a code typed faster than fingers and ended by Enter is a scan', () => {
  expect(press('4006381333931', 5)).toEqual({ kind: 'scanned', code: '4006381333931' });
});

test('fast fingers are not a scan', () => {
  expect(press('5678', 45)).toEqual({ kind: 'typed' });
  expect(press('5678', 20)).toEqual({ kind: 'typed' });
});

test('one key that a busy computer delivers late does not cut a code', () => {
  const detector = createScanDetector();
  for (const [index, key] of [...'TP0001AB'].entries()) detector.press(key, index === 0 ? 0 : 45 + index * 3);
  expect(detector.press('Enter', 75)).toEqual({ kind: 'scanned', code: 'TP0001AB' });
});

test('three keys are too short for a code', () => {
  expect(press('123', 5)).toEqual({ kind: 'typed' });
});

test('Enter long after the code is a person', () => {
  const detector = createScanDetector();
  for (const [index, key] of [...'ABCD1234'].entries()) detector.press(key, index * 5);
  expect(detector.press('Enter', 300)).toEqual({ kind: 'typed' });
});

test('what a person typed before the scan is not part of it', () => {
  const detector = createScanDetector();
  detector.press('0', 0);
  detector.press('6', 200);
  expect(press('ABCD1234', 5, detector, 400)).toEqual({ kind: 'scanned', code: 'ABCD1234' });
});

test('capitals come with Shift, which neither adds nor breaks', () => {
  const detector = createScanDetector();
  for (const [index, key] of ['Shift', 'A', 'Shift', 'B', 'C', '1', '2'].entries())
    detector.press(key, index * 4);
  expect(detector.press('Enter', 30)).toEqual({ kind: 'scanned', code: 'ABC12' });
});

test('two scans in a row are two scans', () => {
  const detector = createScanDetector();
  expect(press('AAAA1111', 3, detector, 0)).toMatchObject({ code: 'AAAA1111' });
  expect(press('BBBB2222', 3, detector, 500)).toMatchObject({ code: 'BBBB2222' });
});

test('a scanner that never sends Enter fills no memory', () => {
  expect(press('7'.repeat(5000), 1)).toMatchObject({
    kind: 'scanned',
    code: expect.stringMatching(/^7{1,100}$/),
  });
});
