import { expect, test } from 'vitest';
import type { PlainDay } from '../lib/brand.ts';
import { readEvent, type LedgerEvent } from './event.ts';

const event = {
  v: 1,
  type: 'visit',
  day: '2026-03-01' as PlainDay,
  wall: Date.UTC(2026, 2, 1),
  data: { count: 1, grants: [] },
} as unknown as LedgerEvent;

test('fields of a newer app stay in the event that is read', () => {
  const newer = { ...event, weather: 'rain', data: { count: 1, grants: [], mood: 'good' } };
  expect(readEvent(newer)).toBe(newer);
});

test.each([
  ['no day', { day: '2026-02-30' }],
  ['a moment beyond every calendar', { wall: 1e300 }],
  ['a moment that is no number', { wall: '12:00' }],
  ['a format that is not known yet', { v: 2 }],
  ['a type that is not known yet', { type: 'time-travel' }],
  ['content of another type', { data: { target: 'event' } }],
])('%s is kept and not understood', (_, change) => {
  expect(readEvent(event)).toBeDefined();
  expect(readEvent({ ...event, ...change } as LedgerEvent)).toBeUndefined();
});
