import { beforeEach, expect, test } from 'vitest';
import { ManualClock } from '#tests/fakes/manual-clock.ts';
import { createSpaceGuard, GOOD_FOR_MS, requireRoom, RESERVE_BYTES, type SpaceGuard } from './space-guard.ts';

let clock: ManualClock;
let asked: { readonly bytes: number; readonly answer: (hasRoom: boolean) => void }[];
let logged: unknown[][];
let guard: SpaceGuard;

beforeEach(() => {
  clock = new ManualClock();
  asked = [];
  logged = [];
  guard = createSpaceGuard({
    hasRoom: (bytes) => new Promise((resolve) => asked.push({ bytes, answer: resolve })),
    clock,
    log: { info: () => undefined, error: (...entry) => void logged.push(entry) },
  });
});

const answer = (hasRoom: boolean) => asked.at(-1)?.answer(hasRoom);
/** Lets what has been answered reach the guard. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

async function ensureWith(hasRoom: boolean): Promise<boolean> {
  const ensured = guard.ensure();
  answer(hasRoom);
  return await ensured;
}

test('asks for the whole reserve and passes the answer on', async () => {
  expect(await ensureWith(true)).toBe(true);
  expect(asked.map(({ bytes }) => bytes)).toEqual([RESERVE_BYTES]);
  expect(logged).toEqual([]);
});

test('a warm answer costs Enter nothing, for one second', async () => {
  guard.warm();
  answer(true);
  await settle();
  clock.advance(GOOD_FOR_MS - 1);
  guard.warm();
  expect(await guard.ensure()).toBe(true);
  expect(asked).toHaveLength(1);
  clock.advance(1);
  expect(await ensureWith(false)).toBe(false);
  expect(asked).toHaveLength(2);
});

test('the second begins with the question, not with a late answer', async () => {
  guard.warm();
  clock.advance(GOOD_FOR_MS);
  answer(true);
  await settle();
  expect(await ensureWith(false)).toBe(false);
  expect(asked).toHaveLength(2);
});

test('an answer on its way serves everybody who waits', async () => {
  guard.warm();
  guard.warm();
  const all = Promise.all([guard.ensure(), guard.ensure()]);
  answer(true);
  expect(await all).toEqual([true, true]);
  expect(asked).toHaveLength(1);
});

test('a no is never kept: the next one asks again', async () => {
  expect(await ensureWith(false)).toBe(false);
  expect(await ensureWith(false)).toBe(false);
  expect(await ensureWith(true)).toBe(true);
  expect(asked).toHaveLength(3);
  expect(logged).toEqual([
    ['disk-full', { wasRefused: true }],
    ['disk-full', { wasRefused: true }],
  ]);
});

test('a write that met a full disk takes back every yes from before', async () => {
  expect(await ensureWith(true)).toBe(true);
  guard.trip();
  expect(logged).toEqual([['disk-full', { wasRefused: false }]]);
  expect(await ensureWith(false)).toBe(false);
  expect(asked).toHaveLength(2);
});

test('a probe that began before the trip does not count after it', async () => {
  const ensured = guard.ensure();
  guard.trip();
  answer(true);
  await settle();
  expect(asked).toHaveLength(2);
  answer(false);
  expect(await ensured).toBe(false);
});

test('a clock that is set back makes no answer younger', async () => {
  expect(await ensureWith(true)).toBe(true);
  clock.advance(-60_000);
  expect(await ensureWith(false)).toBe(false);
});

test('writers that throw do so as the store would', async () => {
  await expect(requireRoom(undefined)).resolves.toBeUndefined();
  const required = requireRoom(guard);
  answer(false);
  await expect(required).rejects.toMatchObject({ name: 'QuotaExceededError' });
});
