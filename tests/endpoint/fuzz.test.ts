import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { Digest } from '#shared/lib/brand.ts';
import { SYNC_FILE_FORMAT } from '#shared/sync/wire.ts';
import { ROUTES, type RouteName } from '#server/http/routes.ts';
import { createMemoryStore } from '#server/store/memory-store.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openPGlite } from '#server/store/pglite-database.ts';
import { openSqlStore } from '#server/store/sql-store.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import { anyText, bentEvents, bentTimes, createDice, oddValue, type Dice } from './bent.ts';
import { createTestEndpoint, type Asked, type TestEndpoint } from './test-endpoint.ts';

// Every route, asked anything: a documented answer each time, never a fault, and a batch is stored whole or not at all.
// `npm run fuzz` sets FUZZ_INPUTS, for each route, and FUZZ_SEED; a night's size is a million. What fails is named by its
// seed and number.

const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 300);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
/** The SQL store decides nothing else than the one in memory (a contract says so), and takes twenty times as long. */
const SQL_SHARE = 50;
const IS_LARGE = INPUTS > 10_000;
const NAMES = (Object.keys(ROUTES) as RouteName[]).filter((name) => name !== 'live');
const UNLIMITED = { perSecond: 1e9, burst: 1e9 };
const LIMITS = { till: UNLIMITED, address: UNLIMITED, guess: UNLIMITED };
const LONG_MS = 24 * 60 * 60 * 1000;

const DOC = { member: 'm', hlc: '1', sealed: 'x' };
/** A body that is right, to be bent. */
function rightBody(name: RouteName, dice: Dice): object {
  const batch = () => ({
    batch: 'b',
    ...(dice.hits(0.2) ? { serverEpoch: dice.pick(['epoch-1', 'epoch-0']) } : {}),
    events: bentEvents(dice),
  });
  const bodies: Partial<Record<RouteName, () => object>> = {
    pair: () => ({ code: 'CODE', till: 'till-9', name: 'Front', app: '1.0.0' }),
    hello: () => ({
      till: 'till-1',
      app: '1.0.0',
      schemaEpoch: 1,
      streams: [{ stream: `s${dice.below(9)}`, lastSeq: 1, link: 'f'.repeat(64) }],
      cursor: 0,
      docCursor: 0,
    }),
    pushEvents: batch,
    pushProfiles: () => ({ docs: [DOC, { member: 'n', hlc: '2', erased: true }] }),
    importSyncFile: () => ({
      format: SYNC_FILE_FORMAT,
      shop: 'shop-1',
      till: 'till-1',
      batches: [batch()],
      docs: [DOC],
    }),
  };
  return bodies[name]?.() ?? {};
}

function anyBody(name: RouteName, dice: Dice): unknown {
  const bent = () => bentTimes(dice, rightBody(name, dice));
  switch (dice.below(12)) {
    case 0:
      return oddValue(dice);
    case 1:
      return Uint8Array.from({ length: dice.below(300) }, () => dice.below(256));
    case 2: {
      const text = JSON.stringify(bent()) ?? '';
      return text.slice(0, dice.below(text.length + 1));
    }
    case 3:
      return new Uint8Array(gzipSync(JSON.stringify(bent()) ?? '', { level: 1 }));
    default:
      return bent();
  }
}

const textOf = (value: unknown): string =>
  encodeURIComponent(typeof value === 'string' ? value.toWellFormed() : (JSON.stringify(value) ?? ''));
const TILLS = ['till-2', '%00', '%', '%ff', '..', '%2e%2e', 'x'.repeat(300)];
const HEADERS: readonly Readonly<Record<string, string>>[] = [
  {},
  {},
  {},
  { 'Content-Encoding': 'gzip' },
  { 'Content-Encoding': 'identity', 'Accept-Encoding': 'gzip' },
  { 'Content-Encoding': 'zstd' },
  { 'Content-Type': 'text/html', 'X-Forwarded-For': '1, 2' },
];

const anyRequest = (name: RouteName, dice: Dice): Asked => ({
  body: ROUTES[name].method === 'post' ? anyBody(name, dice) : undefined,
  token: dice.pick(['own', 'own', 'own', 'own', 'own', 'revoked', 'none', 'x', '€']),
  query: dice.hits(0.5) ? `?after=${textOf(oddValue(dice))}&limit=${textOf(oddValue(dice))}` : '',
  params: { till: dice.hits(0.5) ? dice.pick(TILLS) : textOf(anyText(dice, 20)) },
  headers: dice.pick(HEADERS),
});

/** How often each status came: a fuzz that only ever meets a closed door finds nothing. */
const statuses = new Map<number, number>();
let asked = 0;

interface Fuzzed {
  readonly endpoint: TestEndpoint;
  readonly tokens: Readonly<Record<string, string>>;
}

async function fuzzed(store: EventStore): Promise<Fuzzed> {
  const endpoint = createTestEndpoint({ store, limits: LIMITS });
  const own = await endpoint.pair('till-1');
  const revoked = await endpoint.pair('till-2');
  await endpoint.pair('till-3', 'shop-2');
  const events = visitsOf({ stream: 'a', count: 2, shop: 'shop-2' });
  await store.acceptBatch({ shop: 'shop-2', till: 'till-3', events, atMs: 0 });
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

async function askOnce({ endpoint, tokens }: Fuzzed, name: RouteName, what: Asked): Promise<void> {
  const token = what.token === 'none' ? undefined : (tokens[what.token ?? ''] ?? what.token);
  const isGzip = what.body instanceof Uint8Array && what.body[0] === 0x1f;
  const headers = isGzip ? { ...what.headers, 'Content-Encoding': 'gzip' } : { ...what.headers };
  // A header can't carry it: the till could not have sent it either.
  const sent = token === '€' ? { ...what, token: 'x' } : { ...what, token };
  const before = (await endpoint.store.heads('shop-1')).head;
  const answer = await endpoint.ask(name, { ...sent, headers });
  asked += 1;
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  if (answer.status === 500) throw new Error('a fault');
  const after = (await endpoint.store.heads('shop-1')).head;
  if (answer.status !== 200 && after !== before) throw new Error('refused, and something was stored');
  if (name !== 'pushEvents' || answer.status !== 200) return;
  const { results } = answer.body as { results: { status: string }[] };
  const stored = results.filter(({ status }) => status === 'ok' || status === 'held').length;
  if (stored !== after - before) throw new Error(`said ${stored} are stored and stored ${after - before}`);
}

/** @param freshEvery a fresh shop now and then: in one that holds the right batch already, a bent one finds less to do */
async function askMany(inputs: number, freshEvery: number, open: () => Promise<EventStore>): Promise<void> {
  let world = await fuzzed(await open());
  for (let number = 0; number < inputs * NAMES.length; number += 1) {
    const name = NAMES[number % NAMES.length] as RouteName;
    const what = anyRequest(name, createDice(SEED, number));
    try {
      await askOnce(world, name, what);
    } catch (cause) {
      const shown = JSON.stringify(what).slice(0, 2000);
      throw new Error(`input ${number} of seed ${SEED}, ${name}: ${shown}`, { cause });
    }
    if ((number + 1) % freshEvery !== 0) continue;
    await checkStore(world);
    world = await fuzzed(await open());
  }
  await checkStore(world);
}

describe('an endpoint that is asked anything', () => {
  test(
    'answers as documented',
    async () => {
      const sha256 = (text: string) => hash('sha256', text) as Digest;
      await askMany(INPUTS, 500, async () => createMemoryStore('epoch-1', undefined, sha256));
      expect(statuses.get(200)).toBeGreaterThan(asked / 5);
      for (const status of [400, 401, 403, 404, 409, 415]) expect(statuses.get(status)).toBeGreaterThan(0);
    },
    LONG_MS,
  );

  test(
    'answers as documented with the SQL store too',
    async () => {
      const database = await openPGlite();
      try {
        await askMany(Math.ceil(INPUTS / SQL_SHARE), 5000, async () => {
          await database.execute('drop schema public cascade; create schema public');
          return openSqlStore(database, () => 'epoch-1');
        });
        expect(asked).toBeGreaterThan(INPUTS * NAMES.length);
      } finally {
        await database.close();
      }
    },
    LONG_MS,
  );
});

afterAll(() => {
  if (!IS_LARGE) return;
  const seen = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  process.stdout.write(`${asked} requests from seed ${SEED} (${seen.join(', ')})\n`);
});
