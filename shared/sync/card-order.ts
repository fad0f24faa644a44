import type { Held, SetAside } from './sync-state.ts';

/**
 * The one order in which every till folds: by place in the shop's order, then what has none yet in the order in which this
 * till committed it. What is set aside counts nowhere. Program definitions are read in the same order, so that of two
 * tills that published the same version without knowing of each other the same one wins everywhere.
 */
export function inShopOrder<Event>(
  held: readonly Held<Event>[],
  setAside: readonly SetAside[],
): readonly Event[] {
  const aside = new Set(setAside.flatMap(({ n }) => n ?? []));
  return held
    .filter(({ n }) => !aside.has(n))
    .sort((a, b) => {
      if (a.g !== null && b.g !== null) return a.g - b.g;
      if (a.g !== null) return -1;
      return b.g === null ? a.n - b.n : 1;
    })
    .map(({ event }) => event);
}
