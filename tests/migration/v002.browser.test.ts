import { expect, test } from 'vitest';
import { openDatabase } from '#renderer/data/database.ts';
import { digestProjections, needsRebuild, rebuildProjections } from '#renderer/data/rebuild.ts';
import { openSyncStore } from '#renderer/data/sync/open-sync-store.ts';
import { findTillIdentity } from '#renderer/data/till-identity.ts';
import fixture from './fixtures/v002.json';
import { writeFixture } from './write-fixture.ts';

// What a till of database version 2 had on its disk: two tills that publish the same version, enrol the same number and give
// the same reward twice; a merge, an erasure, an event that was set aside, and a queue. Never made anew.

test('a store of version 2 is kept, its queue too, and a rebuild gives the same bytes', async () => {
  const name = `v002-${crypto.randomUUID()}`;
  await writeFixture(name, fixture);
  const opened = await openDatabase(name);
  if (!opened.ok) return expect.fail(opened.error.code);
  const database = opened.value;
  expect(await database.events.toArray()).toEqual(fixture.tables.events);
  expect(await needsRebuild(database)).toBe(false);
  expect(await digestProjections(database)).toBe(fixture.digest);
  await rebuildProjections(database);
  expect(await digestProjections(database)).toBe(fixture.digest);

  const identity = await findTillIdentity(database);
  if (!identity) return expect.fail('whose store is this?');
  const store = openSyncStore({ database, identity, clock: { now: () => 0 } });
  const marks = await store.marks();
  expect(marks).toMatchObject({ serverEpoch: 'epoch-1', setAside: [{ code: 'http-400' }] });
  const queue = await store.queue(100);
  const waiting = fixture.tables.events.filter((event) => !('g' in event));
  const aside = new Set(marks.setAside.map(({ id }) => id));
  expect(queue.map(({ event }) => event.id)).toEqual(
    waiting.map(({ id }) => id).filter((id) => !aside.has(id)),
  );
  expect((await store.unsentProfiles(10)).map(({ kind }) => kind).sort()).toEqual(['erased', 'profile']);
  await database.delete();
});
