import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { Database, Sql } from './sql.ts';

/** PostgreSQL inside this process, kept in `folder`; in memory without one. One connection, so one transaction at a time. */
export async function openPGlite(folder?: string): Promise<Database> {
  const database = folder === undefined ? new PGlite() : new PGlite(folder);
  await database.waitReady;
  const sqlOf = (from: PGlite | Transaction): Sql => ({
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await from.query<Row>(text, [...values])).rows,
  });
  return {
    ...sqlOf(database),
    transaction: (run) => database.transaction((transaction) => run(sqlOf(transaction))),
    execute: async (text) => {
      await database.exec(text);
    },
    close: () => database.close(),
  };
}
