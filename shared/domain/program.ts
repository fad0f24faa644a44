import * as z from 'zod/mini';
import { LARGEST_AMOUNT } from '../lib/money.ts';
import { isPlainDay } from '../lib/plain-day.ts';
import { foldName } from './person-name.ts';

/**
 * A program definition is data: what is counted, what earns, what it gives, within which limits. Every list holds a
 * union by `kind`, so a new kind of earning or reward is a new member and no new shape. A definition is published
 * through the ledger and never edited: a change is a new `version`, and a card keeps the version it started with.
 */

export const MAX_CARD_SIZE = 50;
const MAX_NAME_LENGTH = 60;
/** A visit that earns more than a day's worth of coffees is a typing error, whatever the shop's own limit. */
export const MAX_STAMPS_PER_VISIT = 50;
/** More units than any rule, price or balance of a shop needs. */
export const MAX_UNITS = 1_000_000;
/** Minor units. */
export const MAX_AMOUNT = LARGEST_AMOUNT;
/** Rules of one kind in one program; nobody reads more. */
const MAX_RULES = 50;
/** Buttons. */
const MAX_ITEMS = 100;

const id = z.string().check(z.minLength(1), z.maxLength(64));
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_NAME_LENGTH));
const count = (minimum: number, maximum: number) => z.int().check(z.gte(minimum), z.lte(maximum));

/** Pictures a stamp can have; the design system draws each of them. */
export const UNIT_ICONS = [
  'cup',
  'star',
  'bean',
  'heart',
  'scissors',
  'pizza',
  'check',
  'croissant',
  'sandwich',
  'cake',
  'ice-cream',
  'soda',
  'bowl',
  'fish',
  'apple',
  'beer',
  'wine',
  'flower',
  'leaf',
  'paw',
  'book',
  'bike',
  'dumbbell',
  'shirt',
  'sparkles',
] as const;
export type UnitIcon = (typeof UNIT_ICONS)[number];

/** The shop's own word, when "stamp" or "point" in the till's language won't do. */
const word = z.optional(z.object({ one: name, other: name }));
const icon = z.enum(UNIT_ICONS);

const stampUnit = z.object({
  kind: z.literal('stamps'),
  /** Holes on one card. */
  size: count(1, MAX_CARD_SIZE),
  icon,
  word,
});

const pointUnit = z.object({ kind: z.literal('points'), icon, word });

/** Whole minor units of the program's currency: cents, yen, fils. */
const money = count(1, MAX_AMOUNT);
const day = z.string().check(z.refine(isPlainDay));
const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

export const ROUNDINGS = ['down', 'nearest', 'up'] as const;

const visitRule = z.object({ kind: z.literal('visit'), id, units: count(1, MAX_UNITS) });

/** `units` for every `per` minor units of the amount that counts. */
const amountRule = z.object({
  kind: z.literal('amount'),
  id,
  units: count(1, MAX_UNITS),
  per: money,
  /** Below it the sale earns nothing. */
  minimum: z.nullable(money),
  rounding: z.enum(ROUNDINGS),
  /** Items whose price is taken off the amount first. */
  excludedItems: z.array(name),
  /** Kinds of sale that earn nothing: "Gift card". */
  excludedSales: z.array(name),
});

const itemRule = z.object({ kind: z.literal('item'), id, item: name, units: count(1, MAX_UNITS) });
const categoryRule = z.object({
  kind: z.literal('category'),
  id,
  category: name,
  units: count(1, MAX_UNITS),
});

/** Something that is not a purchase: a review, a returned cup. */
const actionRule = z.object({
  kind: z.literal('action'),
  id,
  name,
  units: count(1, MAX_UNITS),
  /** How often one member may earn it on one business day. */
  perDay: z.nullable(count(1, 1000)),
});

/** Both sides earn when the new member comes for the first time. */
const referralRule = z.object({
  kind: z.literal('referral'),
  id,
  /** For the member who brought a friend. */
  units: count(0, MAX_UNITS),
  /** For the friend. */
  friendUnits: count(0, MAX_UNITS),
  /** Friends one member can be rewarded for, ever. */
  cap: z.nullable(count(1, 1000)),
});

/** When a promotion runs, on the shop's own clock. An absent bound is open. */
const windowSchema = z.object({
  /** ISO weekdays, Monday is 1; empty means every day. */
  weekdays: z.array(count(1, 7)),
  /** `until` is not part of it; `from` after `until` runs over midnight. */
  from: z.nullable(timeOfDay),
  until: z.nullable(timeOfDay),
  firstDay: z.nullable(day),
  lastDay: z.nullable(day),
});
export type PromotionWindow = z.infer<typeof windowSchema>;

const multiplierPromotion = z.object({
  kind: z.literal('multiplier'),
  id,
  name,
  /** 200 doubles what the earn rules give. */
  percent: count(101, 1000),
  window: windowSchema,
});
const itemBonusPromotion = z.object({
  kind: z.literal('item-bonus'),
  id,
  name,
  item: name,
  units: count(1, MAX_UNITS),
  window: windowSchema,
});
const winBackPromotion = z.object({
  kind: z.literal('win-back'),
  id,
  name,
  /** Weeks since the last visit. */
  weeks: count(1, 520),
  units: count(1, MAX_UNITS),
});

export const CAP_PERIODS = ['day', 'year', 'ever'] as const;

const rewardBase = {
  id,
  /**
   * Its price in units. On a card of stamps the place that makes it ready: at the card's size it is the final reward and
   * costs the card, before that a milestone that costs nothing. 0: nothing to pay, so a tier, a pass or a birthday decides.
   */
  at: count(0, MAX_UNITS),
  name,
  /** What giving it costs the shop. */
  value: z.optional(money),
  /** Only for this tier and those above it. */
  tier: z.optional(id),
  /** Only while a paid pass is valid. */
  needsPass: z.optional(z.literal(true)),
  /** A gift once a year, around the birthday. */
  birthday: z.optional(z.object({ daysBefore: count(0, 60), daysAfter: count(0, 60) })),
  cap: z.optional(z.object({ times: count(1, 1000), per: z.enum(CAP_PERIODS) })),
  /** Days to take it once a card of stamps has reached it. */
  expiresAfterDays: z.optional(count(1, 3650)),
};

const freeItemReward = z.object({ kind: z.literal('free-item'), ...rewardBase });
const amountOffReward = z.object({ kind: z.literal('amount-off'), ...rewardBase, amount: money });
const percentOffReward = z.object({
  kind: z.literal('percent-off'),
  ...rewardBase,
  percent: count(1, 100),
  /** Null: the whole sale. */
  category: z.nullable(name),
});
const donationReward = z.object({ kind: z.literal('donation'), ...rewardBase, amount: money, charity: name });
/** The member chooses how many points to use: `amount` off for every `step`, from `at` on. */
const chosenPointsReward = z.object({
  kind: z.literal('chosen-points'),
  ...rewardBase,
  step: count(1, MAX_UNITS),
  amount: money,
});

const expirySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** Each unit on its own, this long after it was earned. */
  z.object({ kind: z.literal('after-months'), months: count(1, 120) }),
  /** All of them, this long after the last visit. */
  z.object({ kind: z.literal('after-last-visit'), months: count(1, 120) }),
  /** On 31 December; with `years` 1 of the year after the one they were earned in. */
  z.object({ kind: z.literal('end-of-year'), years: count(0, 10) }),
]);
export type Expiry = z.infer<typeof expirySchema>;

const tierLevel = z.object({
  id,
  name,
  /** Reached at so much in one calendar year. */
  from: count(1, MAX_AMOUNT),
  /** 150 gives half as much again on what the earn rules give. */
  percent: count(100, 1000),
  /** What the cashier should know or do. */
  note: z.string().check(z.maxLength(200)),
});
export type TierLevel = z.infer<typeof tierLevel>;

const tiersSchema = z.object({
  /** What is counted per calendar year; spend in minor units. */
  by: z.enum(['spend', 'units', 'visits']),
  /** Lowest first. */
  levels: z.array(tierLevel).check(z.minLength(1), z.maxLength(10)),
});

const passOffer = z.object({ kind: z.literal('pass'), id, name, price: money, months: count(1, 120) });
const prepaidOffer = z.object({
  kind: z.literal('prepaid'),
  id,
  name,
  price: money,
  units: count(1, MAX_UNITS),
});

const badgeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visits'), id, name, icon, visits: count(1, 100_000) }),
  /** Weeks in a row with a visit. */
  z.object({ kind: z.literal('streak'), id, name, icon, weeks: count(2, 520) }),
  z.object({ kind: z.literal('donation'), id, name, icon }),
]);
export type Badge = z.infer<typeof badgeSchema>;

/** A share of every amount for a charity. */
const charitySchema = z.object({
  name,
  /** Hundredths of a percent. */
  basisPoints: count(1, 10_000),
  rounding: z.enum(ROUNDINGS),
});

/** A button at the counter. */
const itemSchema = z.object({ name, category: z.nullable(name), price: z.nullable(money) });
export type SaleItem = z.infer<typeof itemSchema>;

const list = <Schema extends z.ZodMiniType>(schema: Schema, maximum: number) =>
  z.array(schema).check(z.maxLength(maximum));

export const programSchema = z.object({
  id,
  version: count(1, Number.MAX_SAFE_INTEGER),
  name,
  unit: z.discriminatedUnion('kind', [stampUnit, pointUnit]),
  earn: list(
    z.discriminatedUnion('kind', [visitRule, amountRule, itemRule, categoryRule, actionRule, referralRule]),
    MAX_RULES,
  ),
  /** Units given on joining. */
  headStart: count(0, MAX_UNITS),
  rewards: list(
    z.discriminatedUnion('kind', [
      freeItemReward,
      amountOffReward,
      percentOffReward,
      donationReward,
      chosenPointsReward,
    ]),
    MAX_RULES,
  ),
  limits: z.object({
    perVisit: z.nullable(count(1, MAX_UNITS)),
    perDay: z.nullable(count(1, MAX_UNITS)),
    /** Minutes that must pass between two visits of one member. */
    minutesBetween: z.nullable(count(1, 24 * 60)),
  }),
  expiry: expirySchema,
  promotions: z.optional(
    list(
      z.discriminatedUnion('kind', [multiplierPromotion, itemBonusPromotion, winBackPromotion]),
      MAX_RULES,
    ),
  ),
  tiers: z.optional(tiersSchema),
  /** What the member can buy: a pass, or units in advance. */
  offers: z.optional(list(z.discriminatedUnion('kind', [passOffer, prepaidOffer]), MAX_RULES)),
  badges: z.optional(list(badgeSchema, MAX_RULES)),
  charity: z.optional(charitySchema),
  items: z.optional(list(itemSchema, MAX_ITEMS)),
  /** ISO 4217; present wherever an amount is. */
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
  /** Nothing more is earned or sold; what members hold can still be used. */
  isWithdrawn: z.optional(z.literal(true)),
});

export type ProgramDefinition = z.infer<typeof programSchema>;
export type EarnRule = ProgramDefinition['earn'][number];
export type Reward = ProgramDefinition['rewards'][number];
export type Promotion = NonNullable<ProgramDefinition['promotions']>[number];
export type Offer = NonNullable<ProgramDefinition['offers']>[number];
export type Tiers = z.infer<typeof tiersSchema>;

/** Holes on one card; undefined where points are counted. */
export const cardSizeOf = (definition: ProgramDefinition): number | undefined =>
  definition.unit.kind === 'stamps' ? definition.unit.size : undefined;

/** A program whose units are stamps on cards. */
export type StampProgram = ProgramDefinition & { readonly unit: { readonly kind: 'stamps' } };

export const isStampProgram = (definition: ProgramDefinition): definition is StampProgram =>
  definition.unit.kind === 'stamps';

/** Names of items and categories are the same thing however they are typed. */
export const itemKey = (text: string): string => foldName(text);

/** All published versions. A definition this app can't read is absent, and its cards are readable only. */
export type ProgramBook = ReadonlyMap<string, readonly ProgramDefinition[]>;

/** Versions of one program are kept in rising order. */
export function makeProgramBook(definitions: readonly ProgramDefinition[]): ProgramBook {
  const book = new Map<string, ProgramDefinition[]>();
  for (const definition of definitions) {
    const versions = book.get(definition.id) ?? [];
    if (!versions.some((known) => known.version === definition.version)) versions.push(definition);
    book.set(
      definition.id,
      versions.sort((a, b) => a.version - b.version),
    );
  }
  return book;
}

export function findProgram(
  book: ProgramBook,
  program: string,
  version: number,
): ProgramDefinition | undefined {
  const versions = book.get(program) ?? [];
  // Asked several times per event by the fold, and mostly for the newest one.
  const newest = versions[versions.length - 1];
  return newest?.version === version ? newest : versions.find((definition) => definition.version === version);
}

/** The newest version of every program, in the order of their ids. */
export function listCurrentPrograms(book: ProgramBook): ProgramDefinition[] {
  return [...book.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, versions]) => versions.at(-1) ?? []);
}

/** Units a redemption takes from the balance: points their price; a full card itself, and a milestone on it nothing. */
export function costOf(reward: Reward, { unit }: ProgramDefinition): number {
  if (unit.kind === 'points') return reward.at;
  return reward.at === unit.size ? unit.size : 0;
}
