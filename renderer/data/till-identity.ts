import type { ShopId, TillId } from '#shared/lib/brand.ts';
import type { Ids } from '#shared/lib/ports.ts';
import type { Database } from './database.ts';
import type { TillIdentity } from './rows.ts';

const IDENTITY_KEY = 'identity';

/** This installation's ids, made once. Two windows starting together agree: the transaction decides. */
export async function ensureTillIdentity(database: Database, ids: Ids): Promise<TillIdentity> {
  return await database.transaction('rw', database.meta, async () => {
    const known = await database.meta.get(IDENTITY_KEY);
    if (known) return known.value as TillIdentity;
    const identity: { shop: ShopId; till: TillId } = { shop: ids.shopId(), till: ids.tillId() };
    await database.meta.add({ key: IDENTITY_KEY, value: identity });
    return identity;
  });
}
