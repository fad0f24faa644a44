import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLiveHold, type LiveHold } from './live-hold.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Opened {
  readonly news: (text: string) => void;
  readonly end: () => void;
  isStopped: boolean;
}

function createWorld(): { hold: LiveHold; opened: Opened[] } {
  const opened: Opened[] = [];
  const hold = createLiveHold({
    async open({ news, end }) {
      const feed: Opened = { news, end, isStopped: false };
      opened.push(feed);
      return () => (feed.isStopped = true);
    },
    waitMs: 25_000,
    idleMs: 60_000,
  });
  return { hold, opened };
}

/** What a question has been answered with by now. */
async function settledNow<Value>(question: Promise<Value>): Promise<Value | 'waiting'> {
  await vi.advanceTimersByTimeAsync(0);
  return Promise.race([question, Promise.resolve<'waiting'>('waiting')]);
}

test('a question waits for news, and the next one for what comes after', async () => {
  const { hold, opened } = createWorld();
  const first = hold.news({ after: 0 });
  expect(await settledNow(first)).toBe('waiting');
  opened[0]?.news('a');
  const answer = await first;
  expect(answer).toEqual({ texts: ['a'], at: 2, isOpen: true });
  const second = hold.news({ after: answer.at });
  expect(await settledNow(second)).toBe('waiting');
  opened[0]?.news('b');
  expect(await second).toEqual({ texts: ['b'], at: 3, isOpen: true });
  expect(opened).toHaveLength(1);
});

test('what came between two questions is told at once', async () => {
  const { hold, opened } = createWorld();
  const first = hold.news({ after: 0 });
  await settledNow(first);
  opened[0]?.news('a');
  opened[0]?.news('b');
  expect(await first).toMatchObject({ texts: ['a', 'b'], at: 3 });
  opened[0]?.news('c');
  expect(await hold.news({ after: 3 })).toEqual({ texts: ['c'], at: 4, isOpen: true });
});

test('of many unheard messages the newest are kept', async () => {
  const { hold, opened } = createWorld();
  const first = hold.news({ after: 0 });
  await settledNow(first);
  for (let number = 1; number <= 40; number += 1) opened[0]?.news(String(number));
  const { texts, at } = await first;
  expect(texts).toHaveLength(16);
  expect(texts.at(-1)).toBe('40');
  expect(at).toBe(41);
});

test('without news a question is answered after its time, and the feed goes on', async () => {
  const { hold, opened } = createWorld();
  const first = hold.news({ after: 0 });
  await vi.advanceTimersByTimeAsync(25_000);
  const answer = await first;
  expect(answer).toEqual({ texts: [], at: 1, isOpen: true });
  const second = hold.news({ after: answer.at });
  await settledNow(second);
  opened[0]?.news('a');
  expect(await second).toMatchObject({ texts: ['a'] });
  expect(opened).toHaveLength(1);
});

test('a feed that ends answers whoever waits, with what was heard before', async () => {
  const { hold, opened } = createWorld();
  const first = hold.news({ after: 0 });
  await settledNow(first);
  opened[0]?.news('a');
  opened[0]?.end();
  expect(await first).toEqual({ texts: ['a'], at: 2, isOpen: false });
  expect(await hold.news({ after: 2 })).toEqual({ texts: [], at: 2, isOpen: false });
});

test('with nothing to listen to the feed is over at once', async () => {
  const hold = createLiveHold({ open: async () => undefined, waitMs: 25_000, idleMs: 60_000 });
  expect(await hold.news({ after: 0 })).toEqual({ texts: [], at: 1, isOpen: false });
  expect(await hold.news({ after: 7 })).toMatchObject({ texts: [], isOpen: false });
});

test('a new feed takes the place of the old one, whose question ends', async () => {
  const { hold, opened } = createWorld();
  const old = hold.news({ after: 0 });
  await settledNow(old);
  const fresh = hold.news({ after: 0 });
  expect(await old).toMatchObject({ isOpen: false });
  expect(opened.map(({ isStopped }) => isStopped)).toEqual([true, false]);
  opened[0]?.news('of the old one');
  expect(await settledNow(fresh)).toBe('waiting');
  opened[1]?.news('a');
  expect(await fresh).toMatchObject({ texts: ['a'], isOpen: true });
});

test('hushed, also while it is being opened, nothing stays open', async () => {
  const { hold, opened } = createWorld();
  const first = hold.news({ after: 0 });
  hold.hush();
  expect(await first).toMatchObject({ isOpen: false });
  const second = hold.news({ after: 0 });
  await settledNow(second);
  hold.hush();
  expect(await second).toMatchObject({ isOpen: false });
  expect(opened.map(({ isStopped }) => isStopped)).toEqual([true, true]);
  hold.hush();
});

test('a page that asks no more is gone, and its feed with it; one that waits is not', async () => {
  const { hold, opened } = createWorld();
  const first = hold.news({ after: 0 });
  await vi.advanceTimersByTimeAsync(25_000);
  const { at } = await first;
  await vi.advanceTimersByTimeAsync(59_000);
  const second = hold.news({ after: at });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(opened[0]?.isStopped).toBe(false);
  await vi.advanceTimersByTimeAsync(5000);
  await second;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(opened[0]?.isStopped).toBe(true);
});
