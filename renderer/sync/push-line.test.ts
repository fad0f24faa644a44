import { expect, test } from 'vitest';
import { MemoryEndpoint } from '#tests/fakes/memory-endpoint.ts';
import { MemorySyncStore } from '#tests/fakes/memory-sync-store.ts';
import { pathsOf, PUSH, restedTill, standUp } from '#tests/fakes/loop-stand.ts';

const BATCH = 500;

/** Holds the first batch back until `go`. */
function holdFirst(endpoint: MemoryEndpoint): { readonly go: () => void } {
  let go = (): void => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  let pushes = 0;
  endpoint.interfere = async ({ method, path }) => {
    if (`${method} ${path}` === PUSH && (pushes += 1) === 1) await held;
    return undefined;
  };
  return { go: () => go() };
}

const pushesOf = (endpoint: MemoryEndpoint) => pathsOf(endpoint).filter((path) => path === PUSH).length;

async function orderAt({ store, shop }: MemoryEndpoint): Promise<readonly string[]> {
  const { events } = await store.pullEvents({ shop, after: 0, limit: 5000 });
  return events.map(({ json }) => (JSON.parse(json) as { readonly id: string }).id);
}

test('while a full batch is on its way the next one is too; should it come first, nothing overtakes', async () => {
  const endpoint = await MemoryEndpoint.open();
  const store = new MemorySyncStore('till-1');
  const ids = Array.from({ length: 2 * BATCH + 100 }, (_, index) => `e${index}`);
  for (const id of ids) store.write(id);
  const { go } = holdFirst(endpoint);
  const { loop } = await standUp(endpoint, { store });
  await expect.poll(() => pushesOf(endpoint)).toBe(2);
  expect(await orderAt(endpoint)).toEqual([]);
  go();
  await loop.rested();
  expect(await orderAt(endpoint)).toEqual(ids);
  expect(loop.status()).toMatchObject({ unsentEvents: 0, cursor: ids.length });
});

test('a stream that begins waits until all before it is settled', async () => {
  const endpoint = await MemoryEndpoint.open();
  const store = new MemorySyncStore('till-1');
  const before = Array.from({ length: BATCH }, (_, index) => `a${index}`);
  for (const id of before) store.write(id);
  store.beginStream('stream-b');
  store.write('b');
  const { go } = holdFirst(endpoint);
  const { loop } = await standUp(endpoint, { store });
  await expect.poll(() => pushesOf(endpoint)).toBe(1);
  // As much as it takes to read a queue.
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  expect(pushesOf(endpoint)).toBe(1);
  go();
  await loop.rested();
  expect(await orderAt(endpoint)).toEqual([...before, 'b']);
});

test('while somebody stands at the counter one batch is on its way, and the next one follows its answer', async () => {
  const endpoint = await MemoryEndpoint.open();
  const store = new MemorySyncStore('till-1');
  const ids = Array.from({ length: 2 * BATCH }, (_, index) => `e${index}`);
  for (const id of ids) store.write(id);
  const { go } = holdFirst(endpoint);
  const { loop } = await standUp(endpoint, { store, isBusy: () => true });
  await expect.poll(() => pushesOf(endpoint)).toBe(1);
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  expect(pushesOf(endpoint)).toBe(1);
  go();
  await loop.rested();
  expect(await orderAt(endpoint)).toEqual(ids);
});

test('the line breaks with two on their way: everything arrives once', async () => {
  const endpoint = await MemoryEndpoint.open();
  const store = new MemorySyncStore('till-1');
  const ids = Array.from({ length: 3 * BATCH }, (_, index) => `e${index}`);
  for (const id of ids) store.write(id);
  let pushes = 0;
  endpoint.interfere = ({ method, path }) =>
    `${method} ${path}` === PUSH && (pushes += 1) <= 2 ? { kind: 'failed', because: 'network' } : undefined;
  const { loop, pass } = await restedTill(endpoint, { store });
  expect(loop.status().phase.kind).toBe('waiting');
  await pass(60_000);
  expect(await orderAt(endpoint)).toEqual(ids);
  expect(loop.status()).toMatchObject({ unsentEvents: 0, cursor: ids.length });
});
