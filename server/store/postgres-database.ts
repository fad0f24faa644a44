import pg from 'pg';
import type { Database, Sql } from './sql.ts';

/** Counters are far below 2^53: whole numbers, not texts. */
const INT8 = 20;

/** A PostgreSQL server, by its connection text (`postgres://…`). */
export async function openPostgres(connectionString: string): Promise<Database> {
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, Number);
  const pool = new pg.Pool({ connectionString, types });
  // A server that restarts ends the connections nobody is using. Without a listener Node would end us too; as it is, the next
  // query makes a new connection, and one that was under way fails by itself.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  const sqlOf = (from: pg.Pool | pg.PoolClient): Sql => ({
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await from.query(text, [...values])).rows as Row[],
  });
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    ...sqlOf(pool),
    async transaction(run) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const value = await run(sqlOf(client));
        await client.query('commit');
        client.release();
        return value;
      } catch (error) {
        // A connection that can't even roll back is thrown away.
        const broken = await client.query('rollback').then(
          () => undefined,
          (reason: unknown) => reason,
        );
        client.release(broken instanceof Error ? broken : undefined);
        throw error;
      }
    },
    execute: async (text) => {
      await pool.query(text);
    },
    close: () => pool.end(),
  };
}
