import { createApp, DEFAULT_LIMITS, type App, type Limits } from '#server/http/app.ts';
import { ROUTES, type RouteName } from '#server/http/routes.ts';
import { hashPairingCode, hashToken } from '#server/http/secrets.ts';
import { createMemoryStore, type MemoryState, type MemoryStore } from '#server/store/memory-store.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';
import { pairAnswerSchema } from '#shared/sync/wire.ts';
import type { Chance } from './chance.ts';
import { FaultyStore } from './faulty-store.ts';
import type { EndpointFaults } from './protocol.ts';
import { OTHER_SHOP, SHOP } from './surroundings.ts';

/** The endpoint: the production routes, limits and verdicts over the store in memory, and what may happen to the machine. */

export interface Asked {
  readonly route: RouteName;
  readonly token: string;
  readonly text: string;
  /** Of a page. */
  readonly after: number;
  readonly limit: number;
}

/** Everybody in the shop asks from behind one address. */
const ADDRESS = '192.0.2.1';
const silent = () => undefined;

export class Endpoint {
  isDown = false;
  app: App;
  store: FaultyStore;
  /** Ids of events that make something before it refuse a whole batch. */
  readonly poison = new Set<string>();
  minApp = '1.0.0';
  backup: MemoryState | undefined;
  #epoch = 1;
  #codes = 0;

  readonly faults: EndpointFaults;
  readonly chance: Chance;
  readonly now: () => number;
  readonly limits: Limits;

  private constructor(parts: Pick<Endpoint, 'faults' | 'chance' | 'now' | 'limits'>) {
    this.faults = parts.faults;
    this.chance = parts.chance;
    this.now = parts.now;
    this.limits = parts.limits;
    this.store = new FaultyStore(createMemoryStore('epoch-1'), parts.faults, parts.chance);
    this.app = this.#createApp();
  }

  static async open(faults: EndpointFaults, chance: Chance, now: () => number): Promise<Endpoint> {
    // Some shops are allowed little: then 429 is an answer of every day.
    const till = chance.happens(0.3) ? { perSecond: 0.2, burst: 20 } : DEFAULT_LIMITS.till;
    const endpoint = new Endpoint({ faults, chance, now, limits: { ...DEFAULT_LIMITS, till } });
    for (const shop of [SHOP, OTHER_SHOP]) await endpoint.store.createShop({ shop, atMs: now() });
    return endpoint;
  }

  #createApp(): App {
    return createApp({
      store: this.store,
      now: this.now,
      random: (count) => Uint8Array.from({ length: count }, () => this.chance.below(256)),
      log: { info: silent, error: silent },
      limits: this.limits,
      origins: [],
      minApp: this.minApp,
    });
  }

  /** A newer endpoint that wants newer apps. */
  demand(minApp: string): void {
    this.minApp = minApp;
    this.app = this.#createApp();
  }

  backUp(): void {
    this.backup = this.store.inner.backUp();
  }

  restore(): boolean {
    if (!this.backup) return false;
    this.#epoch += 1;
    const epoch = this.faults.isEpochKept ? 'epoch-1' : `epoch-${this.#epoch}`;
    const inner: MemoryStore = createMemoryStore(epoch, this.backup);
    this.store = new FaultyStore(inner, this.faults, this.chance);
    this.app = this.#createApp();
    return true;
  }

  /** By hand, and nobody makes a new epoch. */
  async putBack(moment: MemoryState): Promise<void> {
    const epoch = await this.store.inner.epoch();
    this.store = new FaultyStore(createMemoryStore(epoch, moment), this.faults, this.chance);
    this.app = this.#createApp();
  }

  /** Somebody with a one-time code pairs a till; a till that was paired gets another token. */
  async pair(till: string, shop: string, app: string): Promise<string> {
    const code = `CODE-${(this.#codes += 1)}`;
    const expiresAtMs = this.now() + 60_000;
    await this.store.addPairingCode({ shop, codeHash: hashPairingCode(code), expiresAtMs });
    const body = JSON.stringify({ code, till, name: till, shop, app });
    const request = new Request('http://endpoint.test/v1/tills', { method: 'POST', body });
    const response = await this.app.fetch(request, { address: `manager ${this.#codes}` });
    return pairAnswerSchema.parse(await response.json()).token;
  }

  async isWelcome(token: string): Promise<boolean> {
    const till = await this.store.findTill(hashToken(token));
    return till?.revokedAtMs === null;
  }

  async handle(asked: Asked): Promise<RawReply> {
    if (this.isDown) return { kind: 'http', status: 502, retryAfter: null, text: '<h1>Bad gateway</h1>' };
    const { route, text } = asked;
    if (route === 'pushEvents' && [...this.poison].some((id) => text.includes(`"id":"${id}"`)))
      return refusal(422, 'bad-request');
    const { method, path } = ROUTES[route];
    const query = method === 'get' ? `?after=${asked.after}&limit=${asked.limit}` : '';
    const request = new Request(`http://endpoint.test${path}${query}`, {
      method: method.toUpperCase(),
      headers: { Authorization: `Bearer ${asked.token}` },
      ...(method === 'post' ? { body: text } : {}),
    });
    const response = await this.app.fetch(request, { address: ADDRESS });
    const { status, headers } = response;
    return { kind: 'http', status, retryAfter: headers.get('Retry-After'), text: await response.text() };
  }

  /** Whether somebody else's token can do nothing to a till. */
  async isOutOfReach(till: string, token: string): Promise<boolean> {
    const headers = { Authorization: `Bearer ${token}` };
    const ask = (method: string, path: string) =>
      this.app.fetch(new Request(`http://endpoint.test${path}`, { method, headers }), {
        address: 'elsewhere',
      });
    const revoked = await ask('DELETE', `/v1/tills/${till}`);
    const listed = await ask('GET', '/v1/tills');
    return revoked.status === 404 && !(await listed.text()).includes(`"${till}"`);
  }

  /** A manager at another till, or whoever runs the endpoint, takes a till out of the shop. */
  async revoke(till: string, shop: string, byToken: string | undefined): Promise<void> {
    if (byToken === undefined) {
      await this.store.revokeTill({ shop, till, atMs: this.now() });
      return;
    }
    const request = new Request(`http://endpoint.test/v1/tills/${till}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${byToken}` },
    });
    await this.app.fetch(request, { address: ADDRESS });
  }
}

export const refusal = (status: number, code: string): RawReply => ({
  kind: 'http',
  status,
  retryAfter: null,
  text: JSON.stringify({ error: { code, message: code, request: 'r' } }),
});
