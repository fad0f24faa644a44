import { expect, test } from 'vitest';
import { declareDatabase, openDatabase } from '#renderer/data/database.ts';
import { digestProjections, rebuildProjections } from '#renderer/data/rebuild.ts';
import { findChainFault } from '#shared/ledger/stream.ts';
import fixture from './fixtures/v001.json';

// The fixture is history: what a till of database version 1 had on its disk. It is never made anew; a version that can't
// read it would lose a shop's cards.

async function writeFixture(name: string): Promise<void> {
  const old = declareDatabase(name, fixture.version);
  await old.open();
  for (const [table, rows] of Object.entries(fixture.tables)) {
    await old.table(table).bulkAdd(rows);
  }
  old.close();
}

test('a store of version 1 opens, keeps every event, and rebuilds to the bytes it had', async () => {
  const name = `v001-${crypto.randomUUID()}`;
  await writeFixture(name);
  const opened = await openDatabase(name);
  if (!opened.ok) return expect.fail(opened.error.code);
  const database = opened.value;

  const events = await database.events.toArray();
  expect(events).toEqual(fixture.tables.events);
  for (const stream of Map.groupBy(events, (event) => event.stream).values()) {
    const chain = stream.map(({ n: _, ...event }) => event).sort((a, b) => a.seq - b.seq);
    expect(findChainFault(chain)).toBeUndefined();
  }
  expect(await digestProjections(database)).toBe(fixture.digest);
  await rebuildProjections(database);
  expect(await digestProjections(database)).toBe(fixture.digest);
  expect(await database.profiles.toArray()).toEqual(fixture.tables.profiles);
  await database.delete();
});
