import type { Result } from '#shared/lib/result.ts';
import type { PairFailureCode } from '#shared/sync/pairing-exchange.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';

/**
 * The way to the endpoint and the secrets of it. On the desktop the token never leaves the main process; in a browser it
 * lies in the origin's private files. Nothing but `unpair` rejects: whatever happens is a reply.
 */
export interface EndpointLink {
  /** Where this till is paired; undefined when it is not. */
  find(): Promise<PairedEndpoint | undefined>;
  /** Redeems a one-time code and keeps address, token and shop key. */
  pair(request: PairRequest): Promise<Result<PairedEndpoint, PairFailure>>;
  /**
   * Forgets address and token. The ledger stays, and the shop key with it, unless it `forgetsKey`: paired again, this till
   * must seal with the same one. @throws when they can't be removed: the till is still paired then
   */
  unpair(how?: { readonly forgetsKey: boolean }): Promise<void>;
  /** With the token, compressed. Never follows a redirect. Not paired: as if the network were down. */
  send(request: SendRequest): Promise<RawReply>;
  /**
   * The live feed: `news` gets the data of each message, `end` comes once, when it can't be held open (any more). One feed
   * for each window. @returns how to end it: after that neither is called.
   */
  listen(on: { readonly news: (text: string) => void; readonly end: () => void }): () => void;
  /** The shop key, base64 of 32 bytes, for sealing documents and for the code a manager shows; undefined when not paired. */
  readShopKey(): Promise<string | undefined>;
  /** The key this computer has for a shop, paired or not any more. */
  findKeptKey(shop: string): Promise<string | undefined>;
}

export interface PairedEndpoint {
  /** `https://…` without a path; plain http on this very computer only. */
  readonly address: string;
  readonly shop: string;
}

export interface PairRequest {
  readonly address: string;
  readonly code: string;
  readonly till: string;
  readonly name: string;
  /** The shop of the ledger that is here already. Absent: this till joins whatever shop the code is of. */
  readonly shop?: string;
  readonly app: string;
  /** Base64 of 32 bytes. */
  readonly shopKey: string;
}

export interface PairFailure {
  readonly code: PairFailureCode;
}

export interface SendRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Begins with `/v1/`. */
  readonly path: string;
  readonly body?: string;
  /** For all of it; at most MAX_TIMEOUT_MS. */
  readonly timeoutMs: number;
}
