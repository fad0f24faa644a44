import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MAX_BATCH_BYTES, SYNC_FILE_FORMAT } from '#shared/sync/wire.ts';
import { readConfig } from '#server/config.ts';
import { openApiDocument } from '#server/http/open-api.ts';
import { ROUTES, type RouteName } from '#server/http/routes.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import { createTestEndpoint, ENDPOINT_NOW, send, type TestEndpoint } from './test-endpoint.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const hello = (till: string, streams: readonly unknown[] = []) => ({
  till,
  app: '1.0.0',
  schemaEpoch: 1,
  streams,
  cursor: 0,
  docCursor: 0,
});
const push = (endpoint: TestEndpoint, token: string, events: readonly unknown[]) =>
  endpoint.ask('pushEvents', { token, body: { batch: 'batch-1', events } });

describe('pairing', () => {
  test('a code as typed pairs a till, and its token works', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    const { body } = await endpoint.ask('addPairingCode', { token });
    const { code } = body as { code: string };
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    const typed = ` ${code.toLowerCase().replace('-', '')} `.replaceAll('0', 'o').replaceAll('1', 'l');
    const paired = await endpoint.ask('pair', {
      body: { code: typed, till: 'till-2', name: 'Back', app: '1.0.0' },
    });
    expect(paired.body).toMatchObject({ shop: 'shop-1' });
    const { token: second } = paired.body as { token: string };
    expect((await endpoint.ask('listTills', { token: second })).body).toMatchObject({
      tills: [{ till: 'till-1' }, { till: 'till-2', name: 'Back', revokedAt: null }],
    });
  });

  test('a wrong code, an old one and a foreign ledger are told apart', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    const till = { till: 'till-2', name: 'Back', app: '1.0.0' };
    expect(await endpoint.ask('pair', { body: { ...till, code: 'WRONG' } })).toMatchObject({
      status: 403,
      code: 'bad-code',
    });
    const { code } = (await endpoint.ask('addPairingCode', { token })).body as { code: string };
    expect(await endpoint.ask('pair', { body: { ...till, code, shop: 'shop-9' } })).toMatchObject({
      status: 409,
      code: 'other-shop',
    });
    endpoint.clock.nowMs += DAY_MS;
    expect(await endpoint.ask('pair', { body: { ...till, code } })).toMatchObject({
      status: 403,
      code: 'bad-code',
    });
  });

  test('guessing codes and tokens is slowed down, for that address only', async () => {
    const endpoint = createTestEndpoint();
    const body = { code: 'WRONG', till: 'till-2', name: 'Back', app: '1.0.0' };
    for (let tries = 0; tries < 20; tries += 1) await endpoint.ask('pair', { body });
    const limited = await endpoint.ask('pair', { body });
    expect(limited).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect(limited.headers.get('retry-after')).toBe('5');
    expect(await endpoint.ask('listTills', { token: 'guess' })).toMatchObject({ status: 429 });
    expect(await endpoint.ask('pair', { body, address: '192.0.2.2' })).toMatchObject({ status: 403 });
    endpoint.clock.nowMs += 5000;
    expect(await endpoint.ask('pair', { body })).toMatchObject({ status: 403 });
  });
});

test.each(['.', '..'])('no till is called %s, which no address can name', async (till) => {
  const endpoint = createTestEndpoint();
  await endpoint.pair('till-1');
  const body = { code: 'CODE-till-1', till, name: 'Front', app: '1.0.0' };
  expect(await endpoint.ask('pair', { body })).toMatchObject({ status: 400, code: 'bad-request' });
});

describe('who may ask', () => {
  const FOR_TILLS = Object.entries(ROUTES).flatMap(([name, { auth }]) =>
    auth === 'till' || auth === 'revoked-too' ? [name as RouteName] : [],
  );

  test.each(FOR_TILLS)('%s needs a token', async (name) => {
    const endpoint = createTestEndpoint();
    for (const token of [undefined, 'wrong', '', 'a b', 'x'.repeat(4000)])
      expect(await endpoint.ask(name, { token, params: { till: 'a' } })).toMatchObject({
        status: 401,
        code: 'not-signed-in',
      });
  });

  test('a revoked till is told so, and what of it is safe, and nothing else', async () => {
    const endpoint = createTestEndpoint();
    const [token, other] = [await endpoint.pair('till-1'), await endpoint.pair('till-2')];
    await push(endpoint, token, visitsOf({ stream: 'a', count: 2 }));
    expect((await endpoint.ask('revokeTill', { token: other, params: { till: 'till-1' } })).body).toEqual({
      till: 'till-1',
      status: 'revoked',
    });
    expect(await push(endpoint, token, visitsOf({ stream: 'b', count: 1 }))).toMatchObject({
      status: 403,
      code: 'revoked',
    });
    const streams = [{ stream: 'a', lastSeq: 2, link: visitsOf({ stream: 'a', count: 2 })[1]?.link }];
    expect((await endpoint.ask('hello', { token, body: hello('till-1', streams) })).body).toMatchObject({
      flags: ['revoked'],
      streams: [{ stream: 'a', lastSeq: 2 }],
    });
    expect(await endpoint.ask('revokeTill', { token: other, params: { till: '%00' } })).toMatchObject({
      status: 404,
    });
  });

  test('no shop reads, writes or learns of another', async () => {
    const endpoint = createTestEndpoint();
    const [ours, theirs] = [await endpoint.pair('till-1'), await endpoint.pair('till-2', 'shop-2')];
    await push(endpoint, theirs, visitsOf({ stream: 'a', count: 3, shop: 'shop-2' }));
    await endpoint.ask('pushProfiles', {
      token: theirs,
      body: { docs: [{ member: 'm', hlc: '1', sealed: 'x' }] },
    });
    expect((await endpoint.ask('pullEvents', { token: ours })).body).toMatchObject({ events: [], head: 0 });
    expect((await endpoint.ask('pullProfiles', { token: ours })).body).toEqual({ docs: [], docHead: 0 });
    expect((await endpoint.ask('listTills', { token: ours })).body).toMatchObject({
      tills: [{ till: 'till-1' }],
    });
    const streams = [{ stream: 'a', lastSeq: 0, link: '' }];
    expect((await endpoint.ask('hello', { token: ours, body: hello('till-1', streams) })).body).toMatchObject(
      { streams: [] },
    );
    expect(await endpoint.ask('revokeTill', { token: ours, params: { till: 'till-2' } })).toMatchObject({
      status: 404,
    });
    const file = { format: SYNC_FILE_FORMAT, shop: 'shop-2', till: 'till-2', batches: [] };
    expect(await endpoint.ask('importSyncFile', { token: ours, body: file })).toMatchObject({
      status: 409,
      code: 'other-shop',
    });
  });

  test('an old app is sent away, after hello told it which one is needed', async () => {
    const endpoint = createTestEndpoint({ minApp: '1.10.0' });
    const token = await endpoint.pair('till-1');
    expect((await endpoint.ask('hello', { token, body: hello('till-1') })).body).toMatchObject({
      minApp: '1.10.0',
    });
    expect(await endpoint.ask('pullEvents', { token })).toMatchObject({ status: 426, code: 'app-too-old' });
    await endpoint.ask('hello', { token, body: { ...hello('till-1'), app: '1.10.0-beta' } });
    expect(await endpoint.ask('pullEvents', { token })).toMatchObject({ status: 200 });
  });

  test('a token is for its own till', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    expect(await endpoint.ask('hello', { token, body: hello('till-2') })).toMatchObject({
      status: 403,
      code: 'other-till',
    });
  });
});

describe('events', () => {
  test('what one till pushes another pulls, page by page', async () => {
    const endpoint = createTestEndpoint();
    const [token, other] = [await endpoint.pair('till-1'), await endpoint.pair('till-2')];
    const events = visitsOf({ stream: 'a', count: 3 });
    expect((await push(endpoint, token, events)).body).toMatchObject({
      results: events.map(({ id }, index) => ({ id, status: 'ok', g: index + 1 })),
    });
    expect((await endpoint.ask('pullEvents', { token: other, query: '?after=1&limit=1' })).body).toEqual({
      serverEpoch: 'epoch-1',
      events: [{ g: 2, event: events[1] }],
      head: 3,
    });
  });

  test('a restored endpoint takes nothing from a till that does not know it yet', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    const events = visitsOf({ stream: 'a', count: 1 });
    const docs = [{ member: 'm', hlc: '1', sealed: 'x' }];
    const offer = async (serverEpoch: string | undefined) => {
      const epoch = serverEpoch === undefined ? {} : { serverEpoch };
      const pushed = await endpoint.ask('pushEvents', { token, body: { batch: 'b', events, ...epoch } });
      const put = await endpoint.ask('pushProfiles', { token, body: { docs, ...epoch } });
      return [pushed.status, pushed.code, put.status, put.code];
    };
    expect(await offer('epoch-0')).toEqual([409, 'other-epoch', 409, 'other-epoch']);
    expect(await endpoint.store.heads('shop-1')).toEqual({ head: 0, docHead: 0 });
    expect(await offer('epoch-1')).toEqual([200, undefined, 200, undefined]);
    // One that has never said hello has nothing to be mistaken about.
    expect(await offer(undefined)).toEqual([200, undefined, 200, undefined]);
  });

  test('hello says where a till is behind, and where another one writes its stream', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    const events = visitsOf({ stream: 'a', count: 3 });
    await push(endpoint, token, events);
    const flagsFor = async (lastSeq: number, link: string | undefined) => {
      const body = hello('till-1', [{ stream: 'a', lastSeq, link }]);
      return ((await endpoint.ask('hello', { token, body })).body as { flags: string[] }).flags;
    };
    expect(await flagsFor(3, events[2]?.link)).toEqual([]);
    expect(await flagsFor(4, 'f'.repeat(64))).toEqual([]);
    expect(await flagsFor(2, events[1]?.link)).toEqual(['behind']);
    expect(await flagsFor(3, 'f'.repeat(64))).toEqual(['fork']);
  });

  test.each(['?after=-1', '?after=x', '?after=1.5', '?limit=0', '?limit=5001', '?after=1e99', '?limit=NaN'])(
    'a page at %s is refused',
    async (query) => {
      const endpoint = createTestEndpoint();
      const token = await endpoint.pair('till-1');
      expect(await endpoint.ask('pullEvents', { token, query })).toMatchObject({
        status: 400,
        code: 'bad-request',
      });
    },
  );

  test('a conflict raises an alarm in the log, without what was in the event', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    await push(endpoint, token, visitsOf({ stream: 'a', count: 1 }));
    await push(endpoint, token, visitsOf({ stream: 'a', count: 1, first: 9 }));
    expect(endpoint.logged).toContainEqual({
      code: 'conflict',
      details: { shop: 'shop-1', till: 'till-1', conflicts: 1 },
    });
    expect(JSON.stringify(endpoint.logged)).not.toMatch(/member|192\.0\.2|Till till/);
  });

  test('a sync file does what its batches do, twice without harm', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    const events = visitsOf({ stream: 'a', count: 4 });
    const body = {
      format: SYNC_FILE_FORMAT,
      shop: 'shop-1',
      till: 'till-2',
      batches: [
        { batch: 'one', events: events.slice(0, 2) },
        { batch: 'two', events: events.slice(2) },
      ],
      docs: [{ member: 'm', hlc: '1', sealed: 'x' }],
    };
    const first = await endpoint.ask('importSyncFile', { token, body });
    expect(first.body).toMatchObject({
      results: [{ batch: 'one' }, { batch: 'two', results: [{ g: 3 }, { g: 4 }] }],
      profiles: [{ status: 'ok' }],
    });
    const second = await endpoint.ask('importSyncFile', { token, body });
    expect(second.body).toMatchObject({ results: [{ results: [{ status: 'dup' }, { status: 'dup' }] }, {}] });
    expect(await endpoint.store.heads('shop-1')).toEqual({ head: 4, docHead: 1 });
  });
});

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

describe('around it', () => {
  const fromPage = (endpoint: TestEndpoint, path: string, origin: string, init: RequestInit = {}) =>
    endpoint.app.fetch(
      new Request(`http://endpoint.test${path}`, { ...init, headers: { ...init.headers, Origin: origin } }),
      { address: '' },
    );
  const PAGE = 'http://127.0.0.1:4710';

  test('a page of the browser host may ask, another page may not', async () => {
    const endpoint = createTestEndpoint({ origins: readConfig([], {}).origins });
    const preflight = (origin: string, method: string) =>
      fromPage(endpoint, '/v1/events', origin, {
        method: 'OPTIONS',
        headers: {
          'Access-Control-Request-Method': method,
          'Access-Control-Request-Headers': 'authorization,content-encoding,content-type',
        },
      });
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { headers } = await preflight(PAGE, method);
      expect(headers.get('access-control-allow-origin')).toBe(PAGE);
      expect(headers.get('access-control-allow-methods')).toContain(method);
      expect(headers.get('access-control-allow-headers')?.toLowerCase()).toMatch(
        /authorization.*content-type.*content-encoding/,
      );
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
    for (const origin of ['http://evil.test', 'http://127.0.0.1:4711', 'https://127.0.0.1:4710', 'null']) {
      expect((await preflight(origin, 'POST')).headers.get('access-control-allow-origin')).toBeNull();
      const answer = await fromPage(endpoint, '/healthz', origin);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('a page can read how long to wait, and nothing between keeps an answer', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    const headers = { Authorization: `Bearer ${token}` };
    const answers = [
      await fromPage(endpoint, '/v1/events', PAGE, { headers }),
      await fromPage(endpoint, '/v1/live', PAGE, { headers }),
      await fromPage(endpoint, '/v1/events', PAGE),
      await fromPage(endpoint, '/v1/nothing', PAGE),
      await fromPage(endpoint, '/healthz', PAGE),
    ];
    endpoint.app.stop();
    answers.push(await fromPage(endpoint, '/v1/events', PAGE, { headers }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 404, 200, 503]);
    for (const answer of answers) {
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE);
      expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After');
      await answer.body?.cancel();
    }
    expect(answers.at(-1)?.headers.get('retry-after')).toBe('5');
  });

  test('one till that asks too much does not slow another', async () => {
    const limits = {
      till: { perSecond: 1, burst: 3 },
      address: { perSecond: 100, burst: 100 },
      guess: { perSecond: 1, burst: 9 },
    };
    const endpoint = createTestEndpoint({ limits });
    const [token, other] = [await endpoint.pair('till-1'), await endpoint.pair('till-2')];
    for (let count = 0; count < 3; count += 1) await endpoint.ask('listTills', { token });
    const limited = await endpoint.ask('listTills', { token });
    expect(limited).toMatchObject({ status: 429 });
    expect(limited.headers.get('retry-after')).toBe('1');
    expect(await endpoint.ask('listTills', { token: other })).toMatchObject({ status: 200 });
    endpoint.clock.nowMs -= DAY_MS;
    expect(await endpoint.ask('listTills', { token })).toMatchObject({ status: 429 });
    endpoint.clock.nowMs += 1000;
    expect(await endpoint.ask('listTills', { token })).toMatchObject({ status: 200 });
  });

  test('what anybody may ask is limited too, but not whether it lives', async () => {
    const one = { perSecond: 0.1, burst: 1 };
    const limits = { till: one, address: { perSecond: 1, burst: 3 }, guess: one };
    const endpoint = createTestEndpoint({ limits, metricsToken: 'm' });
    expect(await endpoint.ask('metrics', { token: 'guess' })).toMatchObject({ status: 401 });
    expect(await endpoint.ask('metrics', { token: 'other' })).toMatchObject({ status: 429 });
    expect(await endpoint.ask('openApi')).toMatchObject({ status: 200 });
    expect(await endpoint.ask('openApi')).toMatchObject({ status: 429 });
    expect(await endpoint.ask('health')).toMatchObject({ status: 200 });
  });

  test('a fault of the store is an answer, and the log does not repeat what was sent', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    endpoint.store.heads = () => Promise.reject(new Error('secret content'));
    const { status, headers, body } = await endpoint.ask('hello', { token, body: hello('till-1') });
    expect(status).toBe(500);
    expect(body).toMatchObject({ error: { code: 'internal', request: headers.get('x-request-id') } });
    expect(JSON.stringify([body, endpoint.logged])).not.toContain('secret content');
    expect(endpoint.logged.map(({ code }) => code)).toContain('fault');
  });

  test('an unknown place, a wrong method and a stopping endpoint have an answer of the same shape', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    const ask = (path: string, method = 'GET') =>
      endpoint.app.fetch(new Request(`http://endpoint.test${path}`, { method }), { address: '' });
    for (const response of [await ask('/'), await ask('/v1/events/1'), await ask('/v1/events', 'PUT')]) {
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'not-found' } });
    }
    endpoint.app.stop();
    const stopping = await endpoint.ask('pullEvents', { token });
    expect(stopping).toMatchObject({ status: 503, code: 'stopping' });
    expect(stopping.headers.get('retry-after')).toBe('5');
    expect(await endpoint.ask('health')).toMatchObject({ status: 503, body: { status: 'stopping' } });
  });

  test('the metrics count by our own names only, and may need a token', async () => {
    const endpoint = createTestEndpoint({ metricsToken: 'm' });
    const token = await endpoint.pair('till-1');
    await push(endpoint, token, visitsOf({ stream: 'a', count: 2 }));
    await endpoint.app.fetch(new Request('http://endpoint.test/made/up'), { address: '' });
    expect(await endpoint.ask('metrics')).toMatchObject({ status: 401 });
    const { body } = await endpoint.ask('metrics', { token: 'm' });
    expect(body).toContain('tenpunch_events_total{verdict="ok"} 2\n');
    expect(body).toContain('tenpunch_requests_total{route="pushEvents",status="200"} 1\n');
    expect(body).toContain('route="unknown"');
    expect(body).not.toContain('made');
  });

  test('the document describes every route, and is the one in docs/', async () => {
    const endpoint = createTestEndpoint();
    expect(await endpoint.ask('health')).toMatchObject({ body: { status: 'ok' } });
    const { body } = await endpoint.ask('openApi');
    const { paths } = body as { paths: Record<string, Record<string, unknown>> };
    const documented = Object.values(paths).flatMap((path) => Object.keys(path));
    expect(documented).toHaveLength(Object.keys(ROUTES).length);
    await expect(`${JSON.stringify(openApiDocument(), undefined, 2)}\n`).toMatchFileSnapshot(
      '../../docs/openapi.json',
    );
  });

  test('the times it says are its clock’s', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    expect((await endpoint.ask('hello', { token, body: hello('till-1') })).body).toMatchObject({
      time: ENDPOINT_NOW,
    });
  });
});
