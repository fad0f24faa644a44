import { afterAll, expect, test } from 'vitest';
import { openPostgres } from '#server/store/postgres-database.ts';
import { openSqlStore } from '#server/store/sql-store.ts';
import { describeArchive } from './archive.contract.ts';
import { describeEventStore } from './event-store.contract.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import { findPostgres, startCluster } from './postgres-cluster.ts';
import { emptyStore, withFreshStore } from './sql-stores.ts';

function announceAbsence(): void {
  test('PostgreSQL is not installed here: its store was NOT tested (apt install postgresql)', () => {
    process.stdout.write('\nPostgreSQL is not installed here: its store was NOT tested.\n');
    expect(findPostgres()).toBeUndefined();
  });
}

async function describePostgres(bin: string): Promise<void> {
  const cluster = await startCluster(bin);
  const database = await openPostgres(cluster.url);
  afterAll(async () => {
    await database.close();
    await cluster.stop();
  });

  describeEventStore('PostgreSQL', (use) => withFreshStore(database, use));
  describeArchive(
    'PostgreSQL',
    (use) => withFreshStore(database, use),
    () => emptyStore(database),
  );

  test('two processes start at once, migrate once, and hand out places of one shop without a hole', async () => {
    const other = await openPostgres(cluster.url);
    try {
      await database.execute('drop schema public cascade; create schema public');
      const [first, second] = await Promise.all([
        openSqlStore(database, () => 'epoch-1'),
        openSqlStore(other, () => 'epoch-2'),
      ]);
      expect(await first.epoch()).toBe(await second.epoch());
      await first.createShop({ shop: 'shop-1', atMs: 0 });
      const batches = Array.from({ length: 10 }, (_, index) => visitsOf({ stream: `s${index}`, count: 20 }));
      await Promise.all(
        batches.map((events, index) =>
          (index % 2 ? first : second).acceptBatch({ shop: 'shop-1', till: 'till-1', events, atMs: 0 }),
        ),
      );
      const { events } = await first.pullEvents({ shop: 'shop-1', after: 0, limit: 1000 });
      expect(events.map(({ g }) => g)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    } finally {
      await other.close();
    }
  });
}

const installed = findPostgres();
await (installed === undefined ? announceAbsence() : describePostgres(installed));
