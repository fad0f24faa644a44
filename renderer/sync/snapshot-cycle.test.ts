import { describe, expect, test } from 'vitest';
import { http, MemoryEndpoint, refusal } from '#tests/fakes/memory-endpoint.ts';
import { MemoryPageCache } from '#tests/fakes/memory-page-cache.ts';
import { MemorySyncStore } from '#tests/fakes/memory-sync-store.ts';
import { HELLO, pathsOf, PULL, restedTill, standUp } from '#tests/fakes/loop-stand.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';

const FAR_AWAY = 30_000;

/** An endpoint with a past, whose first page says that far more is to come. */
async function longPast(
  answer: (times: number) => RawReply | undefined = () => undefined,
  { saysHello = false } = {},
) {
  const endpoint = await MemoryEndpoint.open();
  const one = new MemorySyncStore('till-1');
  for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) one.write(id, `member-${index % 2}`);
  await restedTill(endpoint, { store: one });
  const serverEpoch = await endpoint.store.epoch();
  const { events } = await endpoint.store.pullEvents({ shop: endpoint.shop, after: 0, limit: 1 });
  const page = events.map(({ g, json }) => ({ g, event: JSON.parse(json) as unknown }));
  const docHead = 0;
  const hello = { serverEpoch, time: 0, streams: [], head: FAR_AWAY, docHead, minApp: '0', flags: [] };
  let times = 0;
  endpoint.interfere = ({ method, path }) => {
    const route = `${method} ${path.split('?')[0]}`;
    if (route === HELLO && saysHello) return http(200, hello);
    if (route !== PULL) return undefined;
    times += 1;
    return times === 1 ? http(200, { serverEpoch, events: page, head: FAR_AWAY }) : answer(times);
  };
  const store = new MemorySyncStore('till-2');
  store.isSnapshotWanted = true;
  return { endpoint, one, store };
}

describe('a long past is read ahead', () => {
  test('behind its first page and the documents, and then all of it comes', async () => {
    const { endpoint, one, store } = await longPast();
    const till = await standUp(endpoint, { till: 'till-2', store, rows: 1 });
    const shown: unknown[] = [];
    const put = store.putSnapshot.bind(store);
    store.putSnapshot = async (slice) => {
      shown.push(till.loop.status().snapshot);
      return await put(slice);
    };
    await till.loop.rested();
    expect(pathsOf(endpoint, 'till-2')).toEqual([HELLO, PULL, 'GET /v1/profiles', PULL, PULL]);
    expect(store.snapshot.isWhole).toBe(true);
    expect(store.snapshot.cards.map(({ member }) => member)).toEqual(['member-0', 'member-1']);
    expect(store.ids).toEqual(one.ids);
    expect(shown).toEqual([
      { done: 4, total: 24 },
      { done: 14, total: 24 },
    ]);
    expect(till.loop.status().snapshot).toBeNull();
  });

  test('without an answer it waits, and goes on where it was', async () => {
    const { endpoint, one, store } = await longPast(
      (times) => (times === 2 ? { kind: 'failed', because: 'network' } : undefined),
      { saysHello: true },
    );
    const { loop, pass } = await restedTill(endpoint, { till: 'till-2', store });
    expect(loop.status().phase).toMatchObject({ kind: 'waiting' });
    expect(store.snapshot.isWhole).toBe(false);
    await pass(1000);
    expect(store.snapshot.isWhole).toBe(true);
    expect(store.ids).toEqual(one.ids);
  });

  test.each<[string, RawReply]>([
    ['a refusal', refusal(400, 'bad-request')],
    ['nothing more, though there should be', http(200, { serverEpoch: 'epoch-1', events: [], head: 4 })],
    ['a hole', http(200, { serverEpoch: 'epoch-1', events: [{ g: 3, event: {} }], head: 4 })],
    ['another endpoint', http(200, { serverEpoch: 'other', events: [{ g: 1, event: {} }], head: 4 })],
  ])('%s: the past comes without it', async (_, reply) => {
    const { endpoint, one, store } = await longPast((times) => (times === 2 ? reply : undefined));
    const { loop } = await restedTill(endpoint, { till: 'till-2', store });
    expect(store.snapshot).toMatchObject({ cards: [], isWhole: false });
    expect(store.ids).toEqual(one.ids);
    expect(loop.status()).toMatchObject({ phase: { kind: 'idle' }, snapshot: null });
  });

  test('an endpoint that has far less all of a sudden ends it', async () => {
    const { endpoint, one, store } = await longPast((times) =>
      times === 2 ? { kind: 'failed', because: 'network' } : undefined,
    );
    const { loop, pass } = await restedTill(endpoint, { till: 'till-2', store });
    await pass(1000);
    expect(store.snapshot.isWhole).toBe(false);
    expect(store.ids).toEqual(one.ids);
    expect(loop.status().snapshot).toBeNull();
  });

  test.each([1, 2, 3])('a store that fails at write %i gets the rest afterwards', async (failing) => {
    const { endpoint, store } = await longPast(undefined, { saysHello: true });
    let writes = 0;
    const begin = store.beginSnapshot.bind(store);
    const put = store.putSnapshot.bind(store);
    const failOnce = () => {
      writes += 1;
      if (writes === failing) throw new DOMException('full', 'QuotaExceededError');
    };
    store.beginSnapshot = async (request) => {
      failOnce();
      return await begin(request);
    };
    store.putSnapshot = async (slice) => {
      failOnce();
      return await put(slice);
    };
    const { faults, pass } = await restedTill(endpoint, { till: 'till-2', store, rows: 1 });
    expect(faults).toHaveLength(1);
    expect(store.snapshot.isWhole).toBe(false);
    await pass(1000);
    expect(store.snapshot.cards.map(({ member }) => member)).toEqual(['member-0', 'member-1']);
    expect(store.snapshot.isWhole).toBe(true);
  });

  test('each page crosses the wire once: the ledger comes from what was kept, also where the line breaks', async () => {
    const { endpoint, one, store } = await longPast((times) =>
      times > 2 ? { kind: 'failed', because: 'network' } : undefined,
    );
    const { loop } = await restedTill(endpoint, { till: 'till-2', store });
    expect(store.snapshot.isWhole).toBe(true);
    expect(store.ids).toEqual(one.ids);
    expect(loop.status().phase).toMatchObject({ kind: 'waiting' });
  });

  test('read once, its cards are written also where the line breaks before', async () => {
    const { endpoint, one, store } = await longPast();
    const { loop } = await standUp(endpoint, { till: 'till-2', store, rows: 1 });
    const begin = store.beginSnapshot.bind(store);
    store.beginSnapshot = async (request) => {
      endpoint.interfere = () => ({ kind: 'failed', because: 'network' });
      loop.contactNow();
      return await begin(request);
    };
    await loop.rested();
    expect(loop.status().phase).toMatchObject({ kind: 'waiting' });
    expect(store.snapshot).toMatchObject({ isWhole: true, cards: [{}, {}] });
    expect(store.ids).toEqual(one.ids);
  });

  test('kept pages that the store can do nothing with are asked for anew', async () => {
    const { endpoint, one, store } = await longPast();
    const serverEpoch = await endpoint.store.epoch();
    const events = [1, 2, 3, 4].map((g) => ({ g, event: {} }));
    const pageCache = new MemoryPageCache();
    const till = await standUp(endpoint, { till: 'till-2', store, pageCache });
    const put = store.putSnapshot.bind(store);
    store.putSnapshot = async (slice) => {
      const text = JSON.stringify({ serverEpoch, events: events.slice(2), head: 1 });
      await pageCache.put({ serverEpoch, after: 0, through: 4, text });
      return await put(slice);
    };
    await till.loop.rested();
    await till.pass(1000);
    expect(store.ids).toEqual(one.ids);
  });

  test('made anew by another window meanwhile, it begins again', async () => {
    const { endpoint, store } = await longPast(undefined, { saysHello: true });
    const put = store.putSnapshot.bind(store);
    let isGone = true;
    store.putSnapshot = async (slice) => {
      if (isGone) store.snapshot.id = undefined;
      isGone = false;
      return await put(slice);
    };
    await restedTill(endpoint, { till: 'till-2', store, rows: 1 });
    expect(store.snapshot).toMatchObject({ isWhole: true });
    expect(store.snapshot.cards).toHaveLength(2);
  });
});
