import { gunzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { Log } from '#shared/lib/ports.ts';
import { errorSchema } from '#shared/sync/wire.ts';
import { createApp, DEFAULT_LIMITS, type App, type AppParts } from '#server/http/app.ts';
import { errorStatusesOf, healthSchema, ROUTES, type Route, type RouteName } from '#server/http/routes.ts';
import { hashPairingCode } from '#server/http/secrets.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { createMemoryStore } from '#server/store/memory-store.ts';

/** An endpoint in this process with a clock and chance of its own. Every answer is held against its documentation. */

export const ENDPOINT_NOW = Date.UTC(2026, 0, 1);

export interface TestEndpoint {
  readonly app: App;
  readonly store: EventStore;
  readonly logged: readonly { readonly code: string; readonly details: unknown }[];
  readonly clock: { nowMs: number };
  ask(name: RouteName, asked?: Asked): Promise<Answer>;
  /** A paired till's token. */
  pair(till: string, shop?: string): Promise<string>;
}

export interface Asked {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly query?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly address?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly code: string | undefined;
}

export function createTestEndpoint(
  parts: Partial<Omit<AppParts, 'now' | 'random' | 'log'>> = {},
): TestEndpoint {
  const clock = { nowMs: ENDPOINT_NOW };
  const logged: { code: string; details: unknown }[] = [];
  const note = (code: string, details: unknown) => void logged.push({ code, details });
  const log: Log = { info: note, error: note };
  const store = parts.store ?? createMemoryStore('epoch-1');
  let seed = 1;
  const app = createApp({
    store,
    now: () => clock.nowMs,
    random: (count) => Uint8Array.from({ length: count }, () => (seed = (seed * 16_807) % 2_147_483_647)),
    log,
    limits: DEFAULT_LIMITS,
    origins: ['http://127.0.0.1:4710'],
    minApp: '1.0.0',
    ...parts,
  });

  async function ask(name: RouteName, asked: Asked = {}): Promise<Answer> {
    const response = await send(app, ROUTES[name], asked);
    return readAnswer(ROUTES[name], response);
  }

  return {
    app,
    store,
    logged,
    clock,
    ask,
    async pair(till, shop = 'shop-1') {
      await store.createShop({ shop, atMs: clock.nowMs });
      const code = `CODE-${till}`;
      await store.addPairingCode({ shop, codeHash: hashPairingCode(code), expiresAtMs: clock.nowMs + 1000 });
      const { body } = await ask('pair', { body: { code, till, name: `Till ${till}`, app: '1.0.0' } });
      return (body as { token: string }).token;
    },
  };
}

export function send(
  app: App,
  route: Route,
  { token, body, query = '', params = {}, headers = {}, address = '192.0.2.1' }: Asked,
): Promise<Response> {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '');
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const sent = body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) };
  const request = new Request(`http://endpoint.test${path}${query}`, {
    method: route.method.toUpperCase(),
    headers: { ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }), ...headers },
    ...sent,
  });
  return app.fetch(request, { address });
}

/** @throws when a route answers what it does not say it answers */
export async function readAnswer(route: Route, response: Response): Promise<Answer> {
  const { status, headers } = response;
  const base = { status, headers };
  if (status !== 200 && !errorStatusesOf(route).includes(status))
    throw new Error(`${route.path} answered ${status}, which is not documented`);
  if (status === 200 && headers.get('content-type')?.split(';')[0] !== route.answer.type)
    throw new Error(`${route.path} answered with ${headers.get('content-type')}`);
  if (route.answer.type === 'text/event-stream' && status === 200)
    return { ...base, body: response.body, code: undefined };
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = (headers.get('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
  if (route.answer.type === 'text/plain' && status === 200) return { ...base, body: text, code: undefined };
  const body = JSON.parse(text) as unknown;
  if (status === 200 || route === ROUTES.health) {
    z.parse(status === 200 ? route.answer.schema : healthSchema, body);
    return { ...base, body, code: undefined };
  }
  return { ...base, body, code: errorSchema.parse(body).error.code };
}

/** What a till says first. */
export const hello = (till: string, streams: readonly unknown[] = []) => ({
  till,
  app: '1.0.0',
  schemaEpoch: 1,
  streams,
  cursor: 0,
  docCursor: 0,
});

export const push = (endpoint: TestEndpoint, token: string, events: readonly unknown[]) =>
  endpoint.ask('pushEvents', { token, body: { batch: 'batch-1', events } });
