import Dexie from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import { createCounterCommands, type CounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import { openDatabase, SCHEMA_EPOCH } from './database.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import { ensureTillIdentity } from './till-identity.ts';

const closed = { ok: false, error: { code: 'storage', problem: 'closed' } };

let till: TestStore;
let commands: CounterCommands;
let member: MemberId;
let name: string;

beforeEach(async () => {
  till = await openTestStore();
  ({ name } = till.database);
  const { ledger, ids } = till;
  commands = createCounterCommands({ ledger, ids, staff: () => UNASSIGNED_STAFF });
  member = ids.memberId();
  const phone = '+33612345678' as PhoneNumber;
  const enrolled = await commands.enrol({ id: ids.eventId(), member, phone, name: 'Anna', visits: 1 });
  if (!enrolled.ok) throw new Error('not enrolled');
});

afterEach(async () => {
  till.database.close();
  await Dexie.delete(name);
});

const punch = () => commands.punch({ id: till.ids.eventId(), member, count: 1 });

/** As a window of another app version does: our connection gives way. */
function upgrade(version: number, change: (transaction: IDBTransaction) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.addEventListener('upgradeneeded', () => change(request.transaction ?? expect.fail()));
    request.addEventListener('success', () => {
      request.result.close();
      resolve();
    });
    request.addEventListener('error', () => reject(request.error ?? new Error('not upgraded')));
  });
}

function erase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error ?? new Error('not deleted')));
  });
}

async function look<Value>(read: (dexie: Dexie) => Promise<Value>): Promise<Value> {
  const dexie = await new Dexie(name).open();
  const value = await read(dexie);
  dexie.close();
  return value;
}

/** Dexie's number of a version behind ours. */
const NEWER = ((MIGRATIONS.at(-1)?.version ?? 0) + 1) * 10;

const stored = async () => (await indexedDB.databases()).find((found) => found.name === name);

test('a store that another window has upgraded gets no stamp and no change from this one', async () => {
  await upgrade(NEWER, (transaction) => {
    transaction.db.createObjectStore('future', { keyPath: 'id' });
    // A newer app may have dropped what ours would mend.
    transaction.db.deleteObjectStore('imports');
  });
  const before = await look((dexie) => dexie.table('events').count());
  expect(await punch()).toEqual(closed);
  // Dexie opens by itself for whoever reads.
  await expect(till.database.settings.put({ key: 'sound', value: false })).rejects.toMatchObject({
    name: 'DatabaseClosedError',
  });
  await expect(till.search.search('5678', 8)).rejects.toMatchObject({ name: 'InvalidStateError' });
  expect(await punch()).toEqual(closed);
  expect(await stored()).toMatchObject({ version: NEWER });
  expect(await look((dexie) => dexie.table('events').count())).toBe(before);
  expect(await look((dexie) => dexie.table('settings').count())).toBe(0);
});

test('nor does one of a newer app whose tables look the same', async () => {
  await till.database.meta.put({ key: 'schemaEpoch', value: SCHEMA_EPOCH + 1 });
  const before = await till.database.events.count();
  till.database.backendDB().close();
  expect(await punch()).toEqual(closed);
  expect(await look((dexie) => dexie.table('events').count())).toBe(before);
});

test('a store that was deleted under us is not made again', async () => {
  await erase();
  expect(await punch()).toEqual(closed);
  await expect(till.database.events.count()).rejects.toMatchObject({ name: 'DatabaseClosedError' });
  await expect(till.search.search('5678', 8)).rejects.toMatchObject({ name: 'InvalidStateError' });
  expect(await punch()).toEqual(closed);
  expect(await stored()).toBeUndefined();
});

test('a store that somebody else has begun in its place stays theirs', async () => {
  await erase();
  const opened = await openDatabase(name);
  if (!opened.ok) return expect.fail('not opened');
  expect(await punch()).toEqual(closed);
  const theirs = await ensureTillIdentity(opened.value, till.ids);
  expect(await Promise.all([punch(), till.database.events.count().catch(() => 'closed'), punch()])).toEqual([
    closed,
    'closed',
    closed,
  ]);
  expect(await opened.value.events.count()).toBe(0);
  expect(await ensureTillIdentity(opened.value, till.ids)).toEqual(theirs);
  opened.value.close();
});

test('lookups and stamps that meet a closed connection together share the next one', async () => {
  till.database.backendDB().close();
  const [found, count, first, second] = await Promise.all([
    till.search.search('5678', 8),
    till.database.members.count(),
    punch(),
    punch(),
  ]);
  expect(found.rows).toHaveLength(1);
  expect(count).toBe(1);
  expect([first.ok, second.ok]).toEqual([true, true]);
});
