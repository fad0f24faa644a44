import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { SideResult, WhatIfResult } from '#shared/domain/what-if-tally.ts';

/** Which figures of a what-if are worth a row, and how the two sides differ in them. */

const FIGURES = [
  'units',
  'rewards',
  'cost',
  'unpriced',
  'rewarded',
  'donations',
  'expired',
  'overLimit',
] as const;
export type FigureId = (typeof FIGURES)[number];

export interface FigureRow {
  readonly id: FigureId;
  readonly isMoney: boolean;
  readonly now: number | undefined;
  readonly draft: number;
  /** Undefined where the two can't be subtracted: there is only one, or they are of two currencies. */
  readonly difference: number | undefined;
}

export interface Sides {
  readonly draft: ProgramDefinition;
  readonly base: ProgramDefinition | undefined;
}

export function listFigures({ now, draft }: WhatIfResult, sides: Sides): FigureRow[] {
  const { base } = sides;
  const definitions = base ? [sides.draft, base] : [sides.draft];
  const isSameMoney = base?.currency === sides.draft.currency;
  return FIGURES.filter((id) => isShown(id, now ? [draft, now] : [draft], definitions)).map((id) => {
    const isMoney = id === 'cost' || id === 'donations';
    const isComparable = now !== undefined && (!isMoney || isSameMoney);
    return {
      id,
      isMoney,
      now: now?.[id],
      draft: draft[id],
      difference: isComparable ? draft[id] - now[id] : undefined,
    };
  });
}

function isShown(
  id: FigureId,
  results: readonly SideResult[],
  definitions: readonly ProgramDefinition[],
): boolean {
  switch (id) {
    case 'units':
    case 'rewards':
    case 'rewarded':
      return true;
    case 'cost':
      return results.some(isPriced);
    case 'unpriced':
    case 'overLimit':
      return results.some((result) => result[id] > 0);
    case 'donations':
      return definitions.some(({ charity }) => charity !== undefined);
    case 'expired':
      return (
        definitions.some(({ expiry }) => expiry.kind !== 'none') || results.some(({ expired }) => expired > 0)
      );
  }
}

/** Some of its rewards have a price, so their sum says something. */
export const isPriced = ({ cost, rewards, unpriced }: SideResult): boolean => cost > 0 || rewards > unpriced;
