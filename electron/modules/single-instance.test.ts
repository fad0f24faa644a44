import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { claimSingleInstance } from './single-instance.ts';

class FakeApp extends EventEmitter {
  readonly #isFirst: boolean;
  constructor(isFirst: boolean) {
    super();
    this.#isFirst = isFirst;
  }
  requestSingleInstanceLock(): boolean {
    return this.#isFirst;
  }
}

test('a second start brings the first window to the front', () => {
  const app = new FakeApp(true);
  const calls: string[] = [];
  const window = {
    isMinimized: () => true,
    restore: () => void calls.push('restore'),
    show: () => void calls.push('show'),
    focus: () => void calls.push('focus'),
  };
  expect(claimSingleInstance(app as never, () => window)).toBe(true);
  app.emit('second-instance');
  expect(calls).toEqual(['restore', 'show', 'focus']);
});

test('a second start before the first window exists is harmless', () => {
  const app = new FakeApp(true);
  expect(claimSingleInstance(app as never, () => undefined)).toBe(true);
  expect(() => app.emit('second-instance')).not.toThrow();
});

test('the second process learns that it is the second', () => {
  expect(claimSingleInstance(new FakeApp(false) as never, () => undefined)).toBe(false);
});
