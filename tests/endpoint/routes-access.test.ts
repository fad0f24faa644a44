import { describe, expect, test } from 'vitest';
import { SYNC_FILE_FORMAT } from '#shared/sync/wire.ts';
import { ROUTES, type RouteName } from '#server/http/routes.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import { createTestEndpoint, hello, push } from './test-endpoint.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

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
