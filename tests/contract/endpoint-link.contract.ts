// What every host's way to the endpoint promises, against a real endpoint on a real port.

import { describe, expect, test } from 'vitest';
import type { EndpointLink, PairRequest } from '#renderer/platform/endpoint-link.ts';
import type { TrialAddresses } from './trial-endpoint.ts';

export interface LinkWorld {
  readonly link: EndpointLink;
  /** The same till after a start of the app. */
  readonly restart: () => EndpointLink;
  readonly addresses: TrialAddresses;
}

const SHOP_KEY = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
/** Long enough for any test to end first. */
const PATIENT_MS = 20_000;
const NETWORK = { kind: 'failed', because: 'network' };
const NOTHING = (): void => undefined;

const askTrial = async ({ control }: TrialAddresses, path: string) =>
  (await fetch(`${control}/${path}`)).text();

async function newCode(addresses: TrialAddresses): Promise<{ code: string; shop: string }> {
  return JSON.parse(await askTrial(addresses, 'code')) as { code: string; shop: string };
}

const pairRequest = (address: string, code: string): PairRequest => ({
  address,
  code,
  till: 'till-1',
  name: 'Ön kasa',
  app: '1.2.3',
  shopKey: SHOP_KEY,
});

async function pair({ link, addresses }: LinkWorld): Promise<string> {
  const { code, shop } = await newCode(addresses);
  const paired = await link.pair(pairRequest(addresses.endpoint, code));
  expect(paired).toEqual({ ok: true, value: { address: addresses.endpoint, shop } });
  return shop;
}

const get = (path: string, timeoutMs = PATIENT_MS) => ({ method: 'GET', path, timeoutMs }) as const;

/** The next thing the feed says, in order; after its end, `end` once. */
function follow(link: EndpointLink) {
  const heard: string[] = [];
  let onHeard = NOTHING;
  const note = (text: string) => {
    heard.push(text);
    onHeard();
  };
  const stop = link.listen({ news: note, end: () => note('end') });
  return {
    heard,
    stop,
    async next(): Promise<string> {
      while (heard.length === 0) await new Promise<void>((resolve) => (onHeard = resolve));
      return heard.shift() ?? '';
    },
  };
}

export function describeEndpointLink(
  kind: string,
  withWorld: (use: (world: LinkWorld) => Promise<void>) => Promise<void>,
): void {
  describe(`the endpoint link of the ${kind}`, () => {
    test('a till that is not paired has no endpoint, no key and no answer', () =>
      withWorld(async ({ link }) => {
        expect(await link.find()).toBeUndefined();
        expect(await link.readShopKey()).toBeUndefined();
        expect(await link.send(get('/v1/tills'))).toEqual(NETWORK);
        expect(await follow(link).next()).toBe('end');
        await link.unpair();
      }));

    test('pairing is kept over a start of the app, and forgotten when asked to', () =>
      withWorld(async (world) => {
        const shop = await pair(world);
        const again = world.restart();
        expect(await again.find()).toEqual({ address: world.addresses.endpoint, shop });
        expect(await again.readShopKey()).toBe(SHOP_KEY);
        expect(await again.send(get('/v1/tills'))).toMatchObject({ kind: 'http', status: 200 });
        await again.unpair();
        expect(await again.find()).toBeUndefined();
        expect(await again.readShopKey()).toBeUndefined();
        expect(await again.send(get('/v1/tills'))).toEqual(NETWORK);
        expect(await world.restart().find()).toBeUndefined();
      }));

    test('the key stays with its shop when the till is unpaired, until it is to be forgotten too', () =>
      withWorld(async (world) => {
        const shop = await pair(world);
        expect(await world.link.findKeptKey(shop)).toBe(SHOP_KEY);
        await world.link.unpair();
        await world.link.unpair();
        const again = world.restart();
        expect(await again.findKeptKey(shop)).toBe(SHOP_KEY);
        expect(await again.findKeptKey('another')).toBeUndefined();
        expect(await again.find()).toBeUndefined();
        await again.unpair({ forgetsKey: true });
        expect(await again.findKeptKey(shop)).toBeUndefined();
        expect(await world.restart().findKeptKey(shop)).toBeUndefined();
      }));

    test.each([
      ['bad-address', () => 'http://shop.example.com', {}],
      ['bad-address', () => 'https://user:secret@shop.example.com', {}],
      ['no-answer', (addresses: TrialAddresses) => addresses.nobody, {}],
      ['not-ours', (addresses: TrialAddresses) => addresses.stranger, {}],
      ['bad-code', (addresses: TrialAddresses) => addresses.endpoint, { code: 'WRONG' }],
      ['bad-code', (addresses: TrialAddresses) => addresses.endpoint, { code: '' }],
    ] as const)('pairing fails with %s and keeps nothing', (code, address, change) =>
      withWorld(async ({ link, addresses }) => {
        const given = await newCode(addresses);
        const request = { ...pairRequest(address(addresses), given.code), ...change };
        expect(await link.pair(request)).toEqual({ ok: false, error: { code } });
        expect(await link.find()).toBeUndefined();
        expect(await link.readShopKey()).toBeUndefined();
      }),
    );

    test('a till with a ledger of its own does not join another shop', () =>
      withWorld(async (world) => {
        const shop = await pair(world);
        const next = await world.link.send({
          method: 'POST',
          path: '/v1/pairing-codes',
          timeoutMs: PATIENT_MS,
        });
        const { code } = JSON.parse(next.kind === 'http' ? next.text : '') as { code: string };
        await world.link.unpair();
        const request = pairRequest(world.addresses.endpoint, code);
        const outcome = await world.link.pair({ ...request, till: 'till-2', shop: 'another' });
        expect(outcome).toEqual({ ok: false, error: { code: 'other-shop' } });
        expect(await world.link.find()).toBeUndefined();
        expect(await world.link.pair({ ...request, till: 'till-2', shop })).toMatchObject({ ok: true });
      }));

    test('a failed try to pair again leaves the pairing that was', () =>
      withWorld(async (world) => {
        const shop = await pair(world);
        const outcome = await world.link.pair(pairRequest(world.addresses.stranger, 'CODE'));
        expect(outcome).toEqual({ ok: false, error: { code: 'not-ours' } });
        expect(await world.link.find()).toEqual({ address: world.addresses.endpoint, shop });
      }));

    test('the token goes with every request, and nothing else that would name us', () =>
      withWorld(async (world) => {
        await pair(world);
        const small = await world.link.send(get('/v1/trouble/echo'));
        const heard = small.kind === 'http' ? (JSON.parse(small.text) as Record<string, unknown>) : {};
        expect(heard['authorization']).toMatch(/^Bearer [\w-]{20,}$/);
        expect(heard).not.toHaveProperty('cookie');
        expect(heard).not.toHaveProperty('referer');
        expect(heard).not.toHaveProperty('content-encoding');
      }));

    test('a large body is compressed, and the endpoint understands it', () =>
      withWorld(async (world) => {
        await pair(world);
        const sealed = 'x'.repeat(60_000);
        const body = JSON.stringify({ docs: [{ member: 'm', hlc: '1', sealed }] });
        const request = { method: 'POST', body, timeoutMs: PATIENT_MS } as const;
        const echo = await world.link.send({ ...request, path: '/v1/trouble/echo' });
        const heard = echo.kind === 'http' ? (JSON.parse(echo.text) as Record<string, unknown>) : {};
        expect(heard).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json' });
        expect(heard['bytes']).toBeLessThan(1000);
        expect(await world.link.send({ ...request, path: '/v1/profiles' })).toMatchObject({
          status: 200,
          text: '{"results":[{"member":"m","status":"ok"}]}',
        });
        const page = await world.link.send(get('/v1/profiles?after=0'));
        expect(page).toMatchObject({ status: 200, text: expect.stringContaining(sealed) });
      }));

    test('a small body goes as it is, and nothing of its letters is lost', () =>
      withWorld(async (world) => {
        await pair(world);
        const send = { method: 'POST', path: '/v1/hello', body: '{"ş":', timeoutMs: PATIENT_MS } as const;
        expect(await world.link.send(send)).toMatchObject({ kind: 'http', status: 400 });
        const page = await world.link.send(get('/v1/trouble/page'));
        expect(page).toEqual({ kind: 'http', status: 200, retryAfter: null, text: '<h1>İyi günler</h1>' });
      }));

    test('how long to wait is told', () =>
      withWorld(async (world) => {
        await pair(world);
        const reply = await world.link.send(get('/v1/trouble/busy'));
        expect(reply).toEqual({ kind: 'http', status: 429, retryAfter: '17', text: 'later' });
      }));

    test('a redirect is not followed: the token is for one place', () =>
      withWorld(async (world) => {
        await pair(world);
        const before = await askTrial(world.addresses, 'landed');
        expect(await world.link.send(get('/v1/trouble/redirect'))).toEqual(NETWORK);
        expect(await askTrial(world.addresses, 'landed')).toBe(before);
      }));

    test.each(['reset', 'half', 'half-zip', 'not-zip', 'huge'])('an answer that is %s is none', (path) =>
      withWorld(async (world) => {
        await pair(world);
        expect(await world.link.send(get(`/v1/trouble/${path}`))).toEqual(NETWORK);
        // And the line is good for the next one.
        expect(await world.link.send(get('/v1/tills'))).toMatchObject({ status: 200 });
      }),
    );

    test.each(['no-end', 'silent'])('an answer that takes too long is given up: %s', (path) =>
      withWorld(async (world) => {
        await pair(world);
        const reply = await world.link.send(get(`/v1/trouble/${path}`, 100));
        expect(reply).toEqual({ kind: 'failed', because: 'timeout' });
      }),
    );

    test('the live feed tells of changes until it is ended', () =>
      withWorld(async (world) => {
        await pair(world);
        const feed = follow(world.link);
        expect(JSON.parse(await feed.next())).toEqual({ head: 0, docHead: 0 });
        const put = (member: string) =>
          world.link.send({
            method: 'POST',
            path: '/v1/profiles',
            body: JSON.stringify({ docs: [{ member, hlc: '1', sealed: '' }] }),
            timeoutMs: PATIENT_MS,
          });
        await put('a');
        expect(JSON.parse(await feed.next())).toEqual({ head: 0, docHead: 1 });
        feed.stop();
        const other = follow(world.link);
        expect(JSON.parse(await other.next())).toEqual({ head: 0, docHead: 1 });
        await put('b');
        expect(JSON.parse(await other.next())).toEqual({ head: 0, docHead: 2 });
        expect(feed.heard).toEqual([]);
        other.stop();
        other.stop();
      }));

    test('a feed that the endpoint ends is over, once, and can be asked for again', () =>
      withWorld(async (world) => {
        await pair(world);
        const feed = follow(world.link);
        await feed.next();
        await askTrial(world.addresses, 'end-feeds');
        expect(await feed.next()).toBe('end');
        // The till was revoked: it is not let in again.
        expect(await follow(world.link).next()).toBe('end');
        feed.stop();
        expect(feed.heard).toEqual([]);
      }));
  });
}
