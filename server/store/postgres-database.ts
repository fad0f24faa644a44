import pg from 'pg';
import type { Database, OpenTransaction } from './sql.ts';

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
  /** One question at a time: the next one goes when the one before is answered. */
  function inTurn(client: pg.PoolClient): OpenTransaction {
    let turn: Promise<unknown> = Promise.resolve();
    const query = <Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> => {
      const asked = turn.then(async () => (await client.query(text, [...values])).rows as Row[]);
      turn = asked.catch(() => undefined);
      return asked;
    };
    return { query, last: query };
  }
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await pool.query(text, [...values])).rows as Row[],
    async transaction(run) {
      const client = await pool.connect();
      const sql = inTurn(client);
      try {
        await sql.query('begin');
        const value = await run(sql);
        await sql.query('commit');
        client.release();
        return value;
      } catch (error) {
        // A connection that can't even roll back is thrown away.
        const broken = await sql.query('rollback').then(
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
