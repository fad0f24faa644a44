import { openPGlite } from '#server/store/pglite-database.ts';
import { openSqlStore } from '#server/store/sql-store.ts';
import { describeEventStore } from './event-store.contract.ts';

describeEventStore('PGlite', async (use) => {
  const store = await openSqlStore(await openPGlite(), () => 'epoch-1');
  try {
    await use(store);
  } finally {
    await store.close();
  }
});
