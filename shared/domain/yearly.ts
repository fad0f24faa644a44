/** Totals of calendar years: the latest one and the year before, which is all a tier ever looks at. */

/** @param add the entry with something added; undefined: the first of its year. */
export function addToYears<Entry extends { readonly year: number }>(
  years: readonly Entry[],
  year: number,
  add: (entry: Entry | undefined) => Entry,
): readonly Entry[] {
  const latest = Math.max(year, years.at(-1)?.year ?? year);
  if (year < latest - 1) return years;
  const known = years.find((entry) => entry.year === year);
  return [...years.filter((entry) => entry.year !== year && entry.year >= latest - 1), add(known)].sort(
    (a, b) => a.year - b.year,
  );
}
