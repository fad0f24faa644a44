import type { Database } from '#renderer/data/database.ts';

const SLICE = 1000;

/** Cards with at least one stamp that wait for their reward, by the program version they play by. Reads in slices. */
export async function countOpenCards(
  database: Database,
  program: string,
): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  for (let after = ''; ;) {
    const page = await database.cards.where('member').above(after).limit(SLICE).toArray();
    for (const state of page) {
      const cards = state.programs.find((candidate) => candidate.program === program)?.cards ?? [];
      for (const card of cards) {
        if (!card.spent && card.stamps > 0) counts.set(card.version, (counts.get(card.version) ?? 0) + 1);
      }
    }
    const last = page.at(-1);
    if (!last || page.length < SLICE) return counts;
    after = last.member;
  }
}
