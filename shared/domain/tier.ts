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
  const now = placeOf(tiers, total);
  const kept = placeOf(tiers, totalOf(state, definition.id, tiers, year - 1));
  const brought = findProgramState(state, definition.id)?.broughtTier;
  const broughtPlace =
    brought && brought.until >= year ? tiers.levels.findIndex(({ id }) => id === brought.level) : -1;
  const place = Math.max(now, kept, broughtPlace);
  const above = tiers.levels[place + 1];
  return {
    level: tiers.levels[place] ?? null,
    until: place < 0 ? null : lastDayOf({ place, now, kept, broughtPlace, year, brought: brought?.until }),
    after: tiers.levels[now < place ? now : -1] ?? null,
    total,
    next: above ? { level: above, left: above.from - total } : null,
  };
}

function lastDayOf(facts: {
  readonly place: number;
  readonly now: number;
  readonly kept: number;
  readonly broughtPlace: number;
  readonly year: number;
  readonly brought: number | undefined;
}): PlainDay {
  const { place, now, broughtPlace, year, brought } = facts;
  if (now >= place) return endOfYear(year + 1);
  return endOfYear(broughtPlace >= place && brought !== undefined ? brought : year);
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
