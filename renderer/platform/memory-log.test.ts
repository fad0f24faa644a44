import { expect, test } from 'vitest';
import { createMemoryLog, LOG_CAPACITY } from './memory-log.ts';

const clock = { now: () => 7 };

test('keeps the last entries, oldest first', () => {
  const log = createMemoryLog(clock, 2);
  log.info('first');
  log.error('second', { count: 2 });
  log.info('third');
  expect(log.entries()).toEqual([
    { at: 7, level: 'error', code: 'second', details: { count: 2 } },
    { at: 7, level: 'info', code: 'third', details: {} },
  ]);
});

test('holds 500 unless told otherwise', () => {
  const log = createMemoryLog(clock);
  for (let entry = 0; entry < LOG_CAPACITY + 10; entry += 1) log.info('entry', { entry });
  expect(log.entries()).toHaveLength(500);
  expect(log.entries()[0]?.details).toEqual({ entry: 10 });
});

test('a list handed out does not change later', () => {
  const log = createMemoryLog(clock);
  const before = log.entries();
  log.info('later');
  expect(before).toEqual([]);
});

test.each(['Ayşe Yılmaz', 'ayse@example.com', '+905321234567', '5321234567', 'x'.repeat(101)])(
  '%j is withheld',
  (text) => {
    const log = createMemoryLog(clock);
    log.error('slip', { text, isOffline: true });
    expect(log.entries()[0]?.details).toEqual({ text: '[withheld]', isOffline: true });
  },
);

test.each(['0198c1f2-7c1e-7a55-9d3e-3b8f5d0c1a2b', 'QuotaExceededError', 'member/punched', '45.4.1', ''])(
  '%j is kept',
  (text) => {
    const log = createMemoryLog(clock);
    log.info('code', { text });
    expect(log.entries()[0]?.details).toEqual({ text });
  },
);
