import type { MemberId } from '#shared/lib/brand.ts';
import type { Database } from './database.ts';
import { answerOf, nativeOf } from './native.ts';
import type { AliasRow, MemberRow } from './rows.ts';

/** Rows asked for in one transaction: a lookup waits no longer than for these. */
const SLICE = 500;

/**
 * The rows of people who were forgotten. Their stamps and visits stay in the ledger, and so their row does; who looks for a
 * member is never shown it.
 */
export async function readForgotten(database: Database): Promise<readonly MemberRow[]> {
  const openStores = (...names: readonly string[]) => nativeOf(database).transaction([...names], 'readonly');
  const erased = (await answerOf(openStores('erased').objectStore('erased').getAllKeys())) as MemberId[];
  const rows = new Map<MemberId, MemberRow>();
  for (let start = 0; start < erased.length; start += SLICE) {
    const transaction = openStores('aliases', 'members');
    const aliases = transaction.objectStore('aliases');
    const members = transaction.objectStore('members');
    const found = await Promise.all(
      erased.slice(start, start + SLICE).map(async (member) => {
        const alias = await answerOf(aliases.get(member) as IDBRequest<AliasRow | undefined>);
        return await answerOf(members.get(alias?.canonical ?? member) as IDBRequest<MemberRow | undefined>);
      }),
    );
    for (const row of found) if (row) rows.set(row.id, row);
  }
  return [...rows.values()];
}
