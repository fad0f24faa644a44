import { afterEach, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import { findTillIdentity } from '../till-identity.ts';
import { openSyncStore } from './open-sync-store.ts';

const opened: TestStore[] = [];
afterEach(async () => {
  for (const { database } of opened.splice(0)) await database.delete();
});

test('the last contact is kept, and not on a full disk', async () => {
  const store = await openTestStore();
  opened.push(store);
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
