import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KnownEvent } from '#shared/ledger/event.ts';
import { openEmbeddedStore } from '#server/embedded/embedded-store.ts';
import { createApp, DEFAULT_LIMITS, type App } from '#server/http/app.ts';
import { ROUTES, type Route } from '#server/http/routes.ts';
import { hashToken } from '#server/http/secrets.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openPGlite } from '#server/store/pglite-database.ts';
import { openPostgres } from '#server/store/postgres-database.ts';
import type { Database } from '#server/store/sql.ts';
import { openSqlStore } from '#server/store/sql-store.ts';
import { summarize } from './statistics.ts';
import { findPostgres, startCluster } from '#tests/contract/postgres-cluster.ts';
import { visitsOf } from '#tests/fakes/visits.ts';

/** How many events a second one process takes and gives, next to a bare insert of the same rows into the same database. */

const BATCH = 500;
/** Tills that push at the same time, each of a shop of its own: within a shop one batch waits for the other. */
const LANES = 4;
/** Medians of so many. */
const ROUNDS = 5;
const shopOf = (lane: number): string => `shop-${lane}`;
const UNLIMITED = { perSecond: 1e9, burst: 1e9 };

type Say = (line: string) => void;

export async function runEndpointBench({ events, say }: { readonly events: number; readonly say: Say }) {
  const batches = Math.ceil(events / BATCH / ROUNDS);
  say(`${ROUNDS} rounds of ${batches} batches of ${BATCH} events`);
  await measureEmbedded(batches, say);
  const bin = findPostgres();
  if (bin === undefined) return say('PostgreSQL is not installed here: NOT measured.');
  const cluster = await startCluster(bin, { isSafe: true });
  const database = await openPostgres(cluster.url);
  try {
    say('PostgreSQL (fsync on)');
    await measure({ database, store: await openSqlStore(database, () => 'e'), batches, say });
  } finally {
    await database.close();
    await cluster.stop();
  }
}

async function measureEmbedded(batches: number, say: Say): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tenpunch-bench-'));
  let opened: Database | undefined;
  const openDatabase = async (path: string) => (opened = await openPGlite(path));
  const options = { newEpoch: () => 'e', onBroken: () => undefined, openDatabase };
  const store = await openEmbeddedStore({ folder: join(folder, 'data'), ...options });
  try {
    say('A folder: PGlite, and the log with fsync');
    if (opened) await measure({ database: opened, store, batches, say });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

interface Measured {
  readonly database: Database;
  readonly store: EventStore;
  readonly batches: number;
  readonly say: Say;
}

async function measure({ database, store, batches, say }: Measured): Promise<void> {
  for (let lane = 0; lane < LANES; lane += 1) {
    const codeHash = `code-${lane}`;
    await store.createShop({ shop: shopOf(lane), atMs: 0 });
    await store.addPairingCode({ shop: shopOf(lane), codeHash, expiresAtMs: 1 });
    const till = { till: 'till-1', name: 'n', app: '1', tokenHash: hashToken(`token-${lane}`), atMs: 0 };
    await store.pair({ codeHash, ...till });
  }
  const app = createApp({
    store,
    now: () => Date.now(),
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    log: { info: () => undefined, error: () => undefined },
    limits: { ...DEFAULT_LIMITS, till: UNLIMITED, address: UNLIMITED },
    origins: [],
    minApp: '0',
  });
  const made = (prefix: string) =>
    Array.from({ length: batches }, (_, index) =>
      visitsOf({ stream: `${prefix}${index}`, count: BATCH, shop: shopOf(index % LANES) }),
    );

  await bareInsert(database, made('warm'));
  const rounds: { readonly bare: number; readonly stored: number; readonly http: number }[] = [];
  // In turns: what else the machine does falls on all of them alike.
  for (let round = 0; round < ROUNDS; round += 1) {
    const bare = await bareInsert(database, made(`bare${round}-`));
    const stored = await inLanes(made(`store${round}-`), (events, lane) =>
      store.acceptBatch({ shop: shopOf(lane), till: 'till-1', events, atMs: 0 }),
    );
    const bodies = made(`http${round}-`).map((events) => JSON.stringify({ batch: 'b', events }));
    const http = await inLanes(bodies, async (body, lane) => {
      const response = await ask(app, ROUTES.pushEvents, { lane, body });
      if (response.status !== 200) throw new Error(await response.text());
      await response.text();
    });
    rounds.push({ bare, stored, http });
  }
  const tell = (what: string, pick: (round: (typeof rounds)[number]) => number) => {
    const { p50 } = summarize(rounds.map(pick));
    const ratios = summarize(rounds.map((round) => round.bare / pick(round)));
    const best = Math.min(...rounds.map(pick));
    say(
      `  ${what.padEnd(22)} ${perSecond(p50, batches)} best ${perSecond(best, batches)} ${ratios.p50.toFixed(2)} of bare`,
    );
  };
  tell('bare insert', ({ bare }) => bare);
  tell('store', ({ stored }) => stored);
  tell('request to answer', ({ http }) => http);
  await measurePulls(app, Math.floor(batches / LANES) * 2 * ROUNDS * BATCH, say);
}

async function measurePulls(app: App, events: number, say: Say): Promise<void> {
  const startedAt = performance.now();
  let bytes = 0;
  let after = 0;
  for (; after < events; after += 5000)
    bytes += (await (await ask(app, ROUTES.pullEvents, { lane: 0, query: `?after=${after}` })).text()).length;
  const ms = performance.now() - startedAt;
  say(
    `  pulls                  ${Math.round((events / ms) * 1000).toLocaleString('en')} events/s (${Math.round(bytes / events)} bytes each)`,
  );
}

interface Asked {
  readonly lane: number;
  readonly body?: string;
  readonly query?: string;
}

const ask = (app: App, route: Route, { lane, body, query = '' }: Asked): Promise<Response> =>
  app.fetch(
    new Request(`http://endpoint.test${route.path}${query}`, {
      method: route.method.toUpperCase(),
      headers: { Authorization: `Bearer token-${lane}` },
      ...(body === undefined ? {} : { body }),
    }),
    { address: '' },
  );

async function bareInsert(database: Database, batches: readonly (readonly KnownEvent[])[]) {
  return inLanes(batches, async (events) => {
    const rows = events.map((event) => ({ ...event, text: JSON.stringify(event) }));
    await database.query(
      `insert into events (shop, stream, seq, id, g, body, event)
       select 'bare', * from unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[])
       on conflict do nothing`,
      [
        rows.map(({ stream }) => stream),
        rows.map(({ seq }) => seq),
        rows.map(({ id }) => id),
        rows.map(() => (bareG += 1)),
        rows.map(({ body }) => body),
        rows.map(({ text }) => text),
      ],
    );
  });
}
let bareG = 0;

async function inLanes<Item>(items: readonly Item[], run: (item: Item, lane: number) => Promise<unknown>) {
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: LANES }, async (_, lane) => {
      for (let at = lane; at < items.length; at += LANES) await run(items[at] as Item, lane);
    }),
  );
  return performance.now() - startedAt;
}

const perSecond = (ms: number, batches: number): string =>
  `${Math.round((batches * BATCH * 1000) / ms).toLocaleString('en')} events/s`.padEnd(18);
