import { expect, test } from 'vitest';
import { IDLE_STATUS, UNPAIRED_STATUS } from '#tests/fakes/fake-sync-desk.ts';
import { LATE_MS, moodOf, OVERDUE_MS } from './sync-mood.ts';
import type { SyncStatus } from './sync-desk.ts';

const NOW = Date.UTC(2026, 0, 5, 9);
const mood = (change: Partial<SyncStatus>, unseenAlarms = 0) =>
  moodOf({ ...IDLE_STATUS, ...change }, { nowMs: NOW, unseenAlarms });

const waitingSince = (ageMs: number): Partial<SyncStatus> => ({
  unsentEvents: 3,
  oldestUnsentAt: NOW - ageMs,
  phase: { kind: 'waiting', forMs: 1000, because: 'no-answer' },
});

test('what is pressing is said before what is not', () => {
  expect(moodOf(UNPAIRED_STATUS, { nowMs: NOW, unseenAlarms: 0 })).toBe('unpaired');
  expect(moodOf(UNPAIRED_STATUS, { nowMs: NOW, unseenAlarms: 1 })).toBe('look');
  expect(mood({})).toBe('sent');
  expect(mood({ phase: { kind: 'waiting', forMs: 1, because: 'no-answer' } })).toBe('out-of-touch');
  expect(mood(waitingSince(1))).toBe('waiting');
  expect(mood({ unsentProfiles: 1, oldestUnsentAt: NOW })).toBe('waiting');
  expect(mood({ head: 1000 })).toBe('catching-up');
  const isAlone = { phase: { kind: 'waiting', forMs: 1, because: 'no-answer' } } as const;
  expect(mood({ head: 1000, ...isAlone })).toBe('out-of-touch');
  expect(mood({ isFiling: true, ...isAlone })).toBe('catching-up');
  expect(mood({ snapshot: { done: 1, total: 2 }, ...isAlone })).toBe('catching-up');
  expect(mood({}, 1)).toBe('look');
  expect(mood({ setAside: [{ id: 'e', code: 'malformed', n: 1 }], head: 1000 })).toBe('look');
  expect(mood({ phase: { kind: 'paused' }, unsentEvents: 1, oldestUnsentAt: 0 })).toBe('manager');
  expect(mood({ phase: { kind: 'stopped', because: 'revoked' } })).toBe('manager');
});

test('a day and three days of waiting are another thing, and a clock set back is not', () => {
  expect(mood(waitingSince(LATE_MS - 1))).toBe('waiting');
  expect(mood(waitingSince(LATE_MS), 1)).toBe('late');
  expect(mood(waitingSince(OVERDUE_MS - 1))).toBe('late');
  expect(mood(waitingSince(OVERDUE_MS))).toBe('overdue');
  expect(mood(waitingSince(-OVERDUE_MS))).toBe('waiting');
});

test('paused by a person is said before anything but what must be done and three days of waiting', () => {
  const held = (change: Partial<SyncStatus>) =>
    moodOf({ ...IDLE_STATUS, ...change }, { nowMs: NOW, unseenAlarms: 1, isHeld: true });
  expect(held({})).toBe('held');
  expect(held(waitingSince(LATE_MS))).toBe('held');
  expect(held(waitingSince(OVERDUE_MS))).toBe('overdue');
  expect(held({ phase: { kind: 'paused' } })).toBe('manager');
  expect(moodOf(UNPAIRED_STATUS, { nowMs: NOW, unseenAlarms: 0, isHeld: true })).toBe('unpaired');
});

test('a till that has just joined catches up before it was told how far', () => {
  expect(mood({ lastContactAt: null, cursor: 0, head: 0, phase: { kind: 'hello' } })).toBe('catching-up');
  // What a window shows before its worker has told it anything.
  expect(mood({ lastContactAt: null, cursor: 0, head: 0, phase: { kind: 'idle' } })).toBe('asking');
});
