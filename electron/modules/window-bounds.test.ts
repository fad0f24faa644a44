import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBoundsFile, planStartBounds, type WindowBounds } from './window-bounds.ts';

const screenArea = { x: 0, y: 0, width: 1920, height: 1040 };
const left = { x: -1920, y: 0, width: 1920, height: 1040 };
const stored: WindowBounds = { x: 100, y: 50, width: 1200, height: 800, isMaximized: true };
const first = { width: 1280, height: 800, isMaximized: false };

test('opens where it was', () => expect(planStartBounds(stored, [screenArea])).toEqual(stored));

test('keeps its size when its screen is gone', () => {
  const onLeft = { ...stored, x: -1500 };
  expect(planStartBounds(onLeft, [left, screenArea])).toEqual(onLeft);
  expect(planStartBounds(onLeft, [screenArea])).toEqual({ width: 1200, height: 800, isMaximized: true });
});

test('a title bar above or below every screen cannot be dragged back', () => {
  for (const y of [-40, 1000, 5000]) {
    expect(planStartBounds({ ...stored, y }, [screenArea])).not.toHaveProperty('y');
  }
});

test.each([
  undefined,
  null,
  'text',
  {},
  { ...stored, width: 10 },
  { ...stored, x: 0.5 },
  { ...stored, height: '800' },
])('nonsense (%j) opens the first window', (nonsense) =>
  expect(planStartBounds(nonsense, [screenArea])).toEqual(first),
);

test('the file keeps the bounds, and a damaged or missing one is no obstacle', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tenpunch-bounds-'));
  const codes: string[] = [];
  const file = createBoundsFile(folder, { info: () => undefined, error: (code) => void codes.push(code) });
  expect(file.read()).toBeUndefined();
  expect(codes).toEqual([]);
  file.write(stored);
  expect(file.read()).toEqual(stored);
  await writeFile(join(folder, 'window.json'), '{"x":');
  expect(file.read()).toBeUndefined();
  await rm(folder, { recursive: true });
  file.write(stored);
  expect(codes).toEqual(['window-bounds-unreadable', 'window-bounds-unwritable']);
});
