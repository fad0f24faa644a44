import { expect, test } from 'vitest';
import { rememberTills } from '#server/embedded/remembered-tills.ts';
import type { EventStore, Till } from '#server/store/event-store.ts';
import { createMemoryStore } from '#server/store/memory-store.ts';

const SHOP = 'shop-1';
const TILL = { shop: SHOP, till: 'till-1', atMs: 1 };
const pairing = {
  codeHash: 'code',
  till: 'till-1',
  name: 'Front',
  app: '1.0.0',
  tokenHash: 'token',
  atMs: 0,
};

/** A store that is asked for tills no more often than `asked` says, and answers when the test lets it. */
async function createStand() {
  const memory = createMemoryStore('epoch-1');
  await memory.createShop({ shop: SHOP, atMs: 0 });
  await memory.addPairingCode({ shop: SHOP, codeHash: 'code', expiresAtMs: 1 });
  let asked = 0;
  let held: Promise<void> | undefined;
  const below: EventStore = {
    ...memory,
    async findTill(tokenHash) {
      asked += 1;
      const found = await memory.findTill(tokenHash);
      await held;
      return found;
    },
  };
  return {
    store: rememberTills(below),
    asked: () => asked,
    hold() {
      let go = (): void => undefined;
      held = new Promise((resolve) => (go = resolve));
      return () => {
        held = undefined;
        go();
      };
    },
  };
}

test('a till is looked up once, and again after anything about tills has changed; a token nobody has, each time', async () => {
  const { store, asked } = await createStand();
  expect(await store.findTill('token')).toBeUndefined();
  expect(await store.findTill('token')).toBeUndefined();
  expect(asked()).toBe(2);
  await store.pair(pairing);
  expect(await store.findTill('token')).toMatchObject({ name: 'Front', app: '1.0.0', revokedAtMs: null });
  await store.findTill('token');
  expect(asked()).toBe(3);
  await store.noteApp({ ...TILL, app: '1.1.0' });
  expect(await store.findTill('token')).toMatchObject({ app: '1.1.0' });
  await store.revokeTill(TILL);
  expect(await store.findTill('token')).toMatchObject({ revokedAtMs: 1 });
  await store.addPairingCode({ shop: SHOP, codeHash: 'again', expiresAtMs: 9 });
  await store.pair({ ...pairing, codeHash: 'again', tokenHash: 'other' });
  expect(await store.findTill('token')).toBeUndefined();
  expect(await store.findTill('other')).toMatchObject({ revokedAtMs: null });
});

test('what was read before a till was revoked is not what is remembered of it', async () => {
  const { store, hold } = await createStand();
  await store.pair(pairing);
  const go = hold();
  const before = store.findTill('token');
  await store.revokeTill(TILL);
  go();
  const seen: (Till | undefined)[] = [await before, await store.findTill('token')];
  expect(seen.map((till) => till?.revokedAtMs)).toEqual([null, 1]);
});
