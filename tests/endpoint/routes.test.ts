import { describe, expect, test } from 'vitest';
import { readConfig } from '#server/config.ts';
import { openApiDocument } from '#server/http/open-api.ts';
import { ROUTES } from '#server/http/routes.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import { createTestEndpoint, ENDPOINT_NOW, hello, push, type TestEndpoint } from './test-endpoint.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

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
