import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { SYNC_FILE_FORMAT } from '#shared/sync/wire.ts';
import { ROUTES, type RouteName } from '#server/http/routes.ts';
import { createMemoryStore } from '#server/store/memory-store.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openPGlite } from '#server/store/pglite-database.ts';
import { openSqlStore } from '#server/store/sql-store.ts';
import { resealed, visitsOf } from '#tests/fakes/visits.ts';
import { createTestEndpoint, type Asked, type TestEndpoint } from './test-endpoint.ts';

// Every route, asked anything: a documented answer each time, never a fault, and a batch is stored whole or not at all.
// FUZZ_INPUTS sets how many in all, FUZZ_SEED where they begin; a night's size is a million.

const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 3000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
/** The ones that write come more often. */
const NAMES = [
  ...(Object.keys(ROUTES) as RouteName[]).filter((name) => name !== 'live'),
  ...(['pushEvents', 'pushEvents', 'pushEvents', 'pushEvents', 'importSyncFile', 'pushProfiles'] as const),
];
const UNLIMITED = { perSecond: 1e9, burst: 1e9 };
const LIMITS = { till: UNLIMITED, address: UNLIMITED, guess: UNLIMITED };
const LONG_MS = 24 * 60 * 60 * 1000;

const DOC = { member: 'm', hlc: '1', sealed: 'x' };
/** A body that is right, to be bent. */
const rightBody = (name: RouteName, events: readonly unknown[]): object => {
  const batch = { batch: 'b', events };
  const bodies: Partial<Record<RouteName, object>> = {
    pair: { code: 'CODE', till: 'till-9', name: 'Front', app: '1.0.0' },
    hello: {
      till: 'till-1',
      app: '1.0.0',
      schemaEpoch: 1,
      streams: [{ stream: 's1', lastSeq: 1, link: 'f'.repeat(64) }],
      cursor: 0,
      docCursor: 0,
    },
    pushEvents: batch,
    pushProfiles: { docs: [DOC, { member: 'n', hlc: '2', erased: true }] },
    importSyncFile: {
      format: SYNC_FILE_FORMAT,
      shop: 'shop-1',
      till: 'till-1',
      batches: [batch],
      docs: [DOC],
    },
  };
  return bodies[name] ?? {};
};

const odd = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double(),
  fc.constantFrom<unknown>(
    null,
    '',
    '\0',
    '\ud800',
    0,
    -1,
    1e308,
    2 ** 53,
    [],
    {},
    'x'.repeat(70_000),
    { toString: 1 },
    '__proto__',
    'f'.repeat(64),
    'shop-2',
  ),
);

/** One place somewhere in a value is replaced, dropped, doubled or moved. */
function bend(value: unknown, path: readonly number[], how: number, by: unknown): unknown {
  const [step = 0, ...rest] = path;
  if (path.length === 0 || typeof value !== 'object' || value === null) return by;
  if (Array.isArray(value)) {
    const at = value.length === 0 ? 0 : step % value.length;
    if (how === 1) return value.toSpliced(at, 1);
    if (how === 2) return value.toSpliced(at, 0, value[at]);
    if (how === 3) return value.toReversed();
    return value.with(Math.min(at, value.length - 1), bend(value[at], rest, how, by));
  }
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)] ?? 'x';
  const { [key]: field, ...others } = value as Record<string, unknown>;
  if (how === 1 && rest.length < 2) return others;
  return { ...others, [key]: bend(field, rest, how, by) };
}

/** A stream that was not sent yet, or one that was, with any field of any event bent; some sealed anew, so that they fit. */
const bentEvents = fc
  .record({
    salt: fc.nat(2000),
    changes: fc.array(
      fc.record({ at: fc.nat(5), field: fc.nat(40), isSealed: fc.boolean(), isMoved: fc.boolean(), by: odd }),
      { maxLength: 3 },
    ),
  })
  .map(({ salt, changes }) => {
    const events: unknown[] = visitsOf({ stream: `s${salt}`, count: 6 });
    for (const { at, field, isSealed, isMoved, by } of changes) {
      const event = events[at] as Record<string, unknown>;
      const keys = Object.keys(event);
      const changed = { ...event, [keys[field % keys.length] ?? 'x']: by };
      const moved = isMoved ? { ...event, stream: `s${salt}-${field}` } : changed;
      events[at] = isSealed ? sealedOr(moved) : moved;
    }
    return events;
  });

/** What has no canonical form can't be sealed: it stays as it is. */
function sealedOr(event: object): object {
  try {
    return resealed(event);
  } catch {
    return event;
  }
}

const bentBody = (name: RouteName) =>
  fc
    .tuple(
      bentEvents,
      fc.oneof(
        fc.constant([]),
        fc.array(fc.tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), fc.nat(4), odd), {
          maxLength: 3,
        }),
      ),
    )
    .map(([events, bends]) =>
      bends.reduce<unknown>(
        (value, [path, how, by]) => {
          try {
            return bend(value, path, how, by);
          } catch {
            return by;
          }
        },
        rightBody(name, events),
      ),
    );

const bytes = fc.uint8Array({ maxLength: 2000 });
const anyBody = (name: RouteName): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: bentBody(name) },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: bytes },
    {
      weight: 1,
      arbitrary: fc.tuple(bentBody(name), fc.nat()).map(([body, cut]) => {
        const text = JSON.stringify(body) ?? '';
        return text.slice(0, cut % (text.length + 1));
      }),
    },
    {
      weight: 1,
      arbitrary: bentBody(name).map((body) => new Uint8Array(gzipSync(JSON.stringify(body) ?? ''))),
    },
  );

const request = fc.constantFrom(...NAMES).chain((name) =>
  fc.record({
    name: fc.constant(name),
    asked: fc.record({
      body: ROUTES[name].method === 'post' ? anyBody(name) : fc.constant(undefined),
      token: fc.constantFrom('own', 'own', 'own', 'own', 'revoked', 'none', 'x', '€'),
      query: fc.oneof(
        fc.constant(''),
        fc.tuple(odd, odd).map(([after, limit]) => {
          const text = (value: unknown) =>
            typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value);
          return `?after=${encodeURIComponent(text(after) ?? '')}&limit=${encodeURIComponent(text(limit) ?? '')}`;
        }),
      ),
      params: fc.record({
        till: fc.oneof(
          fc.constantFrom('till-2', '%00', '%', '%ff', '..', '%2e%2e', 'x'.repeat(300)),
          fc.string().map((text) => encodeURIComponent(text.toWellFormed())),
        ),
      }),
      headers: fc.constantFrom<Record<string, string>>(
        {},
        {},
        { 'Content-Encoding': 'gzip' },
        { 'Content-Encoding': 'identity', 'Accept-Encoding': 'gzip' },
        { 'Content-Encoding': 'zstd' },
        { 'Content-Type': 'text/html', 'X-Forwarded-For': '1, 2' },
      ),
    }),
  }),
);

/** How often each status came: a fuzz that only ever meets a closed door finds nothing. */
const statuses = new Map<number, number>();

interface Fuzzed {
  readonly endpoint: TestEndpoint;
  readonly tokens: Readonly<Record<string, string>>;
}

async function fuzzed(store: EventStore): Promise<Fuzzed> {
  const endpoint = createTestEndpoint({ store, limits: LIMITS });
  const own = await endpoint.pair('till-1');
  const revoked = await endpoint.pair('till-2');
  await endpoint.pair('till-3', 'shop-2');
  await store.acceptBatch({
    shop: 'shop-2',
    till: 'till-3',
    events: visitsOf({ stream: 'a', count: 2, shop: 'shop-2' }),
    atMs: 0,
  });
  await store.revokeTill({ shop: 'shop-1', till: 'till-2', atMs: 0 });
  return { endpoint, tokens: { own, revoked } };
}

/** What must hold after anything at all. */
async function checkStore({ endpoint: { store } }: Fuzzed): Promise<void> {
  const { head } = await store.heads('shop-1');
  const { events } = await store.pullEvents({ shop: 'shop-1', after: 0, limit: 100_000 });
  expect(events.map(({ g }) => g)).toEqual(Array.from({ length: head }, (_, index) => index + 1));
  const ids = events.map(({ json }) => (JSON.parse(json) as { id: string }).id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(await store.heads('shop-2')).toEqual({ head: 2, docHead: 0 });
}

async function askOnce({ endpoint, tokens }: Fuzzed, name: RouteName, asked: Asked): Promise<void> {
  const token = asked.token === 'none' ? undefined : (tokens[asked.token ?? ''] ?? asked.token);
  const isGzip = asked.body instanceof Uint8Array && asked.body[0] === 0x1f;
  const headers = isGzip ? { ...asked.headers, 'Content-Encoding': 'gzip' } : { ...asked.headers };
  // A header can't carry it: the till could not have sent it either.
  const sent = token === '€' ? { ...asked, token: 'x' } : { ...asked, token };
  const before = (await endpoint.store.heads('shop-1')).head;
  const answer = await endpoint.ask(name, { ...sent, headers });
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  expect(answer.status).not.toBe(500);
  const after = (await endpoint.store.heads('shop-1')).head;
  if (answer.status !== 200) expect(after).toBe(before);
  if (name === 'pushEvents' && answer.status === 200) {
    const { results } = answer.body as { results: { status: string }[] };
    expect(results.filter(({ status }) => status === 'ok' || status === 'held')).toHaveLength(after - before);
  }
}

describe('an endpoint that is asked anything', () => {
  test(
    'answers as documented',
    async () => {
      let world = await fuzzed(createMemoryStore('epoch-1'));
      let asked = 0;
      const property = fc.asyncProperty(request, async ({ name, asked: what }) => {
        // A fresh shop now and then: in one that holds the right batch already, a bent one finds less to do.
        asked += 1;
        if (asked % 100 === 0) {
          await checkStore(world);
          world = await fuzzed(createMemoryStore('epoch-1'));
        }
        await askOnce(world, name, what);
      });
      await fc.assert(property, { numRuns: INPUTS, seed: SEED, endOnFailure: INPUTS > 10_000 });
      await checkStore(world);
      expect(statuses.get(200)).toBeGreaterThan(INPUTS / 5);
      for (const status of [400, 401, 403, 404, 415]) expect(statuses.get(status)).toBeGreaterThan(0);
    },
    LONG_MS,
  );

  test(
    'answers as documented with the SQL store too',
    async () => {
      const database = await openPGlite();
      try {
        const world = await fuzzed(await openSqlStore(database, () => 'epoch-1'));
        const property = fc.asyncProperty(request, ({ name, asked }) => askOnce(world, name, asked));
        await fc.assert(property, {
          numRuns: Math.ceil(INPUTS / 3),
          seed: SEED + 1,
          endOnFailure: INPUTS > 10_000,
        });
        await checkStore(world);
      } finally {
        await database.close();
      }
    },
    LONG_MS,
  );
});

afterAll(() => {
  if (INPUTS > 10_000) process.stdout.write(`${Math.ceil((INPUTS * 4) / 3)} inputs from seed ${SEED}\n`);
});
