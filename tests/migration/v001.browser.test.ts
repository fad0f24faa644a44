import { expect, test } from 'vitest';
import { eventOf } from '#renderer/data/event-of-row.ts';
import { openDatabase } from '#renderer/data/database.ts';
import { digestProjections, needsRebuild, rebuildProjections } from '#renderer/data/rebuild.ts';
import { findChainFault } from '#shared/ledger/stream.ts';
import cards from './fixtures/v001.json';
import programs from './fixtures/v001-programs.json';
import { writeFixture } from './write-fixture.ts';

// The fixtures are history: what a till of database version 1 had on its disk. They are never made anew; a version that
// can't read them would lose a shop's cards. What the app makes of them, the digest, changes with PROJECTION_VERSION.

const STORES = [
  { title: 'with cards of stamps, and the rows of an earlier app', fixture: cards },
  { title: 'with points, tiers, passes, friends, gifts and donations', fixture: programs },
];

test.each(STORES)('a store of version 1 $title is upgraded, kept and rebuilt', async ({ fixture }) => {
  const name = `v001-${crypto.randomUUID()}`;
  await writeFixture(name, fixture);
  const opened = await openDatabase(name);
  if (!opened.ok) return expect.fail(opened.error.code);
  const database = opened.value;

  const events = await database.events.toArray();
  expect(events).toEqual(fixture.tables.events);
  for (const stream of Map.groupBy(events, (event) => event.stream).values()) {
    expect(findChainFault(stream.map(eventOf).sort((a, b) => a.seq - b.seq))).toBeUndefined();
  }
  // Events that were there before find their way into the new indexes.
  const [first] = events;
  expect(
    await database.events
      .where('day')
      .equals(first?.day ?? '')
      .count(),
  ).toBeGreaterThan(0);
  expect(await database.places.count()).toBe(0);
  expect(await needsRebuild(database)).toBe(true);
  await rebuildProjections(database);
  expect(await needsRebuild(database)).toBe(false);
  expect(await digestProjections(database)).toBe(fixture.digest);
  expect(await database.profiles.toArray()).toEqual(fixture.tables.profiles);
  await database.delete();
});
