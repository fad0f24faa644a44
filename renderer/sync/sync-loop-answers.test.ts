import { describe, expect, test } from 'vitest';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { SendRequest } from '#renderer/platform/endpoint-link.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';
import { http, MemoryEndpoint, refusal } from '#tests/fakes/memory-endpoint.ts';
import { MemorySyncStore } from '#tests/fakes/memory-sync-store.ts';
import { answering, HELLO, PULL, PUSH, restedTill } from '#tests/fakes/loop-stand.ts';

describe('answers that are none', () => {
  test.each<[string, RawReply]>([
    ['nothing', { kind: 'failed', because: 'timeout' }],
    ['no network', { kind: 'failed', because: 'network' }],
    ['a captive portal', http(200, '<html><form>Room number</form></html>')],
    ['half an answer', http(200, '{"results":[{"id":"a"')],
    ['a proxy’s error', http(502, '<h1>Bad gateway</h1>')],
    ['our own error', refusal(500, 'internal')],
    ['somebody else’s 401', http(401, 'who are you')],
  ])('%s: the same again after a wait, nothing lost and nothing twice', async (_, reply) => {
    const endpoint = await MemoryEndpoint.open();
    const { store, loop, pass } = await restedTill(endpoint);
    let isBroken = true;
    endpoint.interfere = () => (isBroken ? reply : undefined);
    store.write('a');
    loop.nudge();
    await loop.rested();
    expect(loop.status().phase).toMatchObject({ kind: 'waiting', forMs: 1000 });
    expect(endpoint.feedCount).toBe(0);
    await pass(1000);
    expect(loop.status().phase).toMatchObject({ kind: 'waiting', forMs: 2000 });
    isBroken = false;
    await pass(2000);
    expect(store.ids).toEqual(['a']);
    expect(loop.status()).toMatchObject({ phase: { kind: 'idle' }, unsentEvents: 0 });
  });

  test('an answer that got lost on the way back settles with the next', async () => {
    const endpoint = await MemoryEndpoint.open();
    const { store, loop, pass } = await restedTill(endpoint);
    store.write('a');
    endpoint.interfere = async ({ method, path, body }) => {
      if (method !== 'POST' || path !== '/v1/events') return undefined;
      endpoint.interfere = () => undefined;
      const { events } = JSON.parse(body ?? '') as { events: unknown[] };
      await endpoint.store.acceptBatch({ shop: 'shop-1', till: '', events, atMs: 0 });
      return { kind: 'failed', because: 'network' };
    };
    loop.nudge();
    await loop.rested();
    expect(loop.status()).toMatchObject({ unsentEvents: 1, phase: { kind: 'waiting' } });
    await pass(1000);
    expect(store.ids).toEqual(['a']);
    expect((await endpoint.store.heads('shop-1')).head).toBe(1);
  });

  test('a line too slow for a full page or batch gets less of it each time, until it comes', async () => {
    const endpoint = await MemoryEndpoint.open();
    const store = new MemorySyncStore('till-1');
    for (let index = 0; index < 400; index += 1) store.write(`e${index}`);
    const isTooMuch = ({ path, body = '' }: SendRequest) =>
      body.length > 20_000 || Number(/limit=(\d+)/.exec(path)?.[1] ?? 0) > 200;
    endpoint.interfere = (request) =>
      isTooMuch(request) ? { kind: 'failed', because: 'timeout' } : undefined;
    const { pass } = await restedTill(endpoint, { store });
    await pass(60 * 60_000);
    expect(store.ids).toHaveLength(400);
  });

  test('busy: waits as long as it was asked to, and own events don’t change that', async () => {
    const endpoint = await MemoryEndpoint.open();
    const { store, loop, pass } = await restedTill(endpoint);
    answering(endpoint, PUSH, () => http(503, '', '120'));
    store.write('a');
    loop.nudge();
    await loop.rested();
    const { phase } = loop.status();
    expect(phase).toMatchObject({ kind: 'waiting', because: 'busy' });
    if (phase.kind === 'waiting') expect(phase.forMs).toBeGreaterThan(120_000);
    endpoint.interfere = () => undefined;
    const before = endpoint.asked.length;
    store.write('b');
    loop.nudge();
    loop.online();
    await pass(120_000);
    expect(endpoint.asked).toHaveLength(before);
    expect(loop.status().unsentEvents).toBe(2);
    expect(await loop.confirm('a' as EventId, 'member-1' as MemberId)).toBe('no-answer');
    await pass(60_000);
    expect(store.ids).toEqual(['a', 'b']);
  });

  test('429 waits as well', async () => {
    const endpoint = await MemoryEndpoint.open();
    answering(endpoint, PULL, () => http(429, '', '30'));
    const { loop } = await restedTill(endpoint);
    expect(loop.status().phase).toMatchObject({ kind: 'waiting', because: 'busy' });
  });

  test.each<[string, RawReply, object]>([
    ['an unknown token', refusal(401, 'not-signed-in'), { kind: 'paused' }],
    ['a revoked till', refusal(403, 'revoked'), { kind: 'stopped', because: 'revoked' }],
    ['an app that is too old', refusal(426, 'app-too-old'), { kind: 'stopped', because: 'too-old' }],
    ['TLS that does not hold', { kind: 'failed', because: 'tls' }, { kind: 'stopped', because: 'tls' }],
  ])('%s: ends until a manager asks, and the queue stays', async (_, reply, phase) => {
    const endpoint = await MemoryEndpoint.open();
    const { store, loop, pass } = await restedTill(endpoint);
    endpoint.interfere = () => reply;
    store.write('a');
    loop.nudge();
    await loop.rested();
    expect(loop.status()).toMatchObject({ phase, unsentEvents: 1 });
    expect(store.alarms).toHaveLength(1);
    expect(endpoint.feedCount).toBe(0);
    endpoint.interfere = () => undefined;
    const before = endpoint.asked.length;
    loop.nudge();
    await pass(24 * 60 * 60 * 1000);
    expect(endpoint.asked).toHaveLength(before);
    loop.contactNow();
    await loop.rested();
    expect(store.ids).toEqual(['a']);
  });

  test('a hello that says we were revoked stops too', async () => {
    const endpoint = await MemoryEndpoint.open();
    const answer = {
      serverEpoch: 'epoch-1',
      time: 0,
      streams: [],
      head: 0,
      docHead: 0,
      minApp: '0',
      flags: ['revoked'],
    };
    answering(endpoint, HELLO, () => http(200, answer));
    const { loop } = await restedTill(endpoint);
    expect(loop.status().phase).toEqual({ kind: 'stopped', because: 'revoked' });
  });

  test('the network is back: at once', async () => {
    const endpoint = await MemoryEndpoint.open();
    endpoint.interfere = () => ({ kind: 'failed', because: 'network' });
    const { loop, store, timers } = await restedTill(endpoint);
    store.write('a');
    endpoint.interfere = () => undefined;
    loop.online();
    await loop.rested();
    expect(store.ids).toEqual(['a']);
    expect(timers.nowMs).toBe(0);
  });

  test('"sync now" does not wait', async () => {
    const endpoint = await MemoryEndpoint.open();
    endpoint.interfere = () => http(503, '', '3600');
    const { loop, store } = await restedTill(endpoint);
    store.write('a');
    endpoint.interfere = () => undefined;
    loop.contactNow();
    await loop.rested();
    expect(store.ids).toEqual(['a']);
  });
});
