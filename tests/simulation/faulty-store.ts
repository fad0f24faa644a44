import { createMemoryStore, type MemoryStore } from '#server/store/memory-store.ts';
import type {
  AppRequest,
  BatchRequest,
  EventStore,
  FeedRequest,
  PairingCodeRequest,
  PairRequest,
  ProfilesRequest,
  RevokeRequest,
  ShopRequest,
} from '#server/store/event-store.ts';
import { eventDataSchemas } from '#shared/ledger/event.ts';
import type { EventVerdict } from '#shared/sync/wire.ts';
import type { Chance } from './chance.ts';
import type { EndpointFaults } from './protocol.ts';
import { OTHER_SHOP, SHOP } from './surroundings.ts';

/** The store in memory. Without faults it is exactly that. */
export class FaultyStore implements EventStore {
  inner: MemoryStore;
  readonly faults: EndpointFaults;
  readonly chance: Chance;

  constructor(inner: MemoryStore, faults: EndpointFaults, chance: Chance) {
    this.inner = inner;
    this.faults = faults;
    this.chance = chance;
  }

  epoch = () => this.inner.epoch();
  createShop = (request: ShopRequest) => this.inner.createShop(request);
  listShops = () => this.inner.listShops();
  listHeads = (request: Parameters<EventStore['listHeads']>[0]) => this.inner.listHeads(request);
  listQuarantined = (shop: string) => this.inner.listQuarantined(shop);
  heads = (shop: string) => this.inner.heads(shop);
  addPairingCode = (request: PairingCodeRequest) => this.inner.addPairingCode(request);
  pair = (request: PairRequest) => this.inner.pair(request);
  findTill = (tokenHash: string) => this.inner.findTill(tokenHash);
  noteApp = (request: AppRequest) => this.inner.noteApp(request);
  listTills = (shop: string) => this.inner.listTills(shop);
  revokeTill = (request: RevokeRequest) => this.inner.revokeTill(request);
  close = () => this.inner.close();

  async acceptBatch(request: BatchRequest): Promise<readonly EventVerdict[]> {
    const { isAckTooEarly, isPicky, isIdForgotten, isPositionUnchecked } = this.faults;
    const { events, shop } = request;
    const isKnown = (event: unknown) => String((event as { type?: unknown }).type) in eventDataSchemas;
    const taken = isPicky ? events.filter(isKnown) : events;
    const isLost = isAckTooEarly === true && this.chance.happens(0.05);
    const store = isLost ? createMemoryStore('lost', this.inner.backUp()) : this.inner;
    let results = await store.acceptBatch({ ...request, events: taken });
    if (isPicky) {
      const byId = new Map(results.map((result) => [result.id, result]));
      results = events.map((event) => {
        const id = String((event as { id?: unknown }).id);
        return byId.get(id) ?? { id, status: 'ok' as const, g: 1 };
      });
    }
    const known = results.find(({ status }) => status === 'dup');
    if (isIdForgotten && known) await this.#placeAgain(shop, known.id, events);
    if (!isPositionUnchecked) return results;
    return results.map((result) =>
      result.status === 'conflict' || result.status === 'gap'
        ? { id: result.id, status: 'ok', g: 1 }
        : result,
    );
  }

  /** A known event with a second place, as a store without the unique index would have it. */
  async #placeAgain(shop: string, id: string, events: readonly unknown[]): Promise<void> {
    const state = this.inner.backUp();
    const event = events.find((candidate) => (candidate as { id?: unknown }).id === id);
    if (!event) return;
    state.shops.get(shop)?.entries.push(JSON.stringify(event));
    this.inner = createMemoryStore(await this.inner.epoch(), state);
  }

  async pullEvents(request: FeedRequest) {
    const { isOpen, isPageHoled } = this.faults;
    const { after } = request;
    const isMixed = isOpen === true && request.shop === SHOP && this.chance.happens(0.05);
    const page = await this.inner.pullEvents(isMixed ? { ...request, shop: OTHER_SHOP } : request);
    if (!isPageHoled || page.events.length <= 2 || !this.chance.happens(0.2)) return page;
    // The places are made to look whole: the till has no way to see it, its invariants have.
    const kept = page.events.filter((_, index) => index !== 1);
    const events = kept.map(({ json }, index) => ({ g: after + index + 1, json }));
    return { events, head: after + events.length };
  }

  async putProfiles(request: ProfilesRequest) {
    const { isLastArrival, isTombstoneSoft } = this.faults;
    if (isLastArrival || isTombstoneSoft) await this.#makeRoom(request);
    return this.inner.putProfiles(request);
  }

  /** Forgets what should have won. */
  async #makeRoom({ shop, docs }: ProfilesRequest): Promise<void> {
    const state = this.inner.backUp();
    const profiles = state.shops.get(shop)?.profiles ?? new Map();
    for (const { member } of docs) {
      const before = profiles.get(member);
      const isErased = before !== undefined && 'erased' in before;
      if (isErased ? this.faults.isTombstoneSoft : this.faults.isLastArrival) profiles.delete(member);
    }
    this.inner = createMemoryStore(await this.inner.epoch(), state);
  }

  async pullProfiles(request: FeedRequest) {
    const page = await this.inner.pullProfiles(request);
    if (!this.faults.isDocFeedHoled || page.docs.length < 2) return page;
    return { ...page, docs: page.docs.filter((_, index) => index !== 0) };
  }
}
