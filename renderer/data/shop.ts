import type { EventData } from '#shared/ledger/event.ts';
import type { Database } from './database.ts';

export type Shop = EventData<'shop'>;

/** Projection of the newest `shop` event, on its own row in `meta`. */
export const SHOP_KEY = 'shop';

/** The shop as last described; undefined before the first run is finished. */
export async function findShop(database: Database): Promise<Shop | undefined> {
  return (await database.meta.get(SHOP_KEY))?.value as Shop | undefined;
}
