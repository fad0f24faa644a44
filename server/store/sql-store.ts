import { eventDataSchemas } from '#shared/ledger/event.ts';
import { judgeBatch, positionKey, type BatchFacts } from '#shared/sync/judge-batch.ts';
import { envelopeSchema, type ProfileDoc } from '#shared/sync/wire.ts';
import type { EventStore, Till } from './event-store.ts';
import { migrate } from './migrate.ts';
import type { Database, Sql } from './sql.ts';

/**
 * The one SQL store. A batch is one transaction: the shop's row is locked first, so places (`g`) are handed out in the order
 * of commits and two processes behind a balancer never hand out the same one.
 */

export class UnknownShopError extends Error {}

const isKnownType = (type: string): boolean => Object.hasOwn(eventDataSchemas, type);

export async function openSqlStore(database: Database, newEpoch: () => string): Promise<EventStore> {
  await migrate(database);
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

    acceptBatch: ({ shop, till, events, atMs }) =>
      database.transaction(async (sql) => {
        const [locked] = await sql.query<{ g: number }>('select g from shops where shop = $1 for update', [
          shop,
        ]);
        if (!locked) throw new UnknownShopError(shop);
        const facts = await readFacts(sql, { shop, lastG: locked.g, events });
        const outcome = judgeBatch(events, facts);
        const places = new Map(outcome.placed.map((placed) => [placed.envelope.id, placed]));
        const rows = outcome.positions.map(({ stream, seq, id }) => {
          const placed = places.get(id);
          const isOwn = placed?.envelope.stream === stream && placed.envelope.seq === seq;
          return isOwn
            ? {
                stream,
                seq,
                id,
                g: placed.g,
                body: placed.envelope.body,
                event: JSON.stringify(placed.envelope),
              }
            : { stream, seq, id, g: null, body: null, event: null };
        });
        if (rows.length > 0) {
          await sql.query(
            `insert into events (shop, stream, seq, id, g, body, event)
             select $1, * from unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[])`,
            [
              shop,
              rows.map((row) => row.stream),
              rows.map((row) => row.seq),
              rows.map((row) => row.id),
              rows.map((row) => row.g),
              rows.map((row) => row.body),
              rows.map((row) => row.event),
            ],
          );
          const heads = [...new Set(rows.map((row) => row.stream))].map((stream) => ({
            stream,
            ...(outcome.heads.get(stream) ?? { seq: 0, link: '' }),
          }));
          await sql.query(
            `insert into streams (shop, stream, seq, link)
             select $1, * from unnest($2::text[], $3::bigint[], $4::text[])
             on conflict (shop, stream) do update set seq = excluded.seq, link = excluded.link`,
            [
              shop,
              heads.map(({ stream }) => stream),
              heads.map(({ seq }) => seq),
              heads.map(({ link }) => link),
            ],
          );
          await sql.query('update shops set g = $2 where shop = $1', [shop, outcome.lastG]);
        }
        if (outcome.quarantine.length > 0) {
          await sql.query(
            `insert into quarantine (shop, till, at, code, raw)
             select $1, $2, $3, * from unnest($4::text[], $5::text[])`,
            [
              shop,
              till,
              atMs,
              outcome.quarantine.map(({ code }) => code),
              outcome.quarantine.map(({ raw }) => JSON.stringify(raw) ?? ''),
            ],
          );
        }
        return outcome.results;
      }),

    pullEvents: ({ shop, after, limit }) =>
      database.transaction(async (sql) => {
        const rows = await sql.query<{ g: number; event: string }>(
          'select g, event from events where shop = $1 and g > $2 order by g limit $3',
          [shop, after, limit],
        );
        const { head } = await readHeads(sql, shop);
        return { events: rows.map(({ g, event }) => ({ g, event: JSON.parse(event) as unknown })), head };
      }),

    async listHeads({ shop, streams }) {
      return await database.query(
        `select stream, seq as "lastSeq", link from streams where shop = $1 and stream = any($2::text[]) order by stream`,
        [shop, streams],
      );
    },

    putProfiles: ({ shop, docs }) =>
      database.transaction(async (sql) => {
        const [locked] = await sql.query<{ p: number }>('select p from shops where shop = $1 for update', [
          shop,
        ]);
        if (!locked) throw new UnknownShopError(shop);
        let { p } = locked;
        const results: { member: string; status: 'ok' | 'older' }[] = [];
        for (const doc of docs) {
          const isNewer = await putProfile(sql, { shop, doc, p: p + 1 });
          if (isNewer) p += 1;
          results.push({ member: doc.member, status: isNewer ? 'ok' : 'older' });
        }
        await sql.query('update shops set p = $2 where shop = $1', [shop, p]);
        return results;
      }),

    pullProfiles: ({ shop, after, limit }) =>
      database.transaction(async (sql) => {
        const rows = await sql.query<{ p: number; member: string; hlc: string; sealed: string | null }>(
          'select p, member, hlc, sealed from profiles where shop = $1 and p > $2 order by p limit $3',
          [shop, after, limit],
        );
        const { docHead } = await readHeads(sql, shop);
        const docs = rows.map(({ p, member, hlc, sealed }) =>
          sealed === null ? { p, member, hlc, erased: true as const } : { p, member, hlc, sealed },
        );
        return { docs, docHead };
      }),

    heads: (shop) => readHeads(database, shop),

    async addPairingCode({ shop, codeHash, expiresAtMs }) {
      await database.query('insert into pairing_codes (code_hash, shop, expires_at) values ($1, $2, $3)', [
        codeHash,
        shop,
        expiresAtMs,
      ]);
    },

    pair: ({ codeHash, till, name, app, tokenHash, atMs }) =>
      database.transaction(async (sql) => {
        const [code] = await sql.query<{ shop: string; expires_at: number }>(
          'select shop, expires_at from pairing_codes where code_hash = $1 for update',
          [codeHash],
        );
        if (!code) return 'unknown-code';
        if (code.expires_at < atMs) return 'expired-code';
        const added = await sql.query(
          `insert into tills (shop, till, name, app, token_hash, paired_at) values ($1, $2, $3, $4, $5, $6)
           on conflict (shop, till) do nothing returning till`,
          [code.shop, till, name, app, tokenHash, atMs],
        );
        if (added.length === 0) return 'till-taken';
        await sql.query('delete from pairing_codes where code_hash = $1', [codeHash]);
        return { shop: code.shop };
      }),

    async findTill(tokenHash) {
      const [row] = await database.query<TillRow>(`${SELECT_TILL} where token_hash = $1`, [tokenHash]);
      return row && tillOf(row);
    },

    async listTills(shop) {
      const rows = await database.query<TillRow>(`${SELECT_TILL} where shop = $1 order by paired_at, till`, [
        shop,
      ]);
      return rows.map(tillOf);
    },

    async revokeTill({ shop, till, atMs }) {
      const rows = await database.query(
        'update tills set revoked_at = $3 where shop = $1 and till = $2 and revoked_at is null returning till',
        [shop, till, atMs],
      );
      return rows.length === 1;
    },

    close: () => database.close(),
  };
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

async function readHeads(
  sql: Sql,
  shop: string,
): Promise<{ readonly head: number; readonly docHead: number }> {
  const [row] = await sql.query<{ g: number; p: number }>('select g, p from shops where shop = $1', [shop]);
  if (!row) throw new UnknownShopError(shop);
  return { head: row.g, docHead: row.p };
}

/** What the batch asks about: its ids, its streams' heads, and positions that are filled already. */
async function readFacts(
  sql: Sql,
  {
    shop,
    lastG,
    events,
  }: { readonly shop: string; readonly lastG: number; readonly events: readonly unknown[] },
): Promise<BatchFacts> {
  const envelopes = events.flatMap((event) => {
    const parsed = envelopeSchema.safeParse(event);
    return parsed.success ? [parsed.data] : [];
  });
  const ids = await sql.query<{ id: string; g: number; body: string }>(
    'select id, g, body from events where shop = $1 and id = any($2::text[]) and g is not null',
    [shop, envelopes.map(({ id }) => id)],
  );
  const streams = [...new Set(envelopes.map(({ stream }) => stream))];
  const heads = await sql.query<{ stream: string; seq: number; link: string }>(
    'select stream, seq, link from streams where shop = $1 and stream = any($2::text[])',
    [shop, streams],
  );
  const headOf = new Map(heads.map(({ stream, seq, link }) => [stream, { seq, link }]));
  const filled = envelopes.filter(({ stream, seq }) => seq <= (headOf.get(stream)?.seq ?? 0));
  const positions =
    filled.length === 0
      ? []
      : await sql.query<{ stream: string; seq: number; id: string }>(
          `select e.stream, e.seq, e.id from events e
           join unnest($2::text[], $3::bigint[]) as w (stream, seq) on e.stream = w.stream and e.seq = w.seq
           where e.shop = $1`,
          [shop, filled.map(({ stream }) => stream), filled.map(({ seq }) => seq)],
        );
  return {
    shop,
    lastG,
    ids: new Map(ids.map(({ id, g, body }) => [id, { g, body }])),
    heads: headOf,
    positions: new Map(positions.map(({ stream, seq, id }) => [positionKey(stream, seq), id])),
    isKnownType,
  };
}

/** @returns whether the document replaced what was there. An erasure is never replaced. */
async function putProfile(
  sql: Sql,
  { shop, doc, p }: { readonly shop: string; readonly doc: ProfileDoc; readonly p: number },
): Promise<boolean> {
  const sealed = 'sealed' in doc ? doc.sealed : null;
  const rows = await sql.query(
    `insert into profiles (shop, member, p, hlc, sealed) values ($1, $2, $3, $4, $5)
     on conflict (shop, member) do update set p = excluded.p, hlc = excluded.hlc, sealed = excluded.sealed
     where profiles.sealed is not null and (excluded.sealed is null or excluded.hlc > profiles.hlc)
     returning member`,
    [shop, doc.member, p, doc.hlc, sealed],
  );
  return rows.length === 1;
}
