import type { EarnRule, ProgramDefinition } from '#shared/domain/program.ts';

/** What the programs of tests are made of: each test then says what is its own. */

/** A point for each visit, and nothing else. */
export const PLAIN_PROGRAM: ProgramDefinition = {
  id: 'plain',
  version: 1,
  name: 'Plain',
  unit: { kind: 'points', icon: 'star' },
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

/** A promotion's window without edges. */
export const ALWAYS = { weekdays: [], from: null, until: null, firstDay: null, lastDay: null };
