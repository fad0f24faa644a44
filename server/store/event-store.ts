import type { ReadEvent } from '#shared/sync/judge-batch.ts';
import type { EventVerdict, ProfileDoc } from '#shared/sync/wire.ts';

/**
 * Where an endpoint keeps the events of its shops. Two implementations, one contract suite (tests/contract): in memory for
 * the simulator, SQL for PGlite and PostgreSQL. Every method is one transaction; what it returns is committed.
 */
export interface EventStore {
  /** Changes when the store was restored from a backup: tills then offer everything again. */
  epoch(): Promise<string>;
  createShop(request: ShopRequest): Promise<'created' | 'taken'>;
  listShops(): Promise<readonly string[]>;
  /** @throws UnknownShopError */
  acceptBatch(request: BatchRequest): Promise<readonly EventVerdict[]>;
  /** What is kept apart of what was refused, by the till that sent it. */
  listQuarantined(shop: string): Promise<readonly Quarantined[]>;
  /** Events behind `after`, without a hole, at most `limit`, each as the JSON text it was stored as. */
  pullEvents(request: FeedRequest): Promise<{
    readonly events: readonly { readonly g: number; readonly json: string }[];
    readonly head: number;
  }>;
  listHeads(request: {
    readonly shop: string;
    readonly streams: readonly string[];
  }): Promise<readonly { readonly stream: string; readonly lastSeq: number; readonly link: string }[]>;
  /** The later `hlc` wins; an erasure wins over everything. */
  putProfiles(
    request: ProfilesRequest,
  ): Promise<readonly { readonly member: string; readonly status: 'ok' | 'older' }[]>;
  pullProfiles(
    request: FeedRequest,
  ): Promise<{ readonly docs: readonly (ProfileDoc & { readonly p: number })[]; readonly docHead: number }>;
  heads(shop: string): Promise<{ readonly head: number; readonly docHead: number }>;

  addPairingCode(request: PairingCodeRequest): Promise<void>;
  /**
   * Registers the till, or gives it a new token. A code belongs to the first till that uses it, which may use it again while it
   * lasts: the answer may have been lost on its way. The first till of a shop may bring a ledger it already has: the shop then
   * goes by that ledger's id. A till that brings another one later is turned away.
   */
  pair(
    request: PairRequest,
  ): Promise<{ readonly shop: string } | 'unknown-code' | 'expired-code' | 'other-shop'>;
  findTill(tokenHash: string): Promise<Till | undefined>;
  /** The app a till runs now. */
  noteApp(request: AppRequest): Promise<void>;
  listTills(shop: string): Promise<readonly Till[]>;
  revokeTill(request: RevokeRequest): Promise<'revoked' | 'was-revoked' | 'unknown'>;
  close(): Promise<void>;
}

/**
 * Of what was refused at most so much is kept apart for each till that sent it. Beyond that it is refused with the same
 * verdict and no more than that: its till has it, sets it aside and shows it to a manager.
 */
export const MAX_QUARANTINED_EVENTS = 1000;
/** Of their texts, in UTF-8. */
export const MAX_QUARANTINED_BYTES = 4 * 1024 * 1024;

export interface Quarantined {
  readonly till: string;
  readonly events: number;
  readonly bytes: number;
}

export interface ShopRequest {
  readonly shop: string;
  readonly atMs: number;
}

export interface BatchRequest {
  readonly shop: string;
  readonly till: string;
  readonly events: readonly unknown[];
  /** What can be said of each without the store, where somebody has looked already. */
  readonly read?: readonly ReadEvent[];
  readonly atMs: number;
}

export interface FeedRequest {
  readonly shop: string;
  readonly after: number;
  readonly limit: number;
}

export interface ProfilesRequest {
  readonly shop: string;
  readonly docs: readonly ProfileDoc[];
}

export interface PairingCodeRequest {
  readonly shop: string;
  readonly codeHash: string;
  readonly expiresAtMs: number;
}

export interface PairRequest {
  readonly codeHash: string;
  /** The shop of the ledger the till already has. */
  readonly ledger?: string | undefined;
  readonly till: string;
  readonly name: string;
  readonly app: string;
  readonly tokenHash: string;
  readonly atMs: number;
}

export interface AppRequest {
  readonly shop: string;
  readonly till: string;
  readonly app: string;
}

/** Ends every code of the shop that is out, too. */
export interface RevokeRequest {
  readonly shop: string;
  readonly till: string;
  readonly atMs: number;
}

export interface Till {
  readonly shop: string;
  readonly till: string;
  readonly name: string;
  readonly app: string;
  readonly pairedAtMs: number;
  readonly revokedAtMs: number | null;
}

export class UnknownShopError extends Error {}

/** Some rows of one table, as a backup carries them. */
export interface RowsPart {
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
}

/** A member whose document was erased for good. */
export interface Erasure {
  readonly shop: string;
  readonly member: string;
  readonly hlc: string;
}

/** The documents that say so, shop by shop. */
export function tombstonesByShop(erased: readonly Erasure[]): ReadonlyMap<string, readonly ProfileDoc[]> {
  const byShop = new Map<string, ProfileDoc[]>();
  for (const { shop, member, hlc } of erased) {
    const docs = byShop.get(shop) ?? [];
    byShop.set(shop, docs);
    docs.push({ member, hlc, erased: true });
  }
  return byShop;
}

/** A store that can be written into a file and read back. */
export interface ArchivableStore extends EventStore {
  /**
   * Everything, as of one moment. Pairing codes live for minutes and the list of erased members is kept apart from every
   * backup: both are in it only when it is `complete`, to take this store's own place.
   */
  dump(write: (part: RowsPart) => Promise<void>, options?: { readonly isComplete?: boolean }): Promise<void>;
  /**
   * All or nothing; the store must be empty. It becomes another one: `epoch` is new. Nobody reads it before everybody on the
   * list of erased members, the store's own and `erased`, is erased in it too.
   */
  load(request: {
    readonly parts: AsyncIterable<RowsPart>;
    readonly epoch: string;
    readonly erased?: readonly Erasure[];
  }): Promise<void>;
  /** Everybody who was ever erased here, also before a backup was restored. */
  listErased(): Promise<readonly Erasure[]>;
  /** Only where a log is kept: begins it anew, short and without those who were erased. */
  readonly checkpoint?: () => Promise<void>;
}
