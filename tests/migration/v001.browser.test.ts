import { expect, test } from 'vitest';
import { declareDatabase, openDatabase } from '#renderer/data/database.ts';
import { digestProjections, needsRebuild, rebuildProjections } from '#renderer/data/rebuild.ts';
import { findChainFault } from '#shared/ledger/stream.ts';
import cards from './fixtures/v001.json';
import programs from './fixtures/v001-programs.json';

// The fixtures are history: what a till of database version 1 had on its disk. They are never made anew; a version that
// can't read them would lose a shop's cards. What the app makes of them, the digest, changes with PROJECTION_VERSION.

type Fixture = typeof cards | typeof programs;

async function writeFixture(name: string, fixture: Fixture): Promise<void> {
  const old = declareDatabase(name, fixture.version);
  await old.open();
  for (const [table, rows] of Object.entries(fixture.tables)) {
    await old.table(table).bulkAdd(rows);
  }
  old.close();
}

const STORES: readonly { title: string; fixture: Fixture; isOfThisProjection: boolean }[] = [
  {
    title: 'with cards of stamps, and the rows of an earlier app',
    fixture: cards,
    isOfThisProjection: false,
  },
  {
    title: 'with points, tiers, passes, friends, gifts and donations',
    fixture: programs,
    isOfThisProjection: true,
  },
];

test.each(STORES)('a store of version 1 $title is kept and rebuilt', async (request) => {
  const { fixture, isOfThisProjection } = request;
  const name = `v001-${crypto.randomUUID()}`;
  await writeFixture(name, fixture);
  const opened = await openDatabase(name);
  if (!opened.ok) return expect.fail(opened.error.code);
  const database = opened.value;

  const events = await database.events.toArray();
  expect(events).toEqual(fixture.tables.events);
  for (const stream of Map.groupBy(events, (event) => event.stream).values()) {
    const chain = stream.map(({ n: _, ...event }) => event).sort((a, b) => a.seq - b.seq);
    expect(findChainFault(chain)).toBeUndefined();
  }
  expect(await needsRebuild(database)).toBe(!isOfThisProjection);
  if (isOfThisProjection) expect(await digestProjections(database)).toBe(fixture.digest);
  await rebuildProjections(database);
  expect(await needsRebuild(database)).toBe(false);
  expect(await digestProjections(database)).toBe(fixture.digest);
  expect(await database.profiles.toArray()).toEqual(fixture.tables.profiles);
  await database.delete();
});
