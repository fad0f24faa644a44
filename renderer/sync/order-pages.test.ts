import { beforeEach, expect, test } from 'vitest';
import { MemoryPageCache } from '#tests/fakes/memory-page-cache.ts';
import { readReply, type RawReply } from '#shared/sync/read-reply.ts';
import type * as z from 'zod/mini';
import type { Exchange } from './exchange.ts';
import { createOrderPages } from './order-pages.ts';
import type { StatusBoard } from './status-board.ts';

const SERVER_EPOCH = 'epoch-1';
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
  return answerWith({ serverEpoch: SERVER_EPOCH, events, head: 9 });
}

let pageCache: MemoryPageCache;
let asked: number[];
let answer: (after: number) => RawReply;
let heardHead: number;
let isFiling: boolean;

beforeEach(() => {
  pageCache = new MemoryPageCache();
  asked = [];
  answer = answerBehind;
  heardHead = 9;
  isFiling = false;
});

function ask(after: number, isKept: boolean, serverEpoch: string | null = SERVER_EPOCH) {
  const send = async (
    { path }: { readonly path: string },
    schema: z.ZodMiniType,
    _about: unknown,
    hear: (text: string) => void,
  ) => {
    const from = Number(/after=(\d+)/.exec(path)?.[1]);
    asked.push(from);
    const raw = answer(from);
    const reply = readReply(raw, schema, 0);
    if (reply.kind === 'answer' && raw.kind === 'http') hear(raw.text);
    return reply;
  };
  const board = {
    now: () => ({ head: heardHead }),
    filing: (is: boolean) => void (isFiling = is),
  } as unknown as StatusBoard;
  return createOrderPages({ pageCache }, { send } as unknown as Exchange, board).ask({
    after,
    serverEpoch,
    isKept,
  });
}

async function placesOf(asking: ReturnType<typeof ask>): Promise<number[]> {
  const reply = await asking;
  if (reply.kind !== 'answer') throw new Error(reply.kind);
  return reply.value.events.map(({ g }) => g);
}

test('what is kept is asked for once, and read from any place in it', async () => {
  expect(await placesOf(ask(0, true))).toEqual([1, 2, 3]);
  expect(await placesOf(ask(0, true))).toEqual([1, 2, 3]);
  expect(isFiling).toBe(false);
  expect(await placesOf(ask(2, false))).toEqual([3]);
  expect(isFiling).toBe(true);
  expect(asked).toEqual([0]);
});

test('how far the order goes is what was said then, and in the last reading what was heard since', async () => {
  await ask(0, true);
  heardHead = 12;
  expect(await ask(0, true)).toMatchObject({ value: { head: 9 } });
  expect(await ask(0, false)).toMatchObject({ value: { head: 12 } });
  heardHead = 5;
  expect(await ask(0, false)).toMatchObject({ value: { head: 9 } });
});

test('the last reading keeps nothing, and ends the keeping behind what was kept', async () => {
  await ask(0, true);
  await ask(0, false);
  expect(await placesOf(ask(3, false))).toEqual([4, 5, 6]);
  expect(isFiling).toBe(false);
  expect(pageCache.pages).toEqual([]);
  expect(await placesOf(ask(3, false))).toEqual([4, 5, 6]);
  expect(asked).toEqual([0, 3, 3]);
});

test.each([
  ['a hole', [1, 3]],
  ['a place twice', [1, 1, 2]],
  ['a beginning further back', [2, 3]],
  ['nothing', []],
])('%s is not kept', async (_, places) => {
  answer = (after) => answerBehind(after, places);
  expect(await placesOf(ask(0, true))).toEqual(places);
  expect(pageCache.pages).toEqual([]);
});

test('an answer of another endpoint is kept as that one’s', async () => {
  answer = () => answerWith({ serverEpoch: 'other', events: [{ g: 1, event: {} }], head: 1 });
  await ask(0, true);
  expect(pageCache.pages).toMatchObject([{ serverEpoch: 'other' }]);
  await ask(0, true);
  expect(asked).toEqual([0, 0]);
});

test('before the first hello nothing is looked for', async () => {
  await ask(0, true);
  await ask(0, true, null);
  expect(asked).toEqual([0, 0]);
});

test('a refusal and silence are handed on, and nothing is kept', async () => {
  answer = () => ({ kind: 'failed', because: 'network' });
  expect(await ask(0, true)).toEqual({ kind: 'unknown', because: 'no-answer' });
  expect(pageCache.pages).toEqual([]);
});

test.each(['', '<html>', '{"serverEpoch":"epoch-1"}'])(
  'kept text that is no answer (%s) is asked for anew',
  async (text) => {
    await pageCache.put({ serverEpoch: SERVER_EPOCH, after: 0, through: 3, text });
    expect(await placesOf(ask(0, true))).toEqual([1, 2, 3]);
    expect(await placesOf(ask(0, true))).toEqual([1, 2, 3]);
    expect(asked).toEqual([0]);
  },
);
