import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ManualClock } from '#tests/fakes/manual-clock.ts';
import { openTestStore } from '#tests/fakes/test-store.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { ok } from '#shared/lib/result.ts';
import { appendSlice } from './bulk-append.ts';
import { PRACTICE_DATABASE, type Database } from './database.ts';
import { openLedger } from './ledger.ts';
import type { Ledger } from './ledger-port.ts';
import { writeSettings } from './settings.ts';
import { createSpaceGuard, type SpaceGuard } from './space-guard.ts';
import { openStore, type ShopMarks } from './store.ts';
import { ensureTillIdentity } from './till-identity.ts';

const ids = createRandomIds();
const logged: unknown[][] = [];
let hasRoom = true;
let guard: SpaceGuard;
let database: Database;
let ledger: Ledger;

/** Every transaction that could write, as long as the disk is full. */
const writes: unknown[] = [];

beforeEach(async () => {
  hasRoom = true;
  logged.length = 0;
  const clock = new ManualClock();
  guard = createSpaceGuard({
    // No answer is fresh for the next one: what is asked here is whether each write asks.
    hasRoom: async () => {
      clock.advance(10_000);
      return hasRoom;
    },
    clock,
    log: { info: () => undefined, error: (...entry) => void logged.push(entry) },
  });
  ({ database } = await openTestStore());
  const identity = await ensureTillIdentity(database, ids, guard);
  ledger = await openLedger({ database, clock, ids, identity, guard });
  writes.length = 0;
  const { transaction } = IDBDatabase.prototype;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function spy(this: IDBDatabase, ...args) {
    if (!hasRoom && args[1] === 'readwrite') writes.push(args[0]);
    return transaction.apply(this, args);
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await database.delete();
});

const description = { name: 'Café Luna', country: 'FR', language: 'en' } as const;

async function appendShop(id = ids.eventId()) {
  return await ledger.append<never>({
    id,
    decide: () => ok({ draft: { id, type: 'shop', staff: UNASSIGNED_STAFF, data: description } }),
  });
}

const full = { ok: false, error: { code: 'storage', problem: 'disk-full' } };

test('an event is refused before the store is touched, and goes through when there is room again', async () => {
  const before = await database.events.count();
  hasRoom = false;
  const id = ids.eventId();
  expect(await appendShop(id)).toEqual(full);
  expect(writes).toEqual([]);
  expect(logged).toEqual([['disk-full', { wasRefused: true }]]);
  hasRoom = true;
  expect(await appendShop(id)).toMatchObject({ ok: true, value: { isRepeat: false } });
  expect(await database.events.count()).toBe(before + 1);
});

test('a slice of many events and a setting ask too', async () => {
  hasRoom = false;
  const slice = ledger.withStream((stream) => appendSlice(database, stream, async () => ({ items: [] })));
  await expect(slice).rejects.toMatchObject({ name: 'QuotaExceededError' });
  await expect(writeSettings(database, { volume: 1 }, guard)).rejects.toMatchObject({
    name: 'QuotaExceededError',
  });
  expect(writes).toEqual([]);
});

test('a till that is there starts without a write; one that has to be made is refused', async () => {
  hasRoom = false;
  await expect(ensureTillIdentity(database, ids, guard)).resolves.toBeDefined();
  expect(writes).toEqual([]);
  hasRoom = true;
  await database.meta.delete('identity');
  hasRoom = false;
  await expect(ensureTillIdentity(database, ids, guard)).rejects.toMatchObject({
    name: 'QuotaExceededError',
  });
  expect(writes).toEqual([]);
});

test('a commit that met a full disk all the same is told to the guard', async () => {
  const commit = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function refuse(
    this: IDBTransaction,
  ) {
    this.abort();
  });
  expect(await appendShop()).toEqual(full);
  commit.mockRestore();
  expect(logged).toEqual([['disk-full', { wasRefused: false }]]);
  expect(await appendShop()).toMatchObject({ ok: true });
});

// The whole store, on the practice database: no other test of this page uses it.

const open = (change: { readonly guard?: SpaceGuard; readonly marks?: ShopMarks } = {}) =>
  openStore({ isPractice: true, clock: new ManualClock(), ids, ...change });

async function forgetPractice(): Promise<void> {
  await new Promise<void>((resolve) => {
    const deleting = indexedDB.deleteDatabase(PRACTICE_DATABASE);
    deleting.addEventListener('success', () => resolve());
  });
}

test('a store is neither made nor rebuilt on a full disk, but opened', async () => {
  await forgetPractice();
  hasRoom = false;
  expect(await open({ guard })).toEqual(full);
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(PRACTICE_DATABASE);
  hasRoom = true;
  const first = await open({ guard });
  if (!first.ok) throw new Error('not opened');
  const id = ids.eventId();
  await first.value.ledger.append<never>({
    id,
    decide: () => ok({ draft: { id, type: 'shop', staff: UNASSIGNED_STAFF, data: description } }),
  });
  first.value.database.close();
  hasRoom = false;
  const second = await open({ guard });
  if (!second.ok) throw new Error('not opened');
  expect(writes).toEqual([]);
  hasRoom = true;
  await second.value.database.meta.delete('projectionVersion');
  second.value.database.close();
  hasRoom = false;
  expect(await open({ guard })).toEqual(full);
  expect(writes).toEqual([]);
  hasRoom = true;
  const third = await open({ guard });
  expect(third.ok && (await third.value.database.meta.get('shop'))?.value).toEqual(description);
  if (third.ok) third.value.database.close();
  await forgetPractice();
});

test('a shop is noted; an empty ledger beside its note is a lost store, until the note is gone', async () => {
  await forgetPractice();
  let note: Awaited<ReturnType<ShopMarks['read']>>;
  const marks: ShopMarks = {
    read: async () => note,
    write: async (next) => {
      note = next;
    },
  };
  const first = await open({ marks });
  if (!first.ok) throw new Error('not opened');
  const { value: store } = first;
  // No shop yet: an interrupted first run is no loss.
  expect(note).toBeUndefined();
  const id = ids.eventId();
  await store.ledger.append<never>({
    id,
    decide: () => ok({ draft: { id, type: 'shop', staff: UNASSIGNED_STAFF, data: description } }),
  });
  await store.refreshRegion();
  await vi.waitFor(() => expect(note).toMatchObject(store.identity));
  first.value.database.close();
  await forgetPractice();
  expect(await open({ marks })).toEqual({ ok: false, error: { code: 'lost' } });
  expect(await open({ marks })).toEqual({ ok: false, error: { code: 'lost' } });
  note = undefined;
  const anew = await open({ marks });
  expect(anew.ok).toBe(true);
  if (anew.ok) anew.value.database.close();
  await forgetPractice();
});

test('a stamp on a store that was deleted meanwhile does not hide the loss from the next start', async () => {
  await forgetPractice();
  const note = { shop: 'shop', till: 'till', since: 0 };
  const first = await open();
  if (!first.ok) throw new Error('not opened');
  const { value: store } = first;
  const append = (id = ids.eventId()) =>
    store.ledger.append<never>({
      id,
      decide: () => ok({ draft: { id, type: 'shop', staff: UNASSIGNED_STAFF, data: description } }),
    });
  expect(await append()).toMatchObject({ ok: true });
  await forgetPractice();
  expect(await append()).toEqual({ ok: false, error: { code: 'storage', problem: 'closed' } });
  const marks: ShopMarks = { read: async () => note, write: async () => undefined };
  expect(await open({ marks })).toEqual({ ok: false, error: { code: 'lost' } });
  store.database.close();
  await forgetPractice();
});
