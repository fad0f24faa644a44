import { err, ok, type Result } from '#shared/lib/result.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';
import type {
  EndpointLink,
  PairedEndpoint,
  PairFailure,
  PairRequest,
  SendRequest,
} from '#renderer/platform/endpoint-link.ts';

/** A way to an endpoint that says what a test wants to hear, and tells what it was asked. */
export interface FakeEndpointLink extends EndpointLink {
  readonly pairings: readonly PairRequest[];
  readonly sent: readonly SendRequest[];
  /** Says this on every open live feed. */
  tell(text: string): void;
  /** Ends every open live feed. */
  endFeeds(): void;
  openFeeds(): number;
}

export interface FakeEndpointPlan {
  /** Paired from the start. */
  readonly paired?: PairedEndpoint;
  /** Base64 of 32 bytes. */
  readonly shopKey?: string;
  /** Without one pairing succeeds, with the shop that was asked for or `shop-1`. */
  readonly pair?: (request: PairRequest) => Promise<Result<PairedEndpoint, PairFailure>>;
  /** Without one nobody answers. */
  readonly answer?: (request: SendRequest) => Promise<RawReply>;
}

type Listener = Parameters<EndpointLink['listen']>[0];

export function createFakeEndpointLink(plan: FakeEndpointPlan = {}): FakeEndpointLink {
  let { paired, shopKey } = plan;
  const pairings: PairRequest[] = [];
  const sent: SendRequest[] = [];
  const feeds = new Set<Listener>();
  return {
    pairings,
    sent,
    find: async () => paired,
    async pair(request) {
      pairings.push(request);
      const { address, shop = 'shop-1' } = request;
      const outcome = plan.pair ? await plan.pair(request) : ok({ address, shop });
      if (!outcome.ok) return err(outcome.error);
      paired = outcome.value;
      shopKey = request.shopKey;
      return outcome;
    },
    async unpair() {
      paired = undefined;
      shopKey = undefined;
    },
    async send(request) {
      sent.push(request);
      return (await plan.answer?.(request)) ?? { kind: 'failed', because: 'network' };
    },
    listen(on) {
      feeds.add(on);
      return () => void feeds.delete(on);
    },
    readShopKey: async () => shopKey,
    tell: (text) => feeds.forEach((feed) => feed.news(text)),
    endFeeds() {
      const ended = [...feeds];
      feeds.clear();
      for (const feed of ended) feed.end();
    },
    openFeeds: () => feeds.size,
  };
}
