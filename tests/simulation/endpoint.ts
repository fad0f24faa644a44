import { createMemoryStore, type MemoryState, type MemoryStore } from '#server/store/memory-store.ts';
import { eventDataSchemas } from '#shared/ledger/event.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';
import { helloRequestSchema, pushRequestSchema } from '#shared/sync/wire.ts';
import type { Chance } from './chance.ts';
import type { EndpointFaults } from './protocol.ts';

/** The endpoint: the production store and verdicts behind the routes a till uses, without HTTP around them. */

export interface Request {
  readonly route: 'hello' | 'push' | 'pull';
  readonly token: string;
  readonly text: string;
  readonly after: number;
  readonly limit: number;
}

export const SHOP = 'shop-1';
export const OTHER_SHOP = 'shop-2';

interface Token {
  readonly till: string;
  readonly shop: string;
  isRevoked: boolean;
}

export class Endpoint {
  store: MemoryStore;
  epoch = 1;
  isDown = false;
  isNewer = false;
  readonly tokens = new Map<string, Token>();
  /** Ids of events that make it refuse a whole batch. */
  readonly poison = new Set<string>();
  backup: MemoryState | undefined;

  readonly faults: EndpointFaults;
  readonly chance: Chance;
  readonly now: () => number;

  private constructor(faults: EndpointFaults, chance: Chance, now: () => number) {
    this.faults = faults;
    this.chance = chance;
    this.now = now;
    this.store = createMemoryStore('epoch-1');
  }

  static async open(faults: EndpointFaults, chance: Chance, now: () => number): Promise<Endpoint> {
    const endpoint = new Endpoint(faults, chance, now);
    for (const shop of [SHOP, OTHER_SHOP]) await endpoint.store.createShop({ shop, atMs: now() });
    return endpoint;
  }

  backUp(): void {
    this.backup = this.store.backUp();
  }

  restore(): boolean {
    if (!this.backup) return false;
    this.epoch += 1;
    const epoch = this.faults.isEpochKept ? 'epoch-1' : `epoch-${this.epoch}`;
    this.store = createMemoryStore(epoch, this.backup);
    return true;
  }

  async handle(request: Request): Promise<RawReply> {
    const token = this.tokens.get(request.token);
    if (this.isDown) return { kind: 'http', status: 502, retryAfter: null, text: '<h1>Bad gateway</h1>' };
    if (!token) return refusal(401, 'not-signed-in');
    if (token.isRevoked) return refusal(403, 'revoked');
    if (this.isNewer) return refusal(426, 'app-too-old');
    switch (request.route) {
      case 'hello':
        return this.#hello(request, token);
      case 'push':
        return this.#push(request, token);
      case 'pull':
        return this.#pull(request, token);
    }
  }

  async #hello({ text }: Request, { shop }: Token): Promise<RawReply> {
    const { streams } = helloRequestSchema.parse(JSON.parse(text));
    const heads = await this.store.listHeads({ shop, streams: streams.map(({ stream }) => stream) });
    return answer({
      serverEpoch: await this.store.epoch(),
      time: this.now(),
      streams: heads,
      ...(await this.store.heads(shop)),
      minApp: '0.0.0',
      flags: [],
    });
  }

  async #push({ text }: Request, { till, shop }: Token): Promise<RawReply> {
    const { events } = pushRequestSchema.parse(JSON.parse(text));
    if (events.some((event) => this.poison.has(String((event as { id?: unknown }).id)))) {
      return refusal(422, 'bad-request');
    }
    const { isAckTooEarly, isPicky, isIdForgotten, isPositionUnchecked } = this.faults;
    const before = this.store;
    const taken = isPicky
      ? events.filter((event) => String((event as { type?: unknown }).type) in eventDataSchemas)
      : events;
    if (isAckTooEarly && this.chance.happens(0.05)) {
      const copy = createMemoryStore('lost', this.store.backUp());
      this.store = copy;
    }
    let results = await this.store.acceptBatch({ shop, till, events: taken, atMs: this.now() });
    this.store = before;
    if (isPicky) {
      const byId = new Map(results.map((result) => [result.id, result]));
      results = events.map((event) => {
        const id = String((event as { id?: unknown }).id);
        return byId.get(id) ?? { id, status: 'ok' as const, g: 1 };
      });
    }
    if (isIdForgotten)
      await this.#placeAgain(
        shop,
        results.filter(({ status }) => status === 'dup'),
        events,
      );
    if (isPositionUnchecked) {
      results = results.map((result) =>
        result.status === 'conflict' || result.status === 'gap'
          ? { id: result.id, status: 'ok', g: 1 }
          : result,
      );
    }
    return answer({ results });
  }

  /** A known event under another id of its own place, as a store without the unique index would have it. */
  async #placeAgain(
    shop: string,
    dups: readonly { readonly id: string }[],
    events: readonly unknown[],
  ): Promise<void> {
    const state = this.store.backUp();
    const entries = state.shops.get(shop)?.entries;
    const [first] = dups;
    const event = events.find((candidate) => (candidate as { id?: unknown }).id === first?.id);
    if (!entries || !event) return;
    entries.push(JSON.stringify(event));
    this.store = createMemoryStore(await this.store.epoch(), state);
  }

  async #pull({ after, limit }: Request, { shop }: Token): Promise<RawReply> {
    const source = this.faults.isOpen && this.chance.happens(0.05) ? OTHER_SHOP : shop;
    const { events, head } = await this.store.pullEvents({ shop: source, after, limit });
    const isHoled = this.faults.isPageHoled && events.length > 2 && this.chance.happens(0.2);
    const page = isHoled ? events.filter((_, index) => index !== 1) : events;
    const list = page.map(({ g, json }, index) =>
      // The places are made to look whole: the till has no way to see it, its invariants have.
      isHoled ? `{"g":${after + index + 1},"event":${json}}` : `{"g":${g},"event":${json}}`,
    );
    const epoch = JSON.stringify(await this.store.epoch());
    const seen = isHoled ? after + page.length : head;
    return {
      kind: 'http',
      status: 200,
      retryAfter: null,
      text: `{"serverEpoch":${epoch},"events":[${list.join(',')}],"head":${seen}}`,
    };
  }
}

const answer = (value: unknown): RawReply => ({
  kind: 'http',
  status: 200,
  retryAfter: null,
  text: JSON.stringify(value),
});

export const refusal = (status: number, code: string): RawReply => ({
  kind: 'http',
  status,
  retryAfter: null,
  text: JSON.stringify({ error: { code, message: code, request: 'r' } }),
});
