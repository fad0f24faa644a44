/** Totals of calendar years, earlier first. All are kept: a year that one wrong clock made up must not push out a real one. */

/** In place. @param add the entry with something added; undefined: the first of its year. */
export function addToYears<Entry extends { readonly year: number }>(
  years: Entry[],
  year: number,
  add: (entry: Entry | undefined) => Entry,
): void {
  let place = years.length - 1;
  while (place >= 0 && (years[place]?.year ?? year) > year) place -= 1;
  const known = place < 0 ? undefined : years[place];
  if (known?.year === year) years[place] = add(known);
  else years.splice(place + 1, 0, add(undefined));
}
