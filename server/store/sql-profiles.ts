import type { ProfileDoc } from '#shared/sync/wire.ts';
import { tombstonesByShop, type Erasure } from './event-store.ts';
import type { Sql } from './sql.ts';
import { lockShop } from './sql-shops.ts';

/** Sealed documents, and the list of members whose document was erased. */

type Verdict = { readonly member: string; readonly status: 'ok' | 'older' };

export async function putProfiles(
  sql: Sql,
  shop: string,
  docs: readonly ProfileDoc[],
): Promise<readonly Verdict[]> {
  let p = await lockShop(sql, shop, 'p');
  const results: Verdict[] = [];
  for (const doc of docs) {
    const isNewer = await putProfile(sql, { shop, doc, p: p + 1 });
    if (isNewer) p += 1;
    results.push({ member: doc.member, status: isNewer ? 'ok' : 'older' });
  }
  await sql.query('update shops set p = $2 where shop = $1', [shop, p]);
  const erased = docs.filter((doc) => 'erased' in doc).map(({ member, hlc }) => ({ shop, member, hlc }));
  if (erased.length > 0) await addErased(sql, erased);
  return results;
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

export async function readProfiles(
  sql: Sql,
  request: { readonly shop: string; readonly after: number; readonly upTo: number; readonly limit: number },
): Promise<readonly (ProfileDoc & { readonly p: number })[]> {
  const { shop, after, upTo, limit } = request;
  const rows = await sql.query<{ p: number; member: string; hlc: string; sealed: string | null }>(
    'select p, member, hlc, sealed from profiles where shop = $1 and p > $2 and p <= $3 order by p limit $4',
    [shop, after, upTo, limit],
  );
  return rows.map(({ p, member, hlc, sealed }) =>
    sealed === null ? { p, member, hlc, erased: true as const } : { p, member, hlc, sealed },
  );
}

export const listErased = (sql: Sql): Promise<readonly Erasure[]> =>
  sql.query<Erasure>('select shop, member, hlc from erased order by shop collate "C", member collate "C"');

async function addErased(sql: Sql, erased: readonly Erasure[]): Promise<void> {
  await sql.query(
    'insert into erased select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing',
    [erased.map(({ shop }) => shop), erased.map(({ member }) => member), erased.map(({ hlc }) => hlc)],
  );
}

/** Everybody on the list is erased in every shop that is here: what a restored backup still had of them is gone. */
export async function applyErased(sql: Sql, more: readonly Erasure[]): Promise<void> {
  await addErased(sql, more);
  await sql.query(
    'insert into erased select shop, member, hlc from profiles where sealed is null on conflict do nothing',
  );
  const missing = await sql.query<Erasure>(
    `select e.shop, e.member, e.hlc from erased e
     join shops s on s.shop = e.shop
     left join profiles p on p.shop = e.shop and p.member = e.member
     where p.member is null or p.sealed is not null
     order by e.shop collate "C", e.member collate "C"`,
  );
  for (const [shop, docs] of tombstonesByShop(missing)) await putProfiles(sql, shop, docs);
}
