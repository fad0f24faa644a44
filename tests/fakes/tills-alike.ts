import { expect } from 'vitest';
import { digestProjections, rebuildProjections } from '#renderer/data/rebuild.ts';
import { verifyChains } from '#renderer/data/verify-chains.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import type { SyncedTill } from './synced-tills.ts';

/** What all tills of a shop must have alike. */
export async function shownBy({ database }: SyncedTill): Promise<string> {
  const { cards, members, totals, programs, aliases, profiles, erased } = database;
  const tables = [cards, members, totals, programs, aliases, profiles, erased];
  return canonicalJson(await Promise.all(tables.map((table) => table.toArray())));
}

/** All of them show the same, and go on doing so when all of it is made anew. */
export async function expectAlike(tills: readonly SyncedTill[]): Promise<void> {
  const [first = ''] = await Promise.all(tills.map(shownBy));
  for (const till of tills) {
    expect(await shownBy(till)).toBe(first);
    const digest = await digestProjections(till.database);
    await rebuildProjections(till.database);
    expect(await shownBy(till)).toBe(first);
    expect(await digestProjections(till.database)).toBe(digest);
    expect((await verifyChains(till.database)).faults).toEqual([]);
  }
}
