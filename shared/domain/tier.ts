import type { PlainDay } from '../lib/brand.ts';
import { endOfYear, yearOf } from '../lib/plain-day.ts';
import { findProgramState, type MemberState } from './member-state.ts';
import type { ProgramDefinition, TierLevel, Tiers } from './program.ts';

/**
 * Tiers by calendar year. A level is reached at once and kept until the end of the following year; at the turn of the
 * year only what the year just ended added up to counts.
 */
export interface TierView {
  /** Null below the lowest level. */
  readonly level: TierLevel | null;
  /** The last day on which it holds if nothing more is added; null below the lowest level. */
  readonly until: PlainDay | null;
  /** What follows then. */
  readonly after: TierLevel | null;
  /** What this year adds up to so far: minor units, units or visits. */
  readonly total: number;
  /** The next level up and how much of it is missing. */
  readonly next: { readonly level: TierLevel; readonly left: number } | null;
}

/** Undefined for a program without tiers. */
export function tierOn(
  state: MemberState,
  definition: ProgramDefinition,
  day: PlainDay,
): TierView | undefined {
  const { tiers } = definition;
  if (!tiers) return undefined;
  const year = yearOf(day);
  const total = totalOf(state, definition.id, tiers, year);
  const brought = findProgramState(state, definition.id)?.broughtTier;
  /** What holds a level today, and through which year it does. */
  const holds = [
    { place: placeOf(tiers, total), until: year + 1 },
    { place: placeOf(tiers, totalOf(state, definition.id, tiers, year - 1)), until: year },
    { place: tiers.levels.findIndex(({ id }) => id === brought?.level), until: brought?.until ?? year },
  ].filter((hold) => hold.until >= year);
  const place = Math.max(...holds.map((hold) => hold.place));
  const until = Math.max(...holds.map((hold) => (hold.place === place ? hold.until : year)));
  const after = Math.max(-1, ...holds.map((hold) => (hold.until > until ? hold.place : -1)));
  const above = tiers.levels[place + 1];
  return {
    level: tiers.levels[place] ?? null,
    until: place < 0 ? null : endOfYear(until),
    after: place < 0 ? null : (tiers.levels[after] ?? null),
    total,
    next: above ? { level: above, left: above.from - total } : null,
  };
}

function totalOf(state: MemberState, program: string, tiers: Tiers, year: number): number {
  const own = state.years.find((entry) => entry.year === year);
  switch (tiers.by) {
    case 'spend':
      return own?.spend ?? 0;
    case 'visits':
      return own?.visits ?? 0;
    case 'units':
      return findProgramState(state, program)?.years.find((entry) => entry.year === year)?.units ?? 0;
  }
}

/** The place of the highest level reached; -1 below the lowest. */
function placeOf({ levels }: Tiers, total: number): number {
  return levels.findLastIndex(({ from }) => from <= total);
}

/** Whether somebody of `level` may have what is only for `wanted` and above. */
export function reachesTier(tiers: Tiers | undefined, level: TierLevel | null, wanted: string): boolean {
  const place = (id: string | undefined) => tiers?.levels.findIndex((entry) => entry.id === id) ?? -1;
  return level !== null && place(wanted) >= 0 && place(level.id) >= place(wanted);
}
