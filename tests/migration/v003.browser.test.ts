import { expect, test } from 'vitest';
import { openDatabase } from '#renderer/data/database.ts';
import { withPlacesOf } from '#renderer/data/place-runs.ts';
import { digestProjections, needsRebuild, rebuildProjections } from '#renderer/data/rebuild.ts';
import { openSyncStore } from '#renderer/data/sync/open-sync-store.ts';
import { findTillIdentity } from '#renderer/data/till-identity.ts';
import fixture from './fixtures/v003.json';
import { writeFixture } from './write-fixture.ts';

// What a till of database version 3 had on its disk: two tills that stamped one card apart, so that places lie in runs and in
// rows; a visit that was undone, and a reward and a visit that wait. Never made anew.

test('a store of version 3 is kept, with every place, and a rebuild gives the same bytes', async () => {
  const name = `v003-${crypto.randomUUID()}`;
  await writeFixture(name, fixture);
  const opened = await openDatabase(name);
  if (!opened.ok) return expect.fail(opened.error.code);
  const database = opened.value;
  const events = await database.events.toArray();
  expect(events).toEqual(fixture.tables.events);
  const placed = await withPlacesOf(database, events);
  expect(placed.map(({ g }) => g)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, undefined, undefined]);
  expect(await needsRebuild(database)).toBe(false);
  expect(await digestProjections(database)).toBe(fixture.digest);
  await rebuildProjections(database);
  expect(await digestProjections(database)).toBe(fixture.digest);

  const identity = await findTillIdentity(database);
  if (!identity) return expect.fail('whose store is this?');
  const store = openSyncStore({ database, identity, clock: { now: () => 0 } });
  expect((await store.queue(100)).map(({ n, event }) => [n, event.type])).toEqual([
    [11, 'redemption'],
    [12, 'visit'],
  ]);
  await database.delete();
});
