import * as z from 'zod/mini';
import {
  feedQuerySchema,
  helloAnswerSchema,
  helloRequestSchema,
  liveSchema,
  MAX_BATCH_BYTES,
  MAX_PROFILES_BYTES,
  MAX_SYNC_FILE_BYTES,
  pairAnswerSchema,
  pairingCodeSchema,
  pairRequestSchema,
  profileVerdictsSchema,
  pullAnswerSchema,
  pullProfilesSchema,
  pushAnswerSchema,
  pushProfilesSchema,
  pushRequestSchema,
  revokedSchema,
  syncFileAnswerSchema,
  syncFileSchema,
  tillsSchema,
} from '#shared/sync/wire.ts';

/** Every route of the endpoint, as data: the running app, its OpenAPI document and the tests are all made from this. */

export interface Route {
  readonly method: 'get' | 'post' | 'delete';
  readonly path: string;
  readonly summary: string;
  /** `revoked-too`: a till that was revoked is still told so in the answer itself. */
  readonly auth: 'none' | 'till' | 'revoked-too' | 'metrics';
  readonly body?: { readonly schema: z.core.$ZodType; readonly maxBytes: number };
  readonly query?: z.core.$ZodType;
  readonly answer: { readonly type: string; readonly schema: z.core.$ZodType };
  /** Statuses besides 200 that only some routes answer; the common ones are added by what the route takes. */
  readonly errors?: readonly number[];
}

const KIB = 1024;
const json = <Schema extends z.core.$ZodType>(schema: Schema) => ({ type: 'application/json', schema });
const body = <Schema extends z.core.$ZodType>(schema: Schema, maxBytes = 64 * KIB) => ({ schema, maxBytes });

export const healthSchema = z.object({ status: z.enum(['ok', 'stopping', 'no-store']) });

export const ROUTES = {
  pair: {
    method: 'post',
    path: '/v1/tills',
    summary: 'Pairs a till by a one-time code.',
    auth: 'none',
    body: body(pairRequestSchema),
    answer: json(pairAnswerSchema),
    errors: [403, 409],
  },
  listTills: {
    method: 'get',
    path: '/v1/tills',
    summary: 'The tills of the shop.',
    auth: 'till',
    answer: json(tillsSchema),
  },
  revokeTill: {
    method: 'delete',
    path: '/v1/tills/:till',
    summary: 'Takes a till out of the shop. Its token stops working.',
    auth: 'till',
    answer: json(revokedSchema),
    errors: [404],
  },
  addPairingCode: {
    method: 'post',
    path: '/v1/pairing-codes',
    summary: 'A new one-time code for the next till of the shop.',
    auth: 'till',
    answer: json(pairingCodeSchema),
  },
  hello: {
    method: 'post',
    path: '/v1/hello',
    summary: 'Compares what the till and the endpoint hold of the till’s streams.',
    auth: 'revoked-too',
    body: body(helloRequestSchema, 2 * KIB * KIB),
    answer: json(helloAnswerSchema),
  },
  pushEvents: {
    method: 'post',
    path: '/v1/events',
    summary: 'A batch of events, stored in one transaction; a verdict for each.',
    auth: 'till',
    body: body(pushRequestSchema, MAX_BATCH_BYTES),
    answer: json(pushAnswerSchema),
    errors: [409],
  },
  pullEvents: {
    method: 'get',
    path: '/v1/events',
    summary: 'The shop’s events behind a place in its one order, without a hole.',
    auth: 'till',
    query: feedQuerySchema,
    answer: json(pullAnswerSchema),
  },
  pushProfiles: {
    method: 'post',
    path: '/v1/profiles',
    summary: 'Sealed profile documents; the later stamp wins, an erasure wins over everything.',
    auth: 'till',
    body: body(pushProfilesSchema, MAX_PROFILES_BYTES),
    answer: json(profileVerdictsSchema),
    errors: [409],
  },
  pullProfiles: {
    method: 'get',
    path: '/v1/profiles',
    summary: 'Profile documents changed behind a place.',
    auth: 'till',
    query: feedQuerySchema,
    answer: json(pullProfilesSchema),
  },
  live: {
    method: 'get',
    path: '/v1/live',
    summary:
      'Server-sent events named `heads`, each with the data described here; a comment line as heartbeat.',
    auth: 'till',
    answer: { type: 'text/event-stream', schema: liveSchema },
  },
  importSyncFile: {
    method: 'post',
    path: '/v1/sync-files',
    summary: 'A sync file: the same batches as on the wire, carried by a person.',
    auth: 'till',
    body: body(syncFileSchema, MAX_SYNC_FILE_BYTES),
    answer: json(syncFileAnswerSchema),
    errors: [409],
  },
  health: {
    method: 'get',
    path: '/healthz',
    summary: 'Whether this process can serve.',
    auth: 'none',
    answer: json(healthSchema),
    errors: [503],
  },
  metrics: {
    method: 'get',
    path: '/metrics',
    summary: 'Counters in the text format of Prometheus.',
    auth: 'metrics',
    answer: { type: 'text/plain', schema: z.string() },
  },
  openApi: {
    method: 'get',
    path: '/openapi.json',
    summary: 'This document.',
    auth: 'none',
    answer: json(z.looseObject({ openapi: z.string() })),
  },
} as const satisfies Readonly<Record<string, Route>>;

export type RouteName = keyof typeof ROUTES;

/** The statuses a route may answer with, besides 200. */
export function errorStatusesOf(route: Route): readonly number[] {
  const statuses = new Set<number>(route.errors ?? []);
  if (route.path.startsWith('/v1/')) for (const status of [500, 503]) statuses.add(status);
  else statuses.add(500);
  if (route.path !== '/healthz') statuses.add(429);
  if (route.body) for (const status of [400, 413, 415]) statuses.add(status);
  if (route.query) statuses.add(400);
  if (route.auth !== 'none') statuses.add(401);
  if (route.auth === 'till' || route.auth === 'revoked-too') statuses.add(403);
  if (route.auth === 'till') statuses.add(426);
  return [...statuses].sort((a, b) => a - b);
}
