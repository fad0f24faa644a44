import { stateOn } from '#shared/domain/fold.ts';
import { balanceOf, findProgramState } from '#shared/domain/member-state.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { isPassValid } from '#shared/domain/rewards.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import type { Database } from '#renderer/data/database.ts';

/** What members hold in one program on a day. */
export interface Holdings {
  /** Cards with a stamp on them, by the version they play by. */
  readonly openCards: ReadonlyMap<number, number>;
  /** Members who have something left to use. */
  readonly holders: number;
  /** Paid passes that are valid. */
  readonly passes: number;
}

const SLICE = 1000;

/** Reads every member in slices: a question asked once, before something changes for all of them. */
export async function countHoldings(
  database: Database,
  program: string,
  asOf: { readonly day: PlainDay; readonly programs: ProgramBook },
): Promise<Holdings> {
  const openCards = new Map<number, number>();
  let holders = 0;
  let passes = 0;
  for (let after = ''; ;) {
    const page = await database.cards.where('member').above(after).limit(SLICE).toArray();
    for (const row of page) {
      const own = findProgramState(stateOn(row, asOf.day, asOf.programs), program);
      if (!own) continue;
      for (const card of own.cards) {
        if (!card.spent && card.stamps > 0) {
          openCards.set(card.version, (openCards.get(card.version) ?? 0) + 1);
        }
      }
      if (balanceOf(own) > 0) holders += 1;
      if (isPassValid(own, asOf.day)) passes += 1;
    }
    const last = page.at(-1);
    if (!last || page.length < SLICE) return { openCards, holders, passes };
    after = last.member;
  }
}

export const countOpenCards = ({ openCards }: Holdings): number =>
  [...openCards.values()].reduce((sum, cards) => sum + cards, 0);
