import type { EventVerdict, ProfileDoc } from '#shared/sync/wire.ts';

/**
 * Where an endpoint keeps the events of its shops. Two implementations, one contract suite (tests/contract): in memory for
 * the simulator, SQL for PGlite and PostgreSQL. Every method is one transaction; what it returns is committed.
 */
export interface EventStore {
  /** Changes when the store was restored from a backup: tills then offer everything again. */
  epoch(): Promise<string>;
  createShop(request: { readonly shop: string; readonly atMs: number }): Promise<'created' | 'taken'>;
  acceptBatch(request: {
    readonly shop: string;
    readonly till: string;
    readonly events: readonly unknown[];
    readonly atMs: number;
  }): Promise<readonly EventVerdict[]>;
  /** Events behind `after`, without a hole, at most `limit`. */
  pullEvents(request: {
    readonly shop: string;
    readonly after: number;
    readonly limit: number;
  }): Promise<{
    readonly events: readonly { readonly g: number; readonly event: unknown }[];
    readonly head: number;
  }>;
  listHeads(request: {
    readonly shop: string;
    readonly streams: readonly string[];
  }): Promise<readonly { readonly stream: string; readonly lastSeq: number; readonly link: string }[]>;
  /** The later `hlc` wins; an erasure wins over everything. */
  putProfiles(request: {
    readonly shop: string;
    readonly docs: readonly ProfileDoc[];
  }): Promise<readonly { readonly member: string; readonly status: 'ok' | 'older' }[]>;
  pullProfiles(request: {
    readonly shop: string;
    readonly after: number;
    readonly limit: number;
  }): Promise<{ readonly docs: readonly (ProfileDoc & { readonly p: number })[]; readonly docHead: number }>;
  heads(shop: string): Promise<{ readonly head: number; readonly docHead: number }>;

  addPairingCode(request: {
    readonly shop: string;
    readonly codeHash: string;
    readonly expiresAtMs: number;
  }): Promise<void>;
  /** Uses the code up and registers the till. */
  pair(request: {
    readonly codeHash: string;
    readonly till: string;
    readonly name: string;
    readonly app: string;
    readonly tokenHash: string;
    readonly atMs: number;
  }): Promise<{ readonly shop: string } | 'unknown-code' | 'expired-code' | 'till-taken'>;
  findTill(tokenHash: string): Promise<Till | undefined>;
  listTills(shop: string): Promise<readonly Till[]>;
  revokeTill(request: {
    readonly shop: string;
    readonly till: string;
    readonly atMs: number;
  }): Promise<boolean>;
  close(): Promise<void>;
}

export interface Till {
  readonly shop: string;
  readonly till: string;
  readonly name: string;
  readonly app: string;
  readonly pairedAtMs: number;
  readonly revokedAtMs: number | null;
}
