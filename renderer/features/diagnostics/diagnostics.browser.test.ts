import { expect, test } from 'vitest';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { createSettingsCommands } from '#renderer/features/settings/settings.commands.ts';
import { readStoreFacts, rebuildAndCompare } from '#renderer/data/diagnostics.ts';
import { beginComingPast } from '#renderer/data/coming-past.ts';
import { nativeOf } from '#renderer/data/native.ts';
import { findShop } from '#renderer/data/shop.ts';
import { verifyChains } from '#renderer/data/verify-chains.ts';
import { createMemoryLog } from '#renderer/platform/memory-log.ts';
import { IDLE_STATUS } from '#tests/fakes/fake-sync-desk.ts';
import type { SyncStatus } from '#renderer/sync/sync-desk.ts';
import type { TestStore } from '#tests/fakes/test-store.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { PhoneNumber, ShopId, TillId } from '#shared/lib/brand.ts';
import { checkThenRebuild } from './check-then-rebuild.ts';
import { makeReport, reportName } from './diagnostics-report.ts';

const openStore = deletedStores();

const SECRETS = [
  'Zeynep',
  'Yıldız',
  '33612345678',
  '612345678',
  '5678',
  'Gizli',
  'gizli-kahve',
  'card-9F2K',
  'ada-lovelace',
];
const SYNC: SyncStatus = {
  ...IDLE_STATUS,
  endpoint: { address: 'https://gizli-kahve.example', shop: 'shop-1' },
  phase: { kind: 'waiting', forMs: 1000, because: 'no-answer' },
  unsentEvents: 4,
  recent: [{ at: 0, kind: 'push', events: 4, outcome: 'no-answer' }],
};
const identity = { shop: 'shop-1' as ShopId, till: 'till-1' as TillId };

/** A shop, a member with a name and a number, and a member with a card code. */
async function openWithMembers(): Promise<TestStore> {
  const store = await openStore();
  const { ids, ledger, database } = store;
  const deps = { ids, ledger, database, staff: () => UNASSIGNED_STAFF, refreshRegion: async () => undefined };
  const shop = { name: 'Gizli Kahve', country: 'TR', language: 'tr' };
  await createSettingsCommands(deps).changeShop({ id: ids.eventId(), shop });
  const counter = createCounterCommands(deps);
  const join = { name: 'Zeynep Yıldız', visits: 1 };
  const phone = '+33612345678' as PhoneNumber;
  await counter.enrol({ ...join, id: ids.eventId(), member: ids.memberId(), phone });
  await counter.enrol({ ...join, id: ids.eventId(), member: ids.memberId(), card: 'card-9F2K' });
  return store;
}

test('the report holds versions, counts and codes, and nothing of a person', async () => {
  const { database, clock } = await openWithMembers();
  const log = createMemoryLog(clock);
  log.error('append-failed', { code: 'storage', who: 'Zeynep Yıldız', phone: '33612345678' });
  const report = makeReport({
    appVersion: '1.2.3',
    hostKind: 'desktop',
    host: {
      persistence: 'granted',
      estimate: { usageBytes: 1, quotaBytes: 2 },
      info: {
        name: 'Tenpunch',
        version: '1.2.3',
        platform: 'linux',
        locale: 'tr-TR',
        profileFolder: '/home/ada-lovelace/.config/Tenpunch',
      },
    },
    store: await readStoreFacts(database, identity),
    isPractice: false,
    sync: SYNC,
    verified: await verifyChains(database),
    rebuilt: { code: 'damaged', faults: 2 },
    log: log.entries(),
    nowMs: clock.now(),
  });
  // The ids are random: one of them could hold the four digits by chance.
  const text = report.replace(/"(databaseName|stream)": "[^"]*"/g, '');
  for (const secret of SECRETS) expect(text).not.toContain(secret);
  expect(JSON.parse(report)).toMatchObject({
    app: { version: '1.2.3', host: 'desktop' },
    store: { ledgerFormat: 1, counts: { events: 4, members: 2, streams: 1, programVersions: 1 } },
    verified: { events: 4, faults: [] },
    rebuilt: { code: 'damaged', faults: 2 },
    sync: {
      protocol: 1,
      phase: 'waiting',
      because: 'no-answer',
      unsentEvents: 4,
      recent: [{ kind: 'push', outcome: 'no-answer' }],
    },
    log: [{ code: 'append-failed', details: { code: 'storage' } }],
  });
  expect(reportName(clock.now())).toBe('tenpunch-diagnostics-2026-01-05.json');
});

test('a rebuild of sound projections is equal, of damaged ones different, and mends them', async () => {
  const store = await openWithMembers();
  expect(await rebuildAndCompare(store)).toEqual({ ok: true, value: 'equal' });
  const [row] = await store.database.members.toArray();
  if (!row) return expect.fail('no member');
  await store.database.members.put({ ...row, stamps: 99 });
  expect(await rebuildAndCompare(store)).toEqual({ ok: true, value: 'different' });
  expect(await store.database.members.get(row.id)).toEqual(row);
});

test('a damaged ledger is not rebuilt from: the cards stay, and the faults are counted', async () => {
  const store = await openWithMembers();
  const { database } = store;
  const before = await database.members.toArray();
  const visit = await database.events.orderBy('n').last();
  if (!visit) return expect.fail('no event');
  await database.events.put({ ...visit, data: { ...(visit.data as object), visits: 9 } });
  const checks: number[] = [];
  const outcome = await checkThenRebuild(store, { checked: ({ faults }) => checks.push(faults.length) });
  expect(outcome).toEqual({ code: 'damaged', faults: 1 });
  expect(checks).toEqual([1]);
  expect(await database.members.toArray()).toEqual(before);
  await database.events.put(visit);
  expect(await checkThenRebuild(store)).toEqual({ code: 'equal' });
});

test('a check that was stopped rebuilds nothing', async () => {
  const store = await openWithMembers();
  const [row] = await store.database.members.toArray();
  if (!row) return expect.fail('no member');
  await store.database.members.put({ ...row, stamps: 99 });
  expect(await checkThenRebuild(store, { signal: AbortSignal.abort() })).toEqual({ code: 'cancelled' });
  expect(await store.database.members.get(row.id)).toMatchObject({ stamps: 99 });
});

test('while a past is on its way there is nothing to rebuild from', async () => {
  const store = await openWithMembers();
  await beginComingPast(nativeOf(store.database).transaction('meta', 'readwrite'));
  const rows = await store.database.members.toArray();
  await store.database.events.clear();
  await store.database.streams.clear();
  expect(await checkThenRebuild(store)).toEqual({ code: 'past-coming' });
  expect(await store.database.members.toArray()).toEqual(rows);
});

test('a second rebuild at the same time is refused', async () => {
  const store = await openWithMembers();
  const [first, second] = await Promise.all([rebuildAndCompare(store), rebuildAndCompare(store)]);
  expect(first.ok).toBe(true);
  expect(second).toEqual({ ok: false, error: { code: 'already-running' } });
});

test('the shop is there at every moment of a rebuild: without it the first run would show', async () => {
  const store = await openWithMembers();
  const seen: unknown[] = [];
  const reads: Promise<unknown>[] = [];
  await rebuildAndCompare(store, () => {
    reads.push(findShop(store.database).then((shop) => seen.push(shop?.name)));
  });
  await Promise.all(reads);
  expect(new Set(seen)).toEqual(new Set(['Gizli Kahve']));
});
