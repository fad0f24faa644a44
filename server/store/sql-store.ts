import {
  judgeBatch,
  positionKey,
  readBatch,
  type BatchFacts,
  type BatchOutcome,
  type Filled,
  type ReadEvent,
} from '#shared/sync/judge-batch.ts';
import type { EventVerdict, Place } from '#shared/sync/wire.ts';
import { UnknownShopError, type ArchivableStore, type BatchRequest, type Till } from './event-store.ts';
import { hashText } from './hash-text.ts';
import { migrate } from './migrate.ts';
import type { Database, OpenTransaction, Sql } from './sql.ts';
import { dumpTables, loadTables } from './sql-archive.ts';
import { asRows, type Cell } from './sql-columns.ts';
import { listErased, putProfiles, readProfiles } from './sql-profiles.ts';
import { keepApart, listQuarantined } from './sql-quarantine.ts';
import { lockShop, readHeads } from './sql-shops.ts';

/**
 * The one SQL store. A batch is one transaction: the shop's row is locked first, so places (`g`) are handed out in the order
 * of commits and two processes behind a balancer never hand out the same one.
 */

export async function openSqlStore(
  database: Database,
  newEpoch: () => string,
  { isUnlogged = false }: { readonly isUnlogged?: boolean } = {},
): Promise<ArchivableStore> {
  await migrate(database, isUnlogged);
  await database.query("insert into meta values ('epoch', $1) on conflict do nothing", [newEpoch()]);

  return {
    async epoch() {
      const [row] = await database.query<{ value: string }>("select value from meta where key = 'epoch'");
      if (!row) throw new Error('the store lost its epoch');
      return row.value;
    },

    async createShop({ shop, atMs }) {
      const rows = await database.query(
        'insert into shops (shop, created_at) values ($1, $2) on conflict do nothing returning shop',
        [shop, atMs],
      );
      return rows.length === 1 ? 'created' : 'taken';
    },

    async listShops() {
      const rows = await database.query<{ shop: string }>('select shop from shops order by shop');
      return rows.map(({ shop }) => shop);
    },

    async acceptBatch({ events, read = readBatch(events, hashText), ...request }) {
      try {
        return await database.transaction((sql) => accept(sql, { ...request, events: read, ids: 'new' }));
      } catch (error) {
        if (!(error instanceof KnownIdError)) throw error;
        return await database.transaction((sql) =>
          accept(sql, { ...request, events: read, ids: 'looked-up' }),
        );
      }
    },

    listQuarantined: (shop) => listQuarantined(database, shop),

    async pullEvents({ shop, after, limit }) {
      // The head is read first: what is committed in between is behind it and comes with the next page.
      const { head } = await readHeads(database, shop);
      // Places have no gaps. A planner that knows nothing of the table yet would sort all that is behind the page first.
      const upTo = Math.min(head, after + limit);
      // One row with a line for each event: making thousands of rows takes longer than finding them. JSON text has no line break.
      const [page] = await database.query<{ places: string | null; events: string | null }>(
        `select string_agg(g::text, e'\\n' order by g) as places, string_agg(event, e'\\n' order by g) as events
         from (select g, event from events where shop = $1 and g > $2 and g <= $3) as page`,
        [shop, after, upTo],
      );
      const places = page?.places?.split('\n') ?? [];
      const texts = page?.events?.split('\n') ?? [];
      return { events: places.map((g, index) => ({ g: Number(g), json: texts[index] ?? '' })), head };
    },

    async listHeads({ shop, streams }) {
      return await database.query(
        `select stream, seq as "lastSeq", link from streams
         where shop = $1 and stream = any($2::text[]) order by stream collate "C"`,
        [shop, streams],
      );
    },

    putProfiles: ({ shop, docs }) => database.transaction((sql) => putProfiles(sql, shop, docs)),

    async pullProfiles({ shop, after, limit }) {
      const { docHead } = await readHeads(database, shop);
      return { docs: await readProfiles(database, { shop, after, upTo: docHead, limit }), docHead };
    },

    heads: (shop) => readHeads(database, shop),

    async addPairingCode({ shop, codeHash, expiresAtMs }) {
      const rows = await database.query(
        `insert into pairing_codes (code_hash, shop, expires_at)
         select $1, shop, $3 from shops where shop = $2 returning code_hash`,
        [codeHash, shop, expiresAtMs],
      );
      if (rows.length === 0) throw new UnknownShopError(shop);
    },

    pair: ({ codeHash, ledger, till, name, app, tokenHash, atMs }) =>
      database.transaction(async (sql) => {
        const [code] = await sql.query<{ shop: string; expires_at: number; till: string | null }>(
          'select shop, expires_at, till from pairing_codes where code_hash = $1 for update',
          [codeHash],
        );
        if (!code || (code.till !== null && code.till !== till)) return 'unknown-code';
        if (code.expires_at < atMs) return 'expired-code';
        const shop = await shopFor(sql, code.shop, ledger);
        if (shop === undefined) return 'other-shop';
        await sql.query(
          `insert into tills (shop, till, name, app, token_hash, paired_at) values ($1, $2, $3, $4, $5, $6)
           on conflict (shop, till) do update set name = excluded.name, app = excluded.app,
             token_hash = excluded.token_hash, paired_at = excluded.paired_at, revoked_at = null`,
          [shop, till, name, app, tokenHash, atMs],
        );
        await sql.query('update pairing_codes set till = $2 where code_hash = $1', [codeHash, till]);
        return { shop };
      }),

    async findTill(tokenHash) {
      const [row] = await database.query<TillRow>(`${SELECT_TILL} where token_hash = $1`, [tokenHash]);
      return row && tillOf(row);
    },

    async noteApp({ shop, till, app }) {
      await database.query('update tills set app = $3 where shop = $1 and till = $2', [shop, till, app]);
    },

    async listTills(shop) {
      const rows = await database.query<TillRow>(
        `${SELECT_TILL} where shop = $1 order by paired_at, till collate "C"`,
        [shop],
      );
      return rows.map(tillOf);
    },

    revokeTill: ({ shop, till, atMs }) =>
      database.transaction(async (sql) => {
        const known = await sql.query('select till from tills where shop = $1 and till = $2', [shop, till]);
        if (known.length === 0) return 'unknown';
        // All that are out: it may have kept its own, and may have asked for more. First, as a pairing takes its code first.
        await sql.query('delete from pairing_codes where shop = $1', [shop]);
        const revoked = await sql.query(
          'update tills set revoked_at = $3 where shop = $1 and till = $2 and revoked_at is null returning till',
          [shop, till, atMs],
        );
        return revoked.length === 1 ? 'revoked' : 'was-revoked';
      }),

    dump: (write, options) => database.transaction((sql) => dumpTables(sql, write, options)),
    load: (request) => database.transaction((sql) => loadTables(sql, request)),
    listErased: () => listErased(database),
    close: () => database.close(),
  };
}

/** @returns the shop the till may join; undefined when its ledger is of another one. */
async function shopFor(sql: Sql, shop: string, ledger: string | undefined): Promise<string | undefined> {
  if (ledger === undefined || ledger === shop) return shop;
  await lockShop(sql, shop, 'g');
  const known = await sql.query(
    'select shop from shops where shop = $2 union all select shop from tills where shop = $1 limit 1',
    [shop, ledger],
  );
  if (known.length > 0) return undefined;
  await sql.query('insert into shops (shop, created_at) select $2, created_at from shops where shop = $1', [
    shop,
    ledger,
  ]);
  await sql.query('update pairing_codes set shop = $2 where shop = $1', [shop, ledger]);
  await sql.query('delete from shops where shop = $1', [shop]);
  return ledger;
}

interface TillRow {
  readonly shop: string;
  readonly till: string;
  readonly name: string;
  readonly app: string;
  readonly paired_at: number;
  readonly revoked_at: number | null;
}

const SELECT_TILL = 'select shop, till, name, app, paired_at, revoked_at from tills';

const tillOf = ({ paired_at, revoked_at, ...till }: TillRow): Till => ({
  ...till,
  pairedAtMs: paired_at,
  revokedAtMs: revoked_at,
});

/** An id that was taken for new is known. */
class KnownIdError extends Error {}

interface AcceptRequest extends Omit<BatchRequest, 'events' | 'read'> {
  readonly events: readonly ReadEvent[];
  /** Most batches hold only new events. Taking their ids for new saves looking up each: the insert finds out anyway. */
  readonly ids: 'new' | 'looked-up';
}

async function accept(sql: OpenTransaction, request: AcceptRequest): Promise<readonly EventVerdict[]> {
  const { shop, events } = request;
  const places = placesOf(events);
  // The lock is a statement of its own: what follows must see what others committed while we waited for it.
  const [lastG, heads] = await Promise.all([lockShop(sql, shop, 'g'), readStreamHeads(sql, shop, places)]);
  const known = { ...request, places, lastG, heads };
  let outcome = judgeBatch(events, await readFacts(sql, known));
  // What is not plainly new may be so because its id is known: looked up and judged again, before anything is written.
  if (request.ids === 'new' && outcome.filled.filter(({ entry }) => entry).length < events.length)
    outcome = judgeBatch(events, await readFacts(sql, { ...known, ids: 'looked-up' }));
  const isAnyRefused = outcome.quarantine.length > 0;
  const asLast: Sql = { query: (text, values) => sql.last(text, values) };
  if (outcome.filled.length > 0) await writePlaces(isAnyRefused ? sql : asLast, shop, outcome);
  if (isAnyRefused) await keepApart(sql, request, outcome.quarantine);
  return outcome.results;
}

const placesOf = (events: readonly ReadEvent[]): readonly Place[] =>
  events.map(({ place }) => place).filter((place) => place !== undefined);

async function readStreamHeads(
  sql: Sql,
  shop: string,
  places: readonly Place[],
): Promise<BatchFacts['heads']> {
  const streams = [...new Set(places.map(({ stream }) => stream))];
  const heads = await sql.query<{ stream: string; seq: number; link: string }>(
    'select stream, seq, link from streams where shop = $1 and stream = any($2::text[])',
    [shop, streams],
  );
  return new Map(heads.map(({ stream, seq, link }) => [stream, { seq, link }]));
}

interface AskedFacts extends AcceptRequest, Pick<BatchFacts, 'lastG' | 'heads'> {
  readonly places: readonly Place[];
}

/** What else the batch asks about: its ids, and positions that are filled already. */
async function readFacts(sql: Sql, { shop, lastG, heads, ids, places }: AskedFacts): Promise<BatchFacts> {
  const asked = places.filter(({ stream, seq }) => seq <= (heads.get(stream)?.seq ?? 0));
  const facts = { shop, lastG, heads };
  if (ids === 'new' && asked.length === 0) return { ...facts, ids: new Map(), positions: new Map() };

  const known = await sql.query<{ id: string; g: number; body: string }>(
    'select id, g, body from events where shop = $1 and id = any($2::text[]) and g is not null',
    [shop, places.map(({ id }) => id)],
  );
  const positions = await sql.query<{ stream: string; seq: number; id: string }>(
    `select e.stream, e.seq, e.id from events e
     join unnest($2::text[], $3::bigint[]) as w (stream, seq) on e.stream = w.stream and e.seq = w.seq
     where e.shop = $1`,
    [shop, asked.map(({ stream }) => stream), asked.map(({ seq }) => seq)],
  );
  return {
    ...facts,
    ids: new Map(known.map(({ id, g, body }) => [id, { g, body }])),
    positions: new Map(positions.map(({ stream, seq, id }) => [positionKey(stream, seq), id])),
  };
}

/**
 * Without `on conflict`: an insert that has to be ready for one takes half as long again, and a batch that meets one is rare.
 *
 * @throws KnownIdError
 */
async function writePlaces(sql: Sql, shop: string, { filled, heads, lastG }: BatchOutcome): Promise<void> {
  const cells = (pick: (row: Filled) => Cell) => filled.map(pick);
  const places = asRows(
    [
      { name: 'stream', type: 'text', cells: cells(({ stream }) => stream) },
      { name: 'seq', type: 'bigint', cells: cells(({ seq }) => seq) },
      { name: 'id', type: 'text', cells: cells(({ id }) => id) },
      { name: 'g', type: 'bigint', cells: cells(({ entry }) => entry?.g ?? null) },
      { name: 'body', type: 'text', cells: cells(({ entry }) => entry?.body ?? null) },
      { name: 'event', type: 'text', cells: cells(({ entry }) => entry?.json ?? null) },
    ],
    6,
  );
  const moved = [...heads];
  try {
    await sql.query(
      `with heads as (
         insert into streams (shop, stream, seq, link)
         select $1, * from unnest($2::text[], $3::bigint[], $4::text[])
         on conflict (shop, stream) do update set seq = excluded.seq, link = excluded.link
       ), places as (
         insert into events (shop, stream, seq, id, g, body, event) select $1, * from ${places.sql}
       )
       update shops set g = $5 where shop = $1`,
      [
        shop,
        moved.map(([stream]) => stream),
        moved.map(([, head]) => head.seq),
        moved.map(([, head]) => head.link),
        lastG,
        ...places.values,
      ],
    );
  } catch (error) {
    throw isTaken(error) ? new KnownIdError('', { cause: error }) : error;
  }
}

/** PostgreSQL's code for a value that a unique index has already. */
const isTaken = (error: unknown): boolean => (error as { readonly code?: unknown }).code === '23505';
