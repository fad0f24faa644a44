import { hash } from 'node:crypto';
import type { BatchOutcome } from '#shared/sync/judge-batch.ts';
import {
  MAX_QUARANTINED_BYTES,
  MAX_QUARANTINED_EVENTS,
  type BatchRequest,
  type Quarantined,
} from './event-store.ts';
import type { Sql } from './sql.ts';

/** Under the shop's lock: nobody else adds to what is counted here. What is kept already is not kept twice. */
export async function keepApart(
  sql: Sql,
  { shop, till, atMs }: Pick<BatchRequest, 'shop' | 'till' | 'atMs'>,
  refused: BatchOutcome['quarantine'],
): Promise<void> {
  const texts = refused.map(({ json }) => json);
  const codes = refused.map(({ code }) => code);
  const digests = texts.map((text) => hash('sha256', text));
  await sql.query(
    `with kept as (
       select count(*) as events, coalesce(sum(octet_length(raw)), 0) as bytes
       from quarantine where shop = $1 and till = $2
     ), fresh as (
       select code, digest, raw, row_number() over (order by place) as events,
         sum(octet_length(raw)) over (order by place) as bytes
       from unnest($4::text[], $5::text[], $6::text[]) with ordinality as w (code, digest, raw, place)
       where not exists (select from quarantine q where q.shop = $1 and q.digest = w.digest)
     )
     insert into quarantine (shop, till, at, code, digest, raw)
     select $1, $2, $3, fresh.code, fresh.digest, fresh.raw from fresh, kept
     where kept.events + fresh.events <= $7 and kept.bytes + fresh.bytes <= $8
     on conflict do nothing`,
    [shop, till, atMs, codes, digests, texts, MAX_QUARANTINED_EVENTS, MAX_QUARANTINED_BYTES],
  );
}

export const listQuarantined = (sql: Sql, shop: string): Promise<readonly Quarantined[]> =>
  sql.query<Quarantined>(
    `select till, count(*)::bigint as events, sum(octet_length(raw))::bigint as bytes from quarantine
     where shop = $1 group by till order by till collate "C"`,
    [shop],
  );
