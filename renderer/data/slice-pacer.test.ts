import { expect, test } from 'vitest';
import { createSlicePacer } from './slice-pacer.ts';

function setUp() {
  const time = { nowMs: 1000 };
  const pacer = createSlicePacer(() => time.nowMs);
  /** Slices that cost `msPerRow`, until the size has settled. */
  const settle = (msPerRow: number) => {
    for (let turn = 0; turn < 40; turn += 1) {
      const rows = pacer.rows();
      pacer.measured({ rows, durationMs: rows * msPerRow });
    }
    return pacer.rows();
  };
  return { time, pacer, settle };
}

test('a slice takes about 24 ms while nobody looks anything up, 5 ms while the counter is in use', () => {
  const { time, pacer, settle } = setUp();
  expect(settle(0.1)).toBe(240);
  pacer.lookedUp();
  expect(pacer.rows()).toBe(50);
  expect(settle(0.2)).toBe(25);
  time.nowMs += 5001;
  expect(settle(0.2)).toBe(120);
});

test('a slow disk makes slices small, never empty, and one fast slice does not make the next one huge', () => {
  const { pacer, settle } = setUp();
  expect(settle(1000)).toBe(12);
  for (let turn = 0; turn < 60; turn += 1) pacer.measured({ rows: 12, durationMs: 0.01 });
  expect(pacer.rows()).toBe(24);
});

test('where a slice costs much before its first row, a slow disk makes it no smaller than is worth it', () => {
  const time = { nowMs: 1000 };
  const pacer = createSlicePacer(() => time.nowMs, { busy: 100, quiet: 500 });
  expect(pacer.rows()).toBe(500);
  for (let turn = 0; turn < 40; turn += 1) pacer.measured({ rows: pacer.rows(), durationMs: 1000 });
  expect(pacer.rows()).toBe(500);
  pacer.lookedUp();
  expect(pacer.rows()).toBe(100);
});

test('no slice begins right after a lookup, but lookups without end don’t stop it', () => {
  const { time, pacer } = setUp();
  expect(pacer.restMs()).toBe(0);
  pacer.lookedUp();
  expect(pacer.restMs()).toBe(12);
  time.nowMs += 13;
  expect(pacer.restMs()).toBe(0);
  let rested = 0;
  for (; rested < 100; rested += 1) {
    time.nowMs += 5;
    pacer.lookedUp();
    if (pacer.restMs() === 0) break;
  }
  expect(rested).toBeLessThan(15);
});

test('after a long slice beside a counter in use the rest is as long, up to a limit', () => {
  const { time, pacer } = setUp();
  pacer.lookedUp();
  time.nowMs += 1000;
  pacer.measured({ rows: 0, durationMs: 40 });
  expect(pacer.restMs()).toBe(40);
  time.nowMs += 40;
  expect(pacer.restMs()).toBe(0);
  pacer.measured({ rows: 0, durationMs: 400 });
  expect(pacer.restMs()).toBe(60);
  time.nowMs += 60;
  expect(pacer.restMs()).toBe(0);
  time.nowMs += 5000;
  pacer.measured({ rows: 0, durationMs: 40 });
  expect(pacer.restMs()).toBe(0);
});
