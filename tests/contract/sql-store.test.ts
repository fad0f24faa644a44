import { afterAll } from 'vitest';
import { openPGlite } from '#server/store/pglite-database.ts';
import { describeArchive } from './archive.contract.ts';
import { describeEventStore } from './event-store.contract.ts';
import { emptyStore, withFreshStore } from './sql-stores.ts';

const database = await openPGlite();
afterAll(() => database.close());

describeEventStore('PGlite', (use) => withFreshStore(database, use));
describeArchive(
  'PGlite',
  (use) => withFreshStore(database, use),
  () => emptyStore(database),
);
