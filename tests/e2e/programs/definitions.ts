import type { EarnRule, ProgramDefinition } from '#shared/domain/program.ts';

/** A program of the kind that a row of the table in docs/programs.md is about, and nothing more. */
export function stamps(changes: Partial<ProgramDefinition> = {}): ProgramDefinition {
  return {
    ...base,
    unit: { kind: 'stamps', size: 5, icon: 'star' },
    rewards: [{ kind: 'free-item', id: 'final', at: 5, name: 'Free tea', value: 300 }],
    ...changes,
  };
}

export function points(changes: Partial<ProgramDefinition> = {}): ProgramDefinition {
  return {
    ...base,
    unit: { kind: 'points', icon: 'heart' },
    earn: [PER_EURO],
    rewards: [{ kind: 'free-item', id: 'cake', at: 50, name: 'Cake', value: 400 }],
    ...changes,
  };
}

const base: ProgramDefinition = {
  id: 'under-test',
  version: 1,
  name: 'Under test',
  unit: { kind: 'points', icon: 'heart' },
  earn: [{ kind: 'visit', id: 'visit', units: 1 }],
  headStart: 0,
  rewards: [],
  limits: { perVisit: null, perDay: null, minutesBetween: null },
  expiry: { kind: 'none' },
  currency: 'EUR',
};

/** A point for each euro, whole ones only. */
export const PER_EURO: EarnRule & { readonly kind: 'amount' } = {
  kind: 'amount',
  id: 'amount',
  units: 1,
  per: 100,
  minimum: null,
  rounding: 'down',
  excludedItems: [],
  excludedSales: [],
};

/** Fifty points for joining and coming. */
export const FIFTY = { earn: [], headStart: 50 };

export const loaf = { name: 'Loaf', category: 'Bread', price: 350 };

export const ALWAYS = { weekdays: [], from: null, until: null, firstDay: null, lastDay: null };
