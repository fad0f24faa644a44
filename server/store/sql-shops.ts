import { UnknownShopError } from './event-store.ts';
import type { Sql } from './sql.ts';

/** The row of a shop: where its two feeds end, and the lock under which they grow. */

/** Nobody else writes to this shop until the transaction ends. @returns its last place in that feed. */
export async function lockShop(sql: Sql, shop: string, feed: 'g' | 'p'): Promise<number> {
  const [row] = await sql.query<{ g: number; p: number }>(
    'select g, p from shops where shop = $1 for update',
    [shop],
  );
  if (!row) throw new UnknownShopError(shop);
  return row[feed];
}

export async function readHeads(
  sql: Sql,
  shop: string,
): Promise<{ readonly head: number; readonly docHead: number }> {
  const [row] = await sql.query<{ g: number; p: number }>('select g, p from shops where shop = $1', [shop]);
  if (!row) throw new UnknownShopError(shop);
  return { head: row.g, docHead: row.p };
}
