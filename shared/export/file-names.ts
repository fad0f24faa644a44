import type { PlainDay } from '../lib/brand.ts';

/** The same names every day, so that whatever picks the files up finds them. A person sorts them by name and has the days. */

export const DAY_FILES = {
  events: 'events.csv',
  lines: 'events.jsonl',
  balances: 'balances.csv',
  manifest: 'manifest.json',
} as const;

/** @param supplement 0: the close itself; else which supplement of the day. */
export const dayFileStem = (day: PlainDay, supplement: number): string =>
  supplement === 0 ? `tenpunch-${day}` : `tenpunch-${day}-supplement-${supplement}`;

export const dayFileName = (day: PlainDay, supplement: number, file: keyof typeof DAY_FILES): string =>
  `${dayFileStem(day, supplement)}-${DAY_FILES[file]}`;

/** @param part 1 for the first; a backlog that no one file may hold goes on in the next. */
export const syncFileName = (stem: string, part: number): string =>
  `${stem}-sync${part === 1 ? '' : `-${part}`}.json`;

/** Written on demand: it must not take the place of what a close of the same day wrote. */
export const syncNowStem = (day: PlainDay): string => `tenpunch-${day}-now`;
