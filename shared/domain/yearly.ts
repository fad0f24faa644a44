/** Totals of calendar years, earlier first. All are kept: a year that one wrong clock made up must not push out a real one. */

/** @param add the entry with something added; undefined: the first of its year. */
export function addToYears<Entry extends { readonly year: number }>(
  years: readonly Entry[],
  year: number,
  add: (entry: Entry | undefined) => Entry,
): readonly Entry[] {
  const place = years.findLastIndex((entry) => entry.year <= year);
  const known = years[place];
  return known?.year === year ? years.with(place, add(known)) : years.toSpliced(place + 1, 0, add(undefined));
}
