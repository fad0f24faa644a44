import { createMemoryStore, type MemoryState, type MemoryStore } from '#server/store/memory-store.ts';
import type {
  EndpointLink,
  PairedEndpoint,
  PairRequest,
  SendRequest,
} from '#renderer/platform/endpoint-link.ts';
import { err, ok } from '#shared/lib/result.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';
import {
  feedQuerySchema,
  helloRequestSchema,
  pushProfilesSchema,
  pushRequestSchema,
} from '#shared/sync/wire.ts';

/** An endpoint in this process, without HTTP: the production store and verdicts behind the routes that a till uses. */
export class MemoryEndpoint {
  store: MemoryStore;
  readonly shop: string;
  readonly tills = new Map<string, string>();
  readonly asked: {
    readonly till: string;
    readonly method: string;
    readonly path: string;
    readonly body?: string;
  }[] = [];
  /** Answers instead of the endpoint while it returns something; also asked to wait. */
  interfere: (request: SendRequest, till: string) => Promise<RawReply | undefined> | RawReply | undefined =
    () => undefined;
  /** Something on the way ends every feed at once. */
  isFeedBroken = false;
  /** Feeds stay open, and nothing comes. */
  isSilent = false;
  private epoch = 1;
  private readonly feeds = new Map<
    object,
    { readonly news: (text: string) => void; readonly end: () => void }
  >();

  private constructor(shop: string) {
    this.shop = shop;
    this.store = createMemoryStore('epoch-1');
  }

  static async open(shop = 'shop-1'): Promise<MemoryEndpoint> {
    const endpoint = new MemoryEndpoint(shop);
    await endpoint.store.createShop({ shop, atMs: 0 });
    return endpoint;
  }

  backUp(): MemoryState {
    return this.store.backUp();
  }

  restore(backup: MemoryState): void {
    this.epoch += 1;
    this.store = createMemoryStore(`epoch-${this.epoch}`, backup);
  }

  get feedCount(): number {
    return this.feeds.size;
  }

  /** The line breaks. */
  endFeeds(): void {
    for (const [key, feed] of this.feeds) {
      this.feeds.delete(key);
      feed.end();
    }
  }

  /** To everybody who listens, true or not. */
  say(heads: { readonly head: number; readonly docHead: number }): void {
    for (const { news } of this.feeds.values()) news(JSON.stringify(heads));
  }

  linkOf(till: string): Pick<EndpointLink, 'send' | 'listen'> {
    return {
      send: async (request) => {
        const { method, path, body } = request;
        this.asked.push({ till, method, path, ...(body === undefined ? {} : { body }) });
        return (await this.interfere(request, till)) ?? (await this.answer(request));
      },
      listen: (on) => {
        const key = {};
        if (this.isFeedBroken) {
          on.end();
          return () => undefined;
        }
        this.feeds.set(key, on);
        void this.tell([on]);
        return () => this.feeds.delete(key);
      },
    };
  }

  private async tell(listeners: readonly { readonly news: (text: string) => void }[]): Promise<void> {
    if (this.isSilent) return;
    const heads = await this.store.heads(this.shop);
    for (const { news } of listeners) news(JSON.stringify(heads));
  }

  private async answer({ method, path, body }: SendRequest): Promise<RawReply> {
    const url = new URL(path, 'http://endpoint');
    const { shop, store } = this;
    const json: unknown = body === undefined ? undefined : JSON.parse(body);
    const { after, limit } = feedQuerySchema.parse(Object.fromEntries(url.searchParams));
    switch (`${method} ${url.pathname}`) {
      case 'POST /v1/hello': {
        const { streams } = helloRequestSchema.parse(json);
        const heads = await store.listHeads({ shop, streams: streams.map(({ stream }) => stream) });
        const { head, docHead } = await store.heads(shop);
        return http(200, {
          serverEpoch: await store.epoch(),
          time: 0,
          streams: heads,
          head,
          docHead,
          minApp: '0',
          flags: [],
        });
      }
      case 'POST /v1/events': {
        const { events, serverEpoch } = pushRequestSchema.parse(json);
        if (serverEpoch !== undefined && serverEpoch !== (await store.epoch()))
          return refusal(409, 'other-epoch');
        const results = await store.acceptBatch({ shop, till: '', events, atMs: 0 });
        void this.tell([...this.feeds.values()]);
        return http(200, { results });
      }
      case 'GET /v1/events': {
        const { events, head } = await store.pullEvents({ shop, after, limit });
        const page = events.map(({ g, json: text }) => ({ g, event: JSON.parse(text) as unknown }));
        return http(200, { serverEpoch: await store.epoch(), events: page, head });
      }
      case 'POST /v1/profiles': {
        const results = await store.putProfiles({ shop, docs: pushProfilesSchema.parse(json).docs });
        void this.tell([...this.feeds.values()]);
        return http(200, { results });
      }
      case 'GET /v1/profiles':
        return http(200, await store.pullProfiles({ shop, after, limit }));
      case 'GET /v1/tills':
        return http(200, {
          tills: [...this.tills].map(([till, name]) => ({
            till,
            name,
            app: '0.1.0',
            pairedAt: 1,
            revokedAt: null,
          })),
        });
      case 'POST /v1/pairing-codes':
        return http(200, { code: 'NEXT-CODE', lastsMs: 900_000 });
      default:
        return refusal(404, 'not-found');
    }
  }
}

export const http = (status: number, body: unknown, retryAfter: string | null = null): RawReply => ({
  kind: 'http',
  status,
  retryAfter,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

export const refusal = (status: number, code: string): RawReply =>
  http(status, { error: { code, message: 'm', request: 'r' } });

/** A host's link to a memory endpoint, which keeps its secrets in the test. */
export class MemoryLink implements EndpointLink {
  paired: PairedEndpoint | undefined;
  kept: { readonly shop: string; readonly shopKey: string } | undefined;
  readonly requests: PairRequest[] = [];
  private readonly endpoint: MemoryEndpoint;
  private till = '';

  constructor(endpoint: MemoryEndpoint) {
    this.endpoint = endpoint;
  }

  async find() {
    return this.paired;
  }

  async pair(request: PairRequest) {
    this.requests.push(request);
    const { shop, tills } = this.endpoint;
    if (request.code === 'WRONG') return err({ code: 'bad-code' as const });
    if (request.shop !== undefined && request.shop !== shop) return err({ code: 'other-shop' as const });
    tills.set(request.till, request.name);
    this.till = request.till;
    this.kept = { shop, shopKey: request.shopKey };
    this.paired = { address: request.address, shop };
    return ok(this.paired);
  }

  async unpair({ forgetsKey } = { forgetsKey: false }) {
    this.paired = undefined;
    if (forgetsKey) this.kept = undefined;
  }

  send(request: SendRequest): Promise<RawReply> {
    return this.endpoint.linkOf(this.till).send(request);
  }

  listen(on: Parameters<EndpointLink['listen']>[0]): () => void {
    return this.endpoint.linkOf(this.till).listen(on);
  }

  async readShopKey() {
    return this.paired && this.kept?.shopKey;
  }

  async findKeptKey(shop: string) {
    return this.kept?.shop === shop ? this.kept.shopKey : undefined;
  }
}
