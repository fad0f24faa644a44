import { expect, test } from 'vitest';
import { createMemoryStore } from '#server/store/memory-store.ts';
import { describeEventStore } from './event-store.contract.ts';

describeEventStore('in memory', (use) => use(createMemoryStore('epoch-1')));

test('a store opened from a backup has what there was then, under another epoch', async () => {
  const store = createMemoryStore('epoch-1');
  await store.createShop({ shop: 'shop-1', atMs: 0 });
  const backup = store.backUp();
  await store.putProfiles({ shop: 'shop-1', docs: [{ member: 'm', hlc: '1', sealed: 'x' }] });
  const restored = createMemoryStore('epoch-2', backup);
  expect(await restored.heads('shop-1')).toEqual({ head: 0, docHead: 0 });
  expect(await restored.epoch()).toBe('epoch-2');
});
