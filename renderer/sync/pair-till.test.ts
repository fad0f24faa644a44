import { describe, expect, test } from 'vitest';
import { encodeBase64 } from '#shared/lib/base64.ts';
import { formatInvitation } from '#shared/sync/invitation.ts';
import { MemoryEndpoint, MemoryLink } from '#tests/fakes/memory-endpoint.ts';
import { pairTill, type PairingParts } from './pair-till.ts';

const KEY = encodeBase64(new Uint8Array(32).fill(5));
const ADDRESS = 'https://sync.example';
const invitation = formatInvitation({ address: ADDRESS, code: 'NEXT', key: KEY });
const next = { kind: 'next', invitation, name: 'Bar' } as const;
const first = { kind: 'first', address: ADDRESS, code: 'FIRST', name: 'Bar' } as const;

async function partsOf(change: Partial<PairingParts> & { readonly shop?: string } = {}) {
  const { shop = 'shop-1', ...rest } = change;
  const endpoint = await MemoryEndpoint.open('shop-1');
  const link = new MemoryLink(endpoint);
  const joined: string[] = [];
  const parts: PairingParts = {
    link,
    identity: { shop, till: 'till-9' },
    app: '0.1.0',
    clock: { now: () => 0 },
    randomBytes: (count) => new Uint8Array(count).fill(1),
    isLedgerEmpty: async () => false,
    joinShop: async (to) => {
      joined.push(to);
      return true;
    },
    ...rest,
  };
  return { parts, link, joined, endpoint };
}

describe('pairing', () => {
  test('the first till makes the key and brings its shop', async () => {
    const { parts, link } = await partsOf();
    expect(await pairTill(parts, first)).toMatchObject({ ok: true, value: { isNewShop: false } });
    expect(link.requests).toEqual([
      {
        address: ADDRESS,
        code: 'FIRST',
        till: 'till-9',
        name: 'Bar',
        app: '0.1.0',
        shop: 'shop-1',
        shopKey: encodeBase64(new Uint8Array(32).fill(1)),
      },
    ]);
  });

  test('paired once more, it keeps the key: what is sealed already must still open', async () => {
    const { parts, link } = await partsOf();
    await pairTill(parts, first);
    await pairTill({ ...parts, randomBytes: (count) => new Uint8Array(count).fill(2) }, first);
    expect(link.requests[1]?.shopKey).toBe(link.requests[0]?.shopKey);
  });

  test('unpaired and paired again it has the same key, at whatever endpoint', async () => {
    const { parts, link } = await partsOf();
    await pairTill(parts, first);
    await link.unpair();
    expect(await link.readShopKey()).toBeUndefined();
    const again = { ...parts, randomBytes: (count: number) => new Uint8Array(count).fill(2) };
    expect(await pairTill(again, { ...first, address: 'https://other.example' })).toMatchObject({ ok: true });
    expect(link.requests[1]?.shopKey).toBe(link.requests[0]?.shopKey);
  });

  test('where other tills have the shop’s key, none is made beside it', async () => {
    const { parts, link, endpoint } = await partsOf();
    endpoint.tills.set('till-1', 'Bar');
    const refused = { ok: false, error: { code: 'needs-invitation' } };
    expect(await pairTill(parts, first)).toEqual(refused);
    expect(link.paired).toBeUndefined();
    expect(link.kept).toBeUndefined();
    expect(await pairTill(parts, first)).toEqual(refused);
    // With the invitation of one of them it is welcome, and then knows the key for good.
    expect(await pairTill(parts, next)).toMatchObject({ ok: true });
    await link.unpair();
    expect(await pairTill(parts, first)).toMatchObject({ ok: true });
    expect(link.requests.at(-1)?.shopKey).toBe(KEY);
  });

  test('nobody can say whether others have a key: none is made', async () => {
    const { parts, link, endpoint } = await partsOf();
    endpoint.interfere = () => ({ kind: 'failed', because: 'network' });
    expect(await pairTill(parts, first)).toEqual({ ok: false, error: { code: 'no-answer' } });
    expect(link.paired).toBeUndefined();
    expect(link.kept).toBeUndefined();
  });

  test('the next till has the key from the invitation, and becomes one of that shop', async () => {
    const { parts, link, joined } = await partsOf({ shop: 'shop-new', isLedgerEmpty: async () => true });
    expect(await pairTill(parts, next)).toMatchObject({ ok: true, value: { isNewShop: true } });
    expect(joined).toEqual(['shop-1']);
    expect(link.requests[0]).toMatchObject({ code: 'NEXT', shopKey: KEY });
    expect(link.requests[0]).not.toHaveProperty('shop');
  });

  test('a till with events comes back to its own shop only', async () => {
    const own = await partsOf();
    expect(await pairTill(own.parts, next)).toMatchObject({ ok: true, value: { isNewShop: false } });
    const other = await partsOf({ shop: 'shop-2' });
    expect(await pairTill(other.parts, next)).toEqual({ ok: false, error: { code: 'other-shop' } });
    expect(other.joined).toEqual([]);
    expect(other.link.paired).toBeUndefined();
  });

  test('something written meanwhile takes the pairing back', async () => {
    const { parts, link } = await partsOf({
      shop: 'shop-new',
      isLedgerEmpty: async () => true,
      joinShop: async () => false,
    });
    expect(await pairTill(parts, next)).toEqual({ ok: false, error: { code: 'other-shop' } });
    expect(link.paired).toBeUndefined();
    expect(link.kept).toBeUndefined();
  });

  test.each(['', 'tenpunch:', 'https://sync.example', invitation.slice(0, -9)])(
    '%j is no invitation, and nobody is asked',
    async (text) => {
      const { parts, link } = await partsOf();
      const form = { ...next, invitation: text };
      expect(await pairTill(parts, form)).toEqual({ ok: false, error: { code: 'bad-invitation' } });
      expect(link.requests).toEqual([]);
    },
  );

  test('what the endpoint refuses is told as it is', async () => {
    const { parts } = await partsOf();
    expect(await pairTill(parts, { ...first, code: 'WRONG' })).toEqual({
      ok: false,
      error: { code: 'bad-code' },
    });
  });
});
