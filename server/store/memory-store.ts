import type { HashText } from '#shared/ledger/stream.ts';
import { judgeBatch, positionKey, readBatch, type Head, type KnownId } from '#shared/sync/judge-batch.ts';
import type { ProfileDoc } from '#shared/sync/wire.ts';
import {
  MAX_QUARANTINED_BYTES,
  MAX_QUARANTINED_EVENTS,
  UnknownShopError,
  type EventStore,
  type Quarantined,
  type Till,
} from './event-store.ts';

/** An endpoint's store in memory, for the simulator. What SQL does in a transaction happens here in one turn. */

interface ShopState {
  readonly entries: string[];
  readonly ids: Map<string, KnownId>;
  readonly heads: Map<string, Head>;
  readonly positions: Map<string, string>;
  /** By text. */
  readonly quarantine: Map<string, { readonly till: string; readonly code: string }>;
  readonly profiles: Map<string, ProfileDoc & { readonly p: number }>;
  p: number;
}

interface TillState extends Till {
  readonly tokenHash: string;
}

export interface MemoryState {
  readonly shops: Map<string, ShopState>;
  readonly tills: Map<string, TillState>;
  readonly codes: Map<
    string,
    { readonly shop: string; readonly expiresAtMs: number; readonly till?: string }
  >;
}

export interface MemoryStore extends EventStore {
  /** A copy to open another store from: an endpoint restored from a backup. */
  backUp(): MemoryState;
}

const sizeOf = (text: string): number => new TextEncoder().encode(text).length;

function quarantinedBy(till: string, quarantine: ShopState['quarantine']): Quarantined {
  const texts = [...quarantine].flatMap(([json, by]) => (by.till === till ? [json] : []));
  return { till, events: texts.length, bytes: texts.reduce((sum, text) => sum + sizeOf(text), 0) };
}

const emptyState = (): MemoryState => ({ shops: new Map(), tills: new Map(), codes: new Map() });
const tillKey = (shop: string, till: string): string => `${shop} ${till}`;

/** @param hashText a host may have a faster one than ours */
export function createMemoryStore(
  epoch: string,
  from: MemoryState = emptyState(),
  hashText?: HashText,
): MemoryStore {
  const { shops, tills, codes } = structuredClone(from);

  function stateOf(shop: string): ShopState {
    const state = shops.get(shop);
    if (!state) throw new UnknownShopError(shop);
    return state;
  }

  /** @returns the shop the till may join; undefined when its ledger is of another one. */
  function shopFor(shop: string, ledger: string | undefined): string | undefined {
    if (ledger === undefined || ledger === shop) return shop;
    if (shops.has(ledger) || [...tills.values()].some((till) => till.shop === shop)) return undefined;
    shops.set(ledger, stateOf(shop));
    shops.delete(shop);
    for (const [hash, code] of codes) if (code.shop === shop) codes.set(hash, { ...code, shop: ledger });
    return ledger;
  }

  return {
    epoch: async () => epoch,

    async createShop({ shop }) {
      if (shops.has(shop)) return 'taken';
      shops.set(shop, {
        entries: [],
        ids: new Map(),
        heads: new Map(),
        positions: new Map(),
        quarantine: new Map(),
        profiles: new Map(),
        p: 0,
      });
      return 'created';
    },

    listShops: async () => [...shops.keys()].sort(),

    async acceptBatch({ shop, till, events }) {
      const { entries, ids, heads, positions, quarantine } = stateOf(shop);
      const outcome = judgeBatch(readBatch(events, hashText), {
        shop,
        lastG: entries.length,
        ids,
        heads,
        positions,
      });
      for (const { stream, seq, id, entry } of outcome.filled) {
        positions.set(positionKey(stream, seq), id);
        if (!entry) continue;
        entries.push(entry.json);
        ids.set(id, { g: entry.g, body: entry.body });
      }
      for (const [stream, head] of outcome.heads) heads.set(stream, head);
      for (const { code, json } of outcome.quarantine) {
        const { events: count, bytes } = quarantinedBy(till, quarantine);
        const isRoom = count < MAX_QUARANTINED_EVENTS && bytes + sizeOf(json) <= MAX_QUARANTINED_BYTES;
        if (isRoom && !quarantine.has(json)) quarantine.set(json, { till, code });
      }
      return outcome.results;
    },

    async listQuarantined(shop) {
      const { quarantine } = stateOf(shop);
      const senders = new Set([...quarantine.values()].map(({ till }) => till));
      return [...senders].sort().map((till) => quarantinedBy(till, quarantine));
    },

    async pullEvents({ shop, after, limit }) {
      const { entries } = stateOf(shop);
      const page = entries.slice(after, after + limit);
      return { events: page.map((json, index) => ({ g: after + index + 1, json })), head: entries.length };
    },

    async listHeads({ shop, streams }) {
      const { heads } = stateOf(shop);
      return [...new Set(streams)].sort().flatMap((stream) => {
        const head = heads.get(stream);
        return head ? [{ stream, lastSeq: head.seq, link: head.link }] : [];
      });
    },

    async putProfiles({ shop, docs }) {
      const state = stateOf(shop);
      return docs.map((doc) => {
        const before = state.profiles.get(doc.member);
        const isNewer = !before || ('sealed' in before && (!('sealed' in doc) || doc.hlc > before.hlc));
        if (isNewer) state.profiles.set(doc.member, { ...doc, p: (state.p += 1) });
        return { member: doc.member, status: isNewer ? 'ok' : 'older' };
      });
    },

    async pullProfiles({ shop, after, limit }) {
      const state = stateOf(shop);
      const docs = [...state.profiles.values()].filter(({ p }) => p > after).sort((a, b) => a.p - b.p);
      return { docs: docs.slice(0, limit), docHead: state.p };
    },

    async heads(shop) {
      const { entries, p } = stateOf(shop);
      return { head: entries.length, docHead: p };
    },

    async addPairingCode({ shop, codeHash, expiresAtMs }) {
      stateOf(shop);
      codes.set(codeHash, { shop, expiresAtMs });
    },

    async pair({ codeHash, ledger, till, name, app, tokenHash, atMs }) {
      const code = codes.get(codeHash);
      if (!code || (code.till !== undefined && code.till !== till)) return 'unknown-code';
      if (code.expiresAtMs < atMs) return 'expired-code';
      const shop = shopFor(code.shop, ledger);
      if (shop === undefined) return 'other-shop';
      tills.set(tillKey(shop, till), {
        shop,
        till,
        name,
        app,
        tokenHash,
        pairedAtMs: atMs,
        revokedAtMs: null,
      });
      codes.set(codeHash, { ...code, shop, till });
      return { shop };
    },

    async findTill(tokenHash) {
      const found = [...tills.values()].find((till) => till.tokenHash === tokenHash);
      return found && tillOf(found);
    },

    async noteApp({ shop, till, app }) {
      const found = tills.get(tillKey(shop, till));
      if (found) tills.set(tillKey(shop, till), { ...found, app });
    },

    async listTills(shop) {
      const own = [...tills.values()].filter((till) => till.shop === shop);
      return own.sort((a, b) => a.pairedAtMs - b.pairedAtMs || (a.till < b.till ? -1 : 1)).map(tillOf);
    },

    async revokeTill({ shop, till, atMs }) {
      const found = tills.get(tillKey(shop, till));
      if (!found) return 'unknown';
      for (const [hash, code] of codes) if (code.shop === shop) codes.delete(hash);
      if (found.revokedAtMs !== null) return 'was-revoked';
      tills.set(tillKey(shop, till), { ...found, revokedAtMs: atMs });
      return 'revoked';
    },

    backUp: () => structuredClone({ shops, tills, codes }),
    close: async () => undefined,
  };
}

const tillOf = ({ tokenHash, ...till }: TillState): Till => till;
