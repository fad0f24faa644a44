import { expect, test } from 'vitest';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { createSystemClock } from './system-clock.ts';

test('tells whole milliseconds and a zone that days can be counted in', () => {
  const clock = createSystemClock();
  expect(Number.isInteger(clock.now())).toBe(true);
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
  expect(plainDayAt(clock.now(), clock.timeZone())).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});
