import { beforeEach, describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { MemoryPageCache } from '#tests/fakes/memory-page-cache.ts';
import { readReply, type RawReply } from '#shared/sync/read-reply.ts';
import type { Exchange } from './exchange.ts';
import { createOrderPages, type OrderPages } from './order-pages.ts';
import type { StatusBoard } from './status-board.ts';

const serverEpoch = 'epoch-1';
const answerWith = (value: unknown): RawReply => ({
  kind: 'http',
  status: 200,
  retryAfter: null,
  text: JSON.stringify(value),
});

function answerBehind(
  after: number,
  places: readonly number[] = [after + 1, after + 2, after + 3],
): RawReply {
  const events = places.map((g) => ({ g, event: { id: `event ${g}` } }));
  return answerWith({ serverEpoch, events, head: 9 });
}

let pageCache: MemoryPageCache;
let asked: number[];
let answer: (after: number) => RawReply;
let heardHead: number;
let isFiling: boolean;
let pages: OrderPages;

beforeEach(() => {
  pageCache = new MemoryPageCache();
  asked = [];
  answer = answerBehind;
  heardHead = 9;
  isFiling = false;
  const board = {
    now: () => ({ head: heardHead }),
    filing: (is: boolean) => void (isFiling = is),
  } as unknown as StatusBoard;
  pages = createOrderPages({ pageCache }, { send } as unknown as Exchange, board);
});

async function send(
  { path }: { readonly path: string },
  schema: z.ZodMiniType,
  _about: unknown,
  hear: (text: string) => void,
) {
  const from = Number(/after=(\d+)/.exec(path)?.[1]);
  asked.push(from);
  const raw = answer(from);
  if (raw.kind === 'http') hear(raw.text);
  return readReply(raw, schema, 0);
}

async function placesRead(after: number): Promise<number[]> {
  const reply = await pages.readAhead({ after, serverEpoch });
  if (reply.kind !== 'answer') throw new Error(reply.kind);
  return reply.value.events.map(({ g }) => g);
}

const placesFound = async (after: number) =>
  (await pages.find({ after, serverEpoch }))?.events.map(({ g }) => g);

describe('read ahead', () => {
  test('a page is asked for once, and found from any place in it', async () => {
    expect(await placesRead(0)).toEqual([1, 2, 3]);
    expect(await placesRead(3)).toEqual([4, 5, 6]);
    expect(await placesRead(0)).toEqual([1, 2, 3]);
    expect(await placesRead(4)).toEqual([5, 6]);
    expect(asked).toEqual([0, 3]);
  });

  test.each([
    ['a hole', [1, 3]],
    ['a place twice', [1, 1, 2]],
    ['a beginning further back', [2, 3]],
    ['nothing', []],
  ])('%s is not kept', async (_, places) => {
    answer = (after) => answerBehind(after, places);
    expect(await placesRead(0)).toEqual(places);
    expect(pageCache.pages).toEqual([]);
  });

  test('an answer of another endpoint is kept as that one’s', async () => {
    answer = () => answerWith({ serverEpoch: 'other', events: [{ g: 1, event: {} }], head: 1 });
    await placesRead(0);
    expect(pageCache.pages).toMatchObject([{ serverEpoch: 'other' }]);
    await placesRead(0);
    expect(asked).toEqual([0, 0]);
  });

  test('before the first hello nothing is looked for', async () => {
    await placesRead(0);
    await pages.readAhead({ after: 0, serverEpoch: null });
    expect(asked).toEqual([0, 0]);
  });

  test('silence is handed on, and nothing is kept', async () => {
    answer = () => ({ kind: 'failed', because: 'network' });
    expect(await pages.readAhead({ after: 0, serverEpoch })).toEqual({
      kind: 'unknown',
      because: 'no-answer',
    });
    expect(pageCache.pages).toEqual([]);
  });

  test.each(['', '<html>', '{"serverEpoch":"epoch-1"}'])(
    'kept text that is no answer (%s) is asked for anew',
    async (text) => {
      await pageCache.put({ serverEpoch, after: 0, through: 3, text });
      expect(await placesRead(0)).toEqual([1, 2, 3]);
      expect(await placesRead(0)).toEqual([1, 2, 3]);
      expect(asked).toEqual([0]);
    },
  );

  test('one page is written at a time, and the reading is one page further at most', async () => {
    const done: (() => void)[] = [];
    pageCache.put = () => new Promise((resolve) => done.push(resolve));
    await placesRead(0);
    const second = placesRead(3);
    const third = second.then(() => placesRead(6));
    await expect.poll(() => asked).toEqual([0, 3]);
    expect(done).toHaveLength(1);
    done[0]?.();
    await second;
    await expect.poll(() => asked).toEqual([0, 3, 6]);
    expect(done).toHaveLength(2);
    done[1]?.();
    expect(await third).toEqual([7, 8, 9]);
  });
});

describe('for the ledger', () => {
  test('what was kept is found, and the endpoint is not asked', async () => {
    await placesRead(0);
    expect(isFiling).toBe(false);
    expect(await placesFound(2)).toEqual([3]);
    expect(isFiling).toBe(true);
    expect(asked).toEqual([0]);
  });

  test('how far the order goes is what was said then, or what was heard since', async () => {
    await placesRead(0);
    heardHead = 12;
    expect(await pages.readAhead({ after: 0, serverEpoch })).toMatchObject({ value: { head: 9 } });
    expect(await pages.find({ after: 0, serverEpoch })).toMatchObject({ head: 12 });
    heardHead = 5;
    expect(await pages.find({ after: 0, serverEpoch })).toMatchObject({ head: 9 });
  });

  test('behind the last one all of it goes; a page that is missing in between costs none', async () => {
    await placesRead(0);
    await placesRead(6);
    expect(await placesFound(3)).toBeUndefined();
    expect(isFiling).toBe(false);
    expect(await placesFound(6)).toEqual([7, 8, 9]);
    expect(await placesFound(9)).toBeUndefined();
    expect(isFiling).toBe(false);
    expect(pageCache.pages).toEqual([]);
  });

  test('what the endpoint pulls for others keeps what is kept', async () => {
    await placesRead(0);
    await pages.pull(20);
    expect(await placesFound(0)).toEqual([1, 2, 3]);
  });

  test('an order that ends before it is another one', async () => {
    await placesRead(0);
    await pages.heard(3);
    expect(await placesFound(0)).toEqual([1, 2, 3]);
    await pages.heard(2);
    expect(await placesFound(0)).toBeUndefined();
  });
});
