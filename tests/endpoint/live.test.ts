import { expect, test } from 'vitest';
import { visitsOf } from '#tests/fakes/visits.ts';
import { createTestEndpoint, type TestEndpoint } from './test-endpoint.ts';

async function open(endpoint: TestEndpoint, token: string) {
  const { body } = await endpoint.ask('live', { token });
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  return {
    next: async () => {
      const { done, value } = await reader.read();
      return done ? 'end' : new TextDecoder().decode(value);
    },
    cancel: () => reader.cancel(),
  };
}

const heads = (head: number, docHead: number) =>
  `event: heads\ndata: {"head":${head},"docHead":${docHead}}\n\n`;

test('a live feed says where the feeds end, at once and at every change', async () => {
  const endpoint = createTestEndpoint();
  const token = await endpoint.pair('till-1');
  const feed = await open(endpoint, token);
  expect(await feed.next()).toBe(': open\n\n');
  expect(await feed.next()).toBe(heads(0, 0));
  await endpoint.ask('pushEvents', {
    token,
    body: { batch: 'b', events: visitsOf({ stream: 'a', count: 2 }) },
  });
  expect(await feed.next()).toBe(heads(2, 0));
  await endpoint.ask('pushProfiles', { token, body: { docs: [{ member: 'm', hlc: '1', sealed: 'x' }] } });
  expect(await feed.next()).toBe(heads(2, 1));
});

test('what another process wrote is found by asking the store', async () => {
  const endpoint = createTestEndpoint();
  const feed = await open(endpoint, await endpoint.pair('till-1'));
  await feed.next();
  await feed.next();
  await endpoint.store.acceptBatch({
    shop: 'shop-1',
    till: 'till-1',
    events: visitsOf({ stream: 'a', count: 1 }),
    atMs: 0,
  });
  await endpoint.app.live.poll();
  expect(await feed.next()).toBe(heads(1, 0));
});

test('a heartbeat keeps it open; a revoked till’s ends', async () => {
  const endpoint = createTestEndpoint();
  const feed = await open(endpoint, await endpoint.pair('till-1'));
  await feed.next();
  await feed.next();
  await endpoint.app.beat();
  expect(await feed.next()).toBe(': beat\n\n');
  await endpoint.store.revokeTill({ shop: 'shop-1', till: 'till-1', atMs: 0 });
  await endpoint.app.beat();
  expect(await feed.next()).toBe('end');
});

test('a stop ends every feed, and the oldest of too many ends', async () => {
  const endpoint = createTestEndpoint();
  const token = await endpoint.pair('till-1');
  const feeds = [];
  for (let count = 0; count < 4; count += 1) feeds.push(await open(endpoint, token));
  const first = feeds[0];
  while ((await first?.next()) !== 'end');
  await feeds[1]?.cancel();
  expect((await endpoint.ask('metrics')).body).toContain('tenpunch_live_connections 2\n');
  endpoint.app.stop();
  for (const feed of feeds.slice(2)) while ((await feed.next()) !== 'end');
  expect((await endpoint.ask('metrics')).body).toContain('tenpunch_live_connections 0\n');
});
