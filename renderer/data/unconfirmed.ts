import { readEvent } from '#shared/ledger/event.ts';
import type { PlainDay, TillId } from '#shared/lib/brand.ts';
import type { Database } from './database.ts';
import { withPlacesOf } from './place-runs.ts';

/** Rewards that `till` has given on `day`, that stand, and that the shop's order does not hold yet. */
export async function countUnconfirmed(
  database: Database,
  { till, day }: { readonly till: TillId; readonly day: PlainDay },
): Promise<number> {
  const rows = await database.events.where('day').equals(day).toArray();
  const placed = await withPlacesOf(
    database,
    rows.filter((row) => row.till === till),
  );
  const own = placed.filter(({ g }) => g === undefined).map(readEvent);
  const given = new Set(own.flatMap((event) => (event?.type === 'redemption' ? event.id : [])));
  for (const event of own) if (event?.type === 'void') given.delete(event.data.target as typeof event.id);
  return given.size;
}
