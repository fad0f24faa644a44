import type { ShopId, TillId } from '#shared/lib/brand.ts';
import type { Ids } from '#shared/lib/ports.ts';
import type { Database } from './database.ts';
import type { TillIdentity } from './rows.ts';
import { requireRoom, type SpaceGuard } from './space-guard.ts';

const IDENTITY_KEY = 'identity';

/** Undefined in a store that no till has used yet. */
export async function findTillIdentity(database: Database): Promise<TillIdentity | undefined> {
  return (await database.meta.get(IDENTITY_KEY))?.value as TillIdentity | undefined;
}

/**
 * This installation's ids, made once. Two windows starting together agree: the transaction decides.
 *
 * @throws DOMException QuotaExceededError when they have to be made and there is no room.
 */
export async function ensureTillIdentity(
  database: Database,
  ids: Ids,
  guard?: SpaceGuard,
): Promise<TillIdentity> {
  // Read first: a start on a full disk must write nothing.
  const found = await findTillIdentity(database);
  if (found) return found;
  await requireRoom(guard);
  return await database.transaction('rw', database.meta, async () => {
    const known = await findTillIdentity(database);
    if (known) return known;
    const identity: { shop: ShopId; till: TillId } = { shop: ids.shopId(), till: ids.tillId() };
    await database.meta.add({ key: IDENTITY_KEY, value: identity });
    return identity;
  });
}

/** Nothing was ever written in this ledger. */
export async function isLedgerEmpty(database: Database): Promise<boolean> {
  return (await database.events.limit(1).primaryKeys()).length === 0;
}

/**
 * A till without a single event becomes one of a shop that is there already. Every window must start anew afterwards: their
 * ledgers would go on writing for the shop that is no more.
 *
 * @returns false: something was written meanwhile, and events can't change their shop.
 * @throws DOMException QuotaExceededError when there is no room.
 */
export async function joinShop(database: Database, shop: ShopId, guard?: SpaceGuard): Promise<boolean> {
  await requireRoom(guard);
  return await database.transaction('rw', database.meta, database.events, async () => {
    const identity = await findTillIdentity(database);
    if (!identity) return false;
    if (identity.shop === shop) return true;
    if (!(await isLedgerEmpty(database))) return false;
    await database.meta.put({ key: IDENTITY_KEY, value: { ...identity, shop } satisfies TillIdentity });
    return true;
  });
}
