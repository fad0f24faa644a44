import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type * as z from 'zod/mini';
import { parseAnything } from '#shared/lib/parse-anything.ts';
import type { Log } from '#shared/lib/ports.ts';
import type { EventStore, Till } from '#server/store/event-store.ts';
import { createHandlers, refuseOldApp, type Asked, type Reply } from './handlers.ts';
import { createLiveFeed, type LiveFeed } from './live-feed.ts';
import { createLiveStreams } from './live-stream.ts';
import { createMetrics } from './metrics.ts';
import { Problem } from './problem.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { readBody } from './read-body.ts';
import { ROUTES, type Route, type RouteName } from './routes.ts';
import { hashToken, isSameSecret, type RandomBytes } from './secrets.ts';

/** The endpoint as a function from a request to an answer: no port, no clock, no chance of its own. */

export interface Limits {
  /** Everything, by till. */
  readonly till: RateLimit;
  /** Everything, by address: many tills may share one. */
  readonly address: RateLimit;
  /** Codes and tokens that were wrong, by address. */
  readonly guess: RateLimit;
}

export const DEFAULT_LIMITS: Limits = {
  till: { perSecond: 50, burst: 500 },
  address: { perSecond: 500, burst: 5000 },
  guess: { perSecond: 0.2, burst: 20 },
};

export interface AppParts {
  readonly store: EventStore;
  readonly now: () => number;
  readonly random: RandomBytes;
  readonly log: Log;
  readonly limits: Limits;
  /** Pages that may ask from a browser. */
  readonly origins: readonly string[];
  readonly minApp: string;
  /** Without one /metrics is open. */
  readonly metricsToken?: string | undefined;
}

/** What only the server around the app knows. */
export interface Connection {
  readonly address: string;
}

export interface App {
  fetch(request: Request, connection: Connection): Promise<Response>;
  readonly live: LiveFeed;
  /** Every few seconds: keeps live feeds open through proxies, ends those of revoked tills. */
  beat(): Promise<void>;
  /** From now on every request is sent away; live feeds end. */
  stop(): void;
}

interface Env {
  readonly Bindings: Connection;
  readonly Variables: { request: string; till: Till | undefined; code: string };
}

const GZIP_FROM_BYTES = 1024;
const STOPPING_RETRY_SECONDS = 5;
const zip = promisify(gzip);

export function createApp(parts: AppParts): App {
  const { store, now, random, log, limits, origins, minApp, metricsToken } = parts;
  const metrics = createMetrics();
  const live = createLiveFeed((shop) => store.heads(shop));
  const streams = createLiveStreams(live, metrics);
  let isStopping = false;
  const handlers = createHandlers({
    store,
    now,
    random,
    log,
    metrics,
    live,
    minApp,
    isStopping: () => isStopping,
  });
  const take = {
    till: createRateLimit(limits.till, now),
    address: createRateLimit(limits.address, now),
    guess: createRateLimit(limits.guess, now),
  };

  function limit(kind: keyof Limits, key: string): void {
    const wait = take[kind](key);
    if (wait === 0) return;
    metrics.add('tenpunch_limited_total', { limit: kind });
    throw new Problem('too-many-requests', 'Too many requests.', wait);
  }

  async function tillOf(authorization: string | undefined, route: Route, address: string): Promise<Till> {
    const token = /^Bearer ([\w-]{1,128})$/.exec(authorization ?? '')?.[1];
    const till = token === undefined ? undefined : await store.findTill(hashToken(token));
    if (!till) {
      limit('guess', address);
      throw new Problem('not-signed-in', 'No token that is known here.');
    }
    limit('till', `${till.shop} ${till.till}`);
    if (route.auth === 'revoked-too') return till;
    if (till.revokedAtMs !== null) throw new Problem('revoked', 'This till was taken out of the shop.');
    refuseOldApp(till, minApp);
    return till;
  }

  function checkMetricsToken(authorization: string | undefined, address: string): void {
    if (metricsToken === undefined || isSameSecret(authorization ?? '', `Bearer ${metricsToken}`)) return;
    limit('guess', address);
    throw new Problem('not-signed-in', 'The metrics need their token.');
  }

  const app = new Hono<Env>({ strict: true });

  app.use(async (context, next) => {
    const startedAt = now();
    const request = Buffer.from(random(12)).toString('hex');
    context.set('request', request);
    await next();
    const name = nameOf(context.req.method, context.req.routePath);
    const { status } = context.res;
    context.header('X-Request-Id', request);
    // What a till asked is nobody else's to keep, an error neither.
    context.header('Cache-Control', 'no-store');
    metrics.add('tenpunch_requests_total', { route: name, status: String(status) });
    metrics.add('tenpunch_request_seconds_total', { route: name }, Math.max(0, now() - startedAt) / 1000);
    const till = context.get('till');
    log.info('request', {
      request,
      route: name,
      status,
      ms: now() - startedAt,
      ...(till ? { shop: till.shop, till: till.till } : {}),
      ...(context.get('code') ? { code: context.get('code') } : {}),
    });
  });

  app.use(
    cors({
      origin: [...origins],
      allowMethods: ['GET', 'POST', 'DELETE'],
      allowHeaders: ['Authorization', 'Content-Type', 'Content-Encoding'],
      exposeHeaders: ['Retry-After', 'X-Request-Id'],
      maxAge: 86_400,
    }),
  );

  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const route: Route = ROUTES[name];
    app.on(route.method.toUpperCase(), route.path, async (context) => {
      const { address } = context.env;
      const authorization = context.req.header('authorization');
      if (isStopping && route.path.startsWith('/v1/'))
        throw new Problem('stopping', 'The endpoint is stopping.', STOPPING_RETRY_SECONDS);
      // Whoever watches over the process must always learn whether it lives.
      if (name !== 'health') limit('address', address);
      if (route.auth === 'metrics') checkMetricsToken(authorization, address);
      // Every try counts, right or wrong: there is no other way to slow down guessing of codes.
      if (name === 'pair') limit('guess', address);
      const isForTill = route.auth === 'till' || route.auth === 'revoked-too';
      const till = isForTill ? await tillOf(authorization, route, address) : undefined;
      context.set('till', till);
      if (name === 'live') return streams.open(till as Till);
      const asked = {
        till,
        params: context.req.param() as Readonly<Record<string, string>>,
        query: route.query && check(route.query, context.req.query()),
        body: route.body && check(route.body.schema, await readBody(context.req.raw, route.body.maxBytes)),
      };
      const handle = handlers[name] as (asked: Asked<Route>) => Promise<Reply<unknown>>;
      return answer(route, await handle(asked as Asked<Route>), context.req.header('accept-encoding'));
    });
  }

  const problem = (code: Problem['code'], message: string, request: string) => ({
    error: { code, message, request },
  });

  app.notFound((context) => {
    context.set('code', 'not-found');
    return context.json(problem('not-found', 'There is nothing here.', context.get('request')), 404);
  });

  app.onError((error, context) => {
    const request = context.get('request');
    const known = error instanceof Problem ? error : new Problem('internal', 'A fault of the endpoint.');
    context.set('code', known.code);
    if (known !== error) log.error('fault', { request, ...describeFault(error) });
    if (known.retryAfterSeconds !== undefined) context.header('Retry-After', String(known.retryAfterSeconds));
    return context.json(problem(known.code, known.message, request), known.status);
  });

  return {
    fetch: async (request, connection) => app.fetch(request, connection),
    live,
    beat: () =>
      streams.beat(async ({ shop, till }) => {
        const tills = await store.listTills(shop);
        return tills.some((other) => other.till === till && other.revokedAtMs === null);
      }),
    stop() {
      isStopping = true;
      streams.closeAll();
    },
  };
}

function check(schema: z.core.$ZodType, value: unknown): unknown {
  const known = schema as z.ZodMiniType;
  const parsed = parseAnything(known, value);
  if (parsed !== undefined) return parsed;
  const where = placeOf(known, value);
  throw new Problem('bad-request', `Not what this route takes${where === '' ? '' : `, at ${where}`}.`);
}

/** Where, not what: what was sent may be somebody's name. */
function placeOf(schema: z.ZodMiniType, value: unknown): string {
  try {
    return schema.safeParse(value).error?.issues[0]?.path.map(String).join('.').slice(0, 100) ?? '';
  } catch {
    return '';
  }
}

async function answer(route: Route, reply: Reply<unknown>, accepts = ''): Promise<Response> {
  const text = 'text' in reply ? reply.text : JSON.stringify(reply.value);
  const headers: Record<string, string> = {
    'Content-Type': `${route.answer.type}; charset=utf-8`,
    Vary: 'Accept-Encoding',
  };
  const status = 'status' in reply ? reply.status : 200;
  if (status === 503) headers['Retry-After'] = String(STOPPING_RETRY_SECONDS);
  if (text.length < GZIP_FROM_BYTES || !/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepts))
    return new Response(text, { status, headers });
  const bytes = await zip(text, { level: constants.Z_BEST_SPEED });
  return new Response(new Uint8Array(bytes), { status, headers: { ...headers, 'Content-Encoding': 'gzip' } });
}

/** A database's message may quote what was sent; its code and the places in our code don't. */
function describeFault(error: Error): Record<string, string> {
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const { code } = error as NodeJS.ErrnoException;
  return {
    name: error.name,
    ...(typeof code === 'string' ? { fault: code } : {}),
    at: places
      .slice(0, 5)
      .map((line) => line.trim())
      .join(' · '),
  };
}

/** Only names that are in ROUTES: a label that anybody could make up would fill the memory. */
function nameOf(method: string, path: string): string {
  const found = Object.entries(ROUTES).find(
    ([, route]) => route.path === path && route.method.toUpperCase() === method,
  );
  return found?.[0] ?? (method === 'OPTIONS' ? 'preflight' : 'unknown');
}
