import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MAX_BATCH_BYTES } from '#shared/sync/wire.ts';
import { ROUTES } from '#server/http/routes.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import { createTestEndpoint, send, push } from './test-endpoint.ts';

describe('bodies', () => {
  const bad: [name: string, body: string | Uint8Array, headers: Record<string, string>, status: number][] = [
    ['nothing', '', {}, 400],
    ['no JSON', '{"batch":', {}, 400],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), {}, 400],
    ['too deep', '['.repeat(200) + ']'.repeat(200), {}, 400],
    ['too large', `"${'x'.repeat(MAX_BATCH_BYTES)}"`, {}, 413],
    ['announced too large', '{}', { 'Content-Length': String(MAX_BATCH_BYTES + 1) }, 413],
    [
      'a small file that unzips to a large one',
      gzipSync(' '.repeat(50_000_000)),
      { 'Content-Encoding': 'gzip' },
      413,
    ],
    ['no gzip', 'x', { 'Content-Encoding': 'gzip' }, 400],
    ['half a gzip', gzipSync('{}').subarray(0, 12), { 'Content-Encoding': 'gzip' }, 400],
    ['another encoding', 'x', { 'Content-Encoding': 'br' }, 415],
    ['no events', '{"batch":"b","events":[]}', {}, 400],
    [
      'too many events',
      JSON.stringify({ batch: 'b', events: Array.from({ length: 501 }, () => 1) }),
      {},
      400,
    ],
  ];
  test.each(bad)('%s', async (_name, body, headers, status) => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    expect(await endpoint.ask('pushEvents', { token, body, headers })).toMatchObject({ status });
    expect(await endpoint.store.heads('shop-1')).toEqual({ head: 0, docHead: 0 });
  });

  test('an event that nests without end', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    const body = `{"batch":"b","events":[${'['.repeat(100_000)}${']'.repeat(100_000)}]}`;
    expect(await endpoint.ask('pushEvents', { token, body })).toMatchObject({
      status: 400,
      code: 'not-json',
    });
  });

  test('brackets inside a text are no depth, and gzip is read', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    const text = JSON.stringify({ batch: 'b', events: [`\\"${'[{'.repeat(200)}\\`] });
    const answer = await endpoint.ask('pushEvents', {
      token,
      body: gzipSync(text),
      headers: { 'Content-Encoding': 'GZIP' },
    });
    expect(answer.body).toMatchObject({ results: [{ status: 'refused', code: 'malformed' }] });
  });

  test('a long answer is gzipped for who takes it', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    await push(endpoint, token, visitsOf({ stream: 'a', count: 20 }));
    const get = (accepts: string) =>
      send(endpoint.app, ROUTES.pullEvents, { token, headers: { 'Accept-Encoding': accepts } });
    const zipped = await get('br, gzip');
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(JSON.parse(gunzipSync(await zipped.arrayBuffer()).toString())).toMatchObject({ head: 20 });
    for (const accepts of ['', 'gzip;q=0', 'br']) {
      const plain = await get(accepts);
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(await plain.json()).toMatchObject({ head: 20 });
    }
  });
});
