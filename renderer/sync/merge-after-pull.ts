import type { Database } from '#renderer/data/database.ts';
import type { Ledger } from '#renderer/data/ledger-port.ts';
import { findSameNumber, mergeSameNumber } from '#renderer/data/same-number.commands.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Ids } from '#shared/lib/ports.ts';

/** Short enough that a lookup in between is not noticed: a till that joins brings everybody at once. */
const SLICE = 200;

/** What tills that were apart enrolled twice becomes one, as soon as a till sees both. */
export async function mergeAfterPull(
  deps: { readonly database: Database; readonly ledger: Ledger; readonly ids: Ids },
  members: readonly MemberId[],
): Promise<void> {
  for (let from = 0; from < members.length; from += SLICE) {
    const pairs = await findSameNumber(deps.database, members.slice(from, from + SLICE));
    if (pairs.length === 0) continue;
    const merged = await mergeSameNumber(deps, pairs);
    // The next pull of one of them finds them again; another till may be faster.
    if (!merged.ok) return;
  }
}
