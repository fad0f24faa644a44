import { describe, expect, test } from 'vitest';
import { MemoryEndpoint } from '#tests/fakes/memory-endpoint.ts';
import { MemoryPageCache } from '#tests/fakes/memory-page-cache.ts';
import { MemorySyncStore } from '#tests/fakes/memory-sync-store.ts';
import { HELLO, pathsOf, PULL, restedTill, standUp } from '#tests/fakes/loop-stand.ts';

const serverEpoch = 'epoch-1';
const LONGEST_WAIT_MS = 15 * 60 * 1000;

async function endpointWith(...ids: readonly string[]) {
  const endpoint = await MemoryEndpoint.open();
  const one = new MemorySyncStore('till-1');
  for (const id of ids) one.write(id);
  await restedTill(endpoint, { store: one });
  return endpoint;
}

/** Pages of so many events, as a till has kept them that read this endpoint's order. */
async function keep(endpoint: MemoryEndpoint, { each }: { readonly each: number }): Promise<MemoryPageCache> {
  const pageCache = new MemoryPageCache();
  const { shop } = endpoint;
  const { events, head } = await endpoint.store.pullEvents({ shop, after: 0, limit: 100 });
  for (let after = 0; after < events.length; after += each) {
    const page = events
      .slice(after, after + each)
      .map(({ g, json }) => ({ g, event: JSON.parse(json) as unknown }));
    const text = JSON.stringify({ serverEpoch, events: page, head });
    await pageCache.put({ serverEpoch, after, through: after + page.length, text });
  }
  return pageCache;
}

/** It has said hello before. */
function tillTwo(): MemorySyncStore {
  const store = new MemorySyncStore('till-2');
  store.kept = { ...store.kept, serverEpoch };
  return store;
}

function cut(endpoint: MemoryEndpoint): void {
  endpoint.interfere = () => ({ kind: 'failed', because: 'network' });
}

describe('what was kept of a long past', () => {
  test('goes into the ledger while nobody answers, and the rest follows', async () => {
    const endpoint = await endpointWith('a', 'b', 'c', 'd');
    const pageCache = await keep(await endpointWith('a', 'b', 'c'), { each: 2 });
    const store = tillTwo();
    cut(endpoint);
    const { loop, pass } = await standUp(endpoint, { till: 'till-2', store, pageCache });
    const take = store.takePage.bind(store);
    const shown: boolean[] = [];
    store.takePage = async (...page) => {
      shown.push(loop.status().isFiling);
      return await take(...page);
    };
    await loop.rested();
    expect(store.ids).toEqual(['a', 'b', 'c']);
    expect(loop.status()).toMatchObject({ phase: { kind: 'waiting' }, cursor: 3, isFiling: false });
    expect(shown).toEqual([true, true]);
    expect(pathsOf(endpoint, 'till-2')).not.toContain(PULL);
    endpoint.interfere = () => undefined;
    await pass(LONGEST_WAIT_MS);
    expect(store.ids).toEqual(['a', 'b', 'c', 'd']);
  });

  test('waits for nothing, and who wants to hear from the endpoint is heard in between', async () => {
    const endpoint = await endpointWith('a', 'b', 'c');
    const pageCache = await keep(endpoint, { each: 3 });
    const store = tillTwo();
    cut(endpoint);
    const { loop } = await standUp(endpoint, { till: 'till-2', store, pageCache, rows: 1 });
    const take = store.takePage.bind(store);
    const contacts: number[] = [];
    store.takePage = async (...page) => {
      loop.contactNow();
      contacts.push(pathsOf(endpoint, 'till-2').length);
      return await take(...page);
    };
    await loop.rested();
    expect(store.ids).toEqual(['a', 'b', 'c']);
    expect(contacts).toEqual([1, 2, 3]);
  });

  test('makes cards first: also at a till that is started anew without a line', async () => {
    const endpoint = await endpointWith('a', 'b', 'c');
    const pageCache = await keep(endpoint, { each: 2 });
    const store = tillTwo();
    store.isSnapshotWanted = true;
    cut(endpoint);
    const put = store.putSnapshot.bind(store);
    let placesThen = -1;
    store.putSnapshot = async (slice) => {
      placesThen = store.ids.length;
      return await put(slice);
    };
    const { loop } = await restedTill(endpoint, { till: 'till-2', store, pageCache });
    expect(store.snapshot).toMatchObject({ isWhole: true, cards: [{ member: 'member-1' }] });
    expect(placesThen).toBe(0);
    expect(store.ids).toEqual(['a', 'b', 'c']);
    expect(pathsOf(endpoint, 'till-2')).toEqual([HELLO]);
    expect(loop.status()).toMatchObject({ phase: { kind: 'waiting' }, snapshot: null });
  });

  test('waits where a part of it is missing: nobody is asked before it is time, and no page is lost', async () => {
    const endpoint = await endpointWith('a', 'b', 'c');
    const pageCache = await keep(endpoint, { each: 1 });
    pageCache.pages = pageCache.pages.slice(0, 2);
    const store = tillTwo();
    store.isSnapshotWanted = true;
    cut(endpoint);
    await restedTill(endpoint, { till: 'till-2', store, pageCache });
    expect(store.snapshot.isWhole).toBe(false);
    expect(store.ids).toEqual([]);
    expect(pathsOf(endpoint, 'till-2')).toEqual([HELLO]);
    expect(pageCache.pages).toHaveLength(2);
  });

  test('is not taken on by a till that was removed', async () => {
    const endpoint = await endpointWith('a', 'b', 'c');
    const pageCache = await keep(endpoint, { each: 1 });
    const store = tillTwo();
    const error = { code: 'revoked', message: '' };
    endpoint.interfere = () => ({
      kind: 'http',
      status: 403,
      retryAfter: null,
      text: JSON.stringify({ error }),
    });
    await restedTill(endpoint, { till: 'till-2', store, pageCache });
    expect(store.ids).toEqual([]);
  });

  test('is forgotten where the endpoint’s order ends before it', async () => {
    const pageCache = await keep(await endpointWith('a', 'b', 'c', 'd'), { each: 4 });
    const endpoint = await endpointWith('a', 'b');
    const store = tillTwo();
    await restedTill(endpoint, { till: 'till-2', store, pageCache });
    expect(store.ids).toEqual(['a', 'b']);
  });

  test('is forgotten where the endpoint was put back, though its order goes further by now', async () => {
    const pageCache = await keep(await endpointWith('a', 'b', 'c', 'd'), { each: 4 });
    const endpoint = await endpointWith('a', 'b', 'x', 'y', 'z');
    const store = tillTwo();
    store.isAnew = async () => true;
    await restedTill(endpoint, { till: 'till-2', store, pageCache });
    expect(store.ids).toEqual(['a', 'b', 'x', 'y', 'z']);
  });

  test('is forgotten where the store can’t take it: the next try asks the endpoint', async () => {
    const endpoint = await endpointWith('a', 'b');
    const pageCache = await keep(endpoint, { each: 2 });
    const store = tillTwo();
    const take = store.takePage.bind(store);
    let tries = 0;
    store.takePage = async (...page) => {
      tries += 1;
      if (tries === 1) throw new DOMException('full', 'QuotaExceededError');
      return await take(...page);
    };
    const { faults, pass } = await restedTill(endpoint, { till: 'till-2', store, pageCache });
    expect(faults).toHaveLength(1);
    expect(tries).toBe(1);
    expect(pageCache.pages).toEqual([]);
    await pass(LONGEST_WAIT_MS);
    expect(store.ids).toEqual(['a', 'b']);
    expect(pathsOf(endpoint, 'till-2')).toContain(PULL);
  });
});
