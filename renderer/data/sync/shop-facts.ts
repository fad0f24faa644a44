import { factsOf, type ShopFacts } from '#shared/domain/shop-facts.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { answerOf } from '../native.ts';
import { raiseProgramsRevision } from '../program-gaps.ts';
import { UNPLACED_KEY } from '../projection-marks.ts';
import type { MetaRow, ProgramRow } from '../rows.ts';
import { readShopEvents } from '../shop-events.ts';
import { SHOP_KEY } from '../shop.ts';

/**
 * Writes what the shop's own events amount to now.
 *
 * @param facts absent: by all that are here.
 * @returns whether cards may have been folded by rules that hold no more, or wait for some that came.
 */
export async function putShopFacts(transaction: IDBTransaction, facts?: ShopFacts): Promise<boolean> {
  const { programs, shop } = facts ?? factsOf(await readShopEvents(transaction));
  const meta = transaction.objectStore('meta');
  if (shop) meta.put({ key: SHOP_KEY, value: shop } satisfies MetaRow);
  else meta.delete(SHOP_KEY);
  const change = await putPrograms(transaction.objectStore('programs'), programs);
  if (change.isAnyReplaced) {
    await raiseProgramsRevision(transaction);
    return true;
  }
  return change.isAnyAdded && (await answerOf(meta.getKey(UNPLACED_KEY))) !== undefined;
}

/** Makes the table hold exactly these definitions, and touches none that it holds already. */
async function putPrograms(
  store: IDBObjectStore,
  programs: readonly ProgramRow[],
): Promise<{ readonly isAnyAdded: boolean; readonly isAnyReplaced: boolean }> {
  const keyOf = ({ id, version }: ProgramRow) => `${version} ${id}`;
  const held = await answerOf(store.getAll() as IDBRequest<ProgramRow[]>);
  const before = new Map(held.map((row) => [keyOf(row), row]));
  let isAnyAdded = false;
  let isAnyReplaced = false;
  for (const program of programs) {
    const known = before.get(keyOf(program));
    before.delete(keyOf(program));
    if (known && canonicalJson(known) === canonicalJson(program)) continue;
    store.put(program);
    if (known) isAnyReplaced = true;
    else isAnyAdded = true;
  }
  for (const { id, version } of before.values()) store.delete([id, version]);
  return { isAnyAdded, isAnyReplaced: isAnyReplaced || before.size > 0 };
}
