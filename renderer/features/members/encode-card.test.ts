import { expect, test } from 'vitest';
import { encodeCard } from './encode-card.ts';

/** Black runs of one row of a path, as they lie on paper: `M<x> 0h<width>…`. */
function bitsOf(path: string, width: number): string {
  const bits = Array.from({ length: width }, () => '0');
  for (const [, x, run] of path.matchAll(/M(\d+) 0h(\d+)/g)) {
    bits.fill('1', Number(x), Number(x) + Number(run));
  }
  return bits.join('');
}

test('a barcode is Code 128 with a quiet zone on both sides', () => {
  const { bars } = encodeCard('4DH4DWFDC');
  const bits = bitsOf(bars.path, bars.width);
  // Start B, then ten characters with the check, eleven modules each, then the stop of thirteen.
  expect(bits).toMatch(/^0{10}11010010000[01]{110}1100011101011(?:0{10})$/);
});

test('a QR code has the three corners that scanners look for, and four modules of white around it', () => {
  const { qr } = encodeCard('4DH4DWFDC');
  // Version 1, 21 modules: nine characters fit the smallest code.
  expect(qr.width).toBe(21 + 8);
  const isBlack = (x: number, y: number) => qr.path.includes(`M${x} ${y}h1v1h-1z`);
  for (const [x, y] of [
    [4, 4],
    [18, 4],
    [4, 18],
  ] as const) {
    for (let step = 0; step < 7; step += 1) {
      expect(isBlack(x + step, y)).toBe(true);
      expect(isBlack(x, y + step)).toBe(true);
    }
    expect(isBlack(x + 1, y + 1)).toBe(false);
  }
  expect(isBlack(3, 4)).toBe(false);
});

test('codes of other systems are drawn too, up to the longest that is allowed', () => {
  const long = 'A1'.repeat(20);
  expect(encodeCard(long).qr.path).not.toBe('');
  expect(encodeCard(long).bars.path).not.toBe('');
  expect(encodeCard('0000').bars.path).not.toBe('');
});
