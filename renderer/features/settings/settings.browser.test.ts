import { expect, test } from 'vitest';
import { readSettings } from '#renderer/data/settings.ts';
import { findShop } from '#renderer/data/shop.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { createSettingsCommands } from './settings.commands.ts';

const openStore = deletedStores();

async function open() {
  const store = await openStore();
  let regionReads = 0;
  const commands = createSettingsCommands({
    ...store,
    staff: () => UNASSIGNED_STAFF,
    refreshRegion: async () => {
      regionReads += 1;
    },
  });
  return { ...store, commands, regionReads: () => regionReads };
}

test('a new name or country is a new event, cleaned, and the region is read anew', async () => {
  const store = await open();
  const shop = { name: '  Café\u202e\tAda ', country: 'FR', language: 'en' };
  const id = store.ids.eventId();
  expect((await store.commands.changeShop({ id, shop })).ok).toBe(true);
  expect((await store.commands.changeShop({ id, shop })).ok).toBe(true);
  expect(await findShop(store.database)).toEqual({ name: 'Café Ada', country: 'FR', language: 'en' });
  expect(await store.database.events.where('id').equals(id).count()).toBe(1);
  expect(store.regionReads()).toBe(2);
});

test('a shop keeps a name: one without visible letters is refused', async () => {
  const store = await open();
  const shop = { name: ' \u200b\u202e ', country: 'FR', language: 'en' };
  expect(await store.commands.changeShop({ id: store.ids.eventId(), shop })).toEqual({
    ok: false,
    error: { code: 'no-name' },
  });
  expect(await findShop(store.database)).toBeUndefined();
});

test('settings of the till are kept; a closed store is told and changes nothing', async () => {
  const store = await open();
  expect((await store.commands.changeTill({ theme: 'dark', volume: 20 })).ok).toBe(true);
  expect(await readSettings(store.database)).toMatchObject({ theme: 'dark', volume: 20 });
  store.database.close();
  expect(await store.commands.changeTill({ theme: 'light' })).toEqual({
    ok: false,
    error: { code: 'storage', problem: 'closed' },
  });
});
