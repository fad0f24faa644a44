import { expect, test } from 'vitest';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { findTillIdentity } from '../till-identity.ts';
import { openSyncStore } from './open-sync-store.ts';

const openStore = deletedStores();

test('the last contact is kept, and not on a full disk', async () => {
  const store = await openStore();
  const { database, clock } = store;
  const identity = await findTillIdentity(database);
  if (!identity) return expect.fail('no identity');
  let isRoom = true;
  const guard = { warm: () => undefined, ensure: async () => isRoom, trip: () => undefined };
  const sync = openSyncStore({ database, identity, clock, guard });
  expect(await sync.lastContactAt()).toBeNull();
  await sync.keepContact(1000);
  isRoom = false;
  await sync.keepContact(2000);
  expect(await sync.lastContactAt()).toBe(1000);
});
