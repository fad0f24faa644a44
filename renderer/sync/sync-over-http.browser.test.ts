import { afterEach, expect, inject, test } from 'vitest';
import { createBrowserEndpointLink } from '#renderer/platform/browser-endpoint-link.ts';
import { openSyncTill, type SyncTill } from '#tests/fakes/sync-till.ts';

/** All of it, over real HTTP: compression, CORS, the live feed, secrets in private files. */

const open: SyncTill[] = [];

afterEach(async () => {
  for (const till of open) till.desk.stop();
  for (const till of open.splice(0)) {
    await till.database.delete();
    await till.link.unpair({ forgetsKey: true });
  }
});

/** Each till has a private folder of its own, as if it had an origin of its own. */
async function openTill(folder: string, databaseName?: string): Promise<SyncTill> {
  const link = createBrowserEndpointLink({
    getDirectory: async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true }),
  });
  const till = await openSyncTill({
    link,
    app: '1.0.0',
    ...(databaseName === undefined ? {} : { databaseName }),
  });
  open.push(till);
  return till;
}

test('two tills and a real port', { timeout: 30_000 }, async () => {
  const { endpoint: address, control } = inject('trialEndpoint');
  const { code } = (await (await fetch(`${control}/code`)).json()) as { code: string };
  const bar = await openTill('bar');
  await bar.publish();
  expect(await bar.desk.pair({ kind: 'first', address, code, name: 'Bar' })).toMatchObject({ ok: true });
  const ada = await bar.enrol('+33612345678', 'Ada');
  await expect
    .poll(() => bar.desk.status(), { timeout: 5000 })
    .toMatchObject({
      phase: { kind: 'idle' },
      unsentEvents: 0,
      unsentProfiles: 0,
      cursor: 2,
    });

  const invited = await bar.desk.invite();
  if (!invited.ok) return expect.fail(invited.error.code);
  const fresh = await openTill('kitchen');
  const form = { kind: 'next', invitation: invited.value.text, name: 'Kitchen' } as const;
  expect(await fresh.desk.pair(form)).toMatchObject({ ok: true });
  fresh.desk.stop();
  const kitchen = await openTill('kitchen', fresh.databaseName);
  await expect
    .poll(() => kitchen.database.profiles.get(ada), { timeout: 5000 })
    .toMatchObject({ name: 'Ada' });

  await bar.stamp(ada, 4);
  await expect.poll(() => kitchen.database.cards.get(ada), { timeout: 5000 }).toMatchObject({ visits: 2 });
  const listed = await kitchen.desk.listTills();
  expect(listed).toMatchObject({ ok: true, value: [{ name: 'Bar' }, { name: 'Kitchen' }] });

  expect(await bar.desk.revokeTill(kitchen.identity.till)).toMatchObject({ ok: true });
  kitchen.desk.syncNow();
  await expect
    .poll(() => kitchen.desk.status().phase, { timeout: 5000 })
    .toEqual({ kind: 'stopped', because: 'revoked' });
  expect([...bar.faults, ...kitchen.faults]).toEqual([]);
});
