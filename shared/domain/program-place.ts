import type { programSchema } from './program.ts';

/** Where in a definition: one of its fields, and in a list the id of the entry; an item is known by its name. */
export interface ProgramPlace {
  readonly part: ProgramPart;
  readonly id?: string | undefined;
}

/** `program` is the definition as a whole. */
export type ProgramPart = keyof typeof programSchema.shape | 'program';

/** An item's name may still have the spaces it was typed with. */
export const isSamePlace = (a: ProgramPlace, b: ProgramPlace): boolean =>
  a.part === b.part && a.id?.trim() === b.id?.trim();

/** A definition that can be read and that no shop can mean. */
export interface Nonsense {
  readonly code: NonsenseCode;
  readonly place: ProgramPlace;
}

export const NONSENSE_CODES = [
  'price-not-positive',
  'no-final-reward',
  'two-final-rewards',
  'reward-beyond-card',
  'two-rewards-at-one-place',
  'reward-out-of-reach',
  'always-free',
  'tier-unknown',
  'tier-out-of-reach',
  'pass-not-sold',
  'pass-without-benefit',
  'birthday-on-card-place',
  'reward-expiry-without-card',
  'chosen-points-on-card',
  'chosen-points-as-gift',
  'step-mismatch',
  'nothing-to-get',
  'card-never-fills',
  'head-start-fills-card',
  'visit-over-own-limit',
  'gives-too-much',
  'expires-before-full',
  'referral-gives-nothing',
  'excluded-item-unknown',
  'excluded-item-without-price',
  'item-named-twice',
  'money-without-currency',
  'unknown-currency',
  'duplicate-id',
  'reserved-id',
  'levels-not-rising',
  'level-worth-less',
  'level-out-of-reach',
  'nothing-to-multiply',
  'promotion-never-runs',
  'withdrawn-at-first',
] as const;
export type NonsenseCode = (typeof NONSENSE_CODES)[number];
