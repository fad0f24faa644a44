import * as z from 'zod/mini';
import type { ProgramId } from '../lib/brand.ts';

/**
 * A program definition is data: what is counted, what earns, what it gives, within which limits. Every list holds a
 * union by `kind`, so a new kind of earning or reward is a new member and no new shape. A definition is published
 * through the ledger and never edited: a change is a new `version`, and a card keeps the version it started with.
 */

export const MAX_CARD_SIZE = 50;
const MAX_NAME_LENGTH = 60;
/** A visit that earns more than a day's worth of coffees is a typing error, whatever the shop's own limit. */
export const MAX_STAMPS_PER_VISIT = 50;

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

const stampUnit = z.object({
  kind: z.literal('stamps'),
  /** Holes on one card. */
  size: count(1, MAX_CARD_SIZE),
  icon: z.enum(UNIT_ICONS),
  /** The shop's own word, when "stamp" in the till's language won't do. */
  word: z.optional(z.object({ one: name, other: name })),
});

const visitRule = z.object({
  kind: z.literal('visit'),
  id: z.string(),
  units: count(1, MAX_STAMPS_PER_VISIT),
});

const freeItemReward = z.object({
  kind: z.literal('free-item'),
  id: z.string().check(z.minLength(1)),
  /** Stamps on the card that make it ready. At the card's size it is the final reward and costs the card. */
  at: count(1, MAX_CARD_SIZE),
  name,
});

export const programSchema = z.object({
  id: z.string().check(z.minLength(1)),
  version: count(1, Number.MAX_SAFE_INTEGER),
  name,
  unit: z.discriminatedUnion('kind', [stampUnit]),
  earn: z.array(z.discriminatedUnion('kind', [visitRule])).check(z.minLength(1)),
  /** Stamps given on joining. */
  headStart: count(0, MAX_CARD_SIZE),
  rewards: z.array(z.discriminatedUnion('kind', [freeItemReward])).check(z.minLength(1)),
  limits: z.object({
    perVisit: z.nullable(count(1, MAX_STAMPS_PER_VISIT)),
    perDay: z.nullable(count(1, 1000)),
    /** Minutes that must pass between two visits of one member. */
    minutesBetween: z.nullable(count(1, 24 * 60)),
  }),
  expiry: z.discriminatedUnion('kind', [z.object({ kind: z.literal('none') })]),
});

export type ProgramDefinition = z.infer<typeof programSchema>;
export type Reward = ProgramDefinition['rewards'][number];

export type ProgramProblem =
  | { readonly code: 'malformed'; readonly field: string }
  | { readonly code: 'no-final-reward' }
  | { readonly code: 'two-final-rewards' }
  | { readonly code: 'reward-beyond-card'; readonly reward: string }
  | { readonly code: 'two-rewards-at-one-place'; readonly at: number }
  | { readonly code: 'head-start-fills-card' }
  | { readonly code: 'visit-over-own-limit' };

/** What stops an owner from publishing this draft; empty when it may be published. */
export function findProgramProblems(draft: unknown): ProgramProblem[] {
  const parsed = programSchema.safeParse(draft);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => ({ code: 'malformed', field: issue.path.join('.') }));
  }
  const program = parsed.data;
  const { size } = program.unit;
  const problems: ProgramProblem[] = [];
  const finals = program.rewards.filter((reward) => reward.at === size).length;
  if (finals === 0) problems.push({ code: 'no-final-reward' });
  if (finals > 1) problems.push({ code: 'two-final-rewards' });
  const places = new Set<number>();
  for (const reward of program.rewards) {
    if (reward.at > size) problems.push({ code: 'reward-beyond-card', reward: reward.id });
    if (reward.at < size && places.has(reward.at)) {
      problems.push({ code: 'two-rewards-at-one-place', at: reward.at });
    }
    places.add(reward.at);
  }
  if (program.headStart >= size) problems.push({ code: 'head-start-fills-card' });
  const { perVisit } = program.limits;
  if (perVisit !== null && program.earn.some((rule) => rule.units > perVisit)) {
    problems.push({ code: 'visit-over-own-limit' });
  }
  return problems;
}

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

export function findProgram(book: ProgramBook, id: string, version: number): ProgramDefinition | undefined {
  return book.get(id)?.find((definition) => definition.version === version);
}

/** The newest version of every program, in the order of their ids. */
export function listCurrentPrograms(book: ProgramBook): ProgramDefinition[] {
  return [...book.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, versions]) => versions.at(-1) ?? []);
}

/** Stamps a redemption takes from the balance: the final reward takes the card, a milestone takes nothing. */
export function costOf(reward: Reward, definition: ProgramDefinition): number {
  return reward.at === definition.unit.size ? definition.unit.size : 0;
}

export interface StampPreset {
  readonly key: 'coffee' | 'bakery' | 'hair' | 'blank';
  readonly size: number;
  readonly icon: UnitIcon;
  readonly headStart: number;
  readonly milestoneAt: number | null;
}

export const STAMP_PRESETS: readonly StampPreset[] = [
  { key: 'coffee', size: 10, icon: 'cup', headStart: 2, milestoneAt: null },
  { key: 'bakery', size: 12, icon: 'heart', headStart: 0, milestoneAt: 6 },
  { key: 'hair', size: 6, icon: 'scissors', headStart: 0, milestoneAt: null },
  { key: 'blank', size: 10, icon: 'star', headStart: 0, milestoneAt: null },
];

/** A first version made from a preset and the names the owner reads in their own language. */
export function makeProgram(request: {
  readonly id: ProgramId;
  readonly preset: StampPreset;
  readonly name: string;
  readonly finalReward: string;
  readonly milestoneReward: string;
}): ProgramDefinition {
  const { preset } = request;
  const rewards: Reward[] = [{ kind: 'free-item', id: 'final', at: preset.size, name: request.finalReward }];
  if (preset.milestoneAt !== null) {
    rewards.unshift({
      kind: 'free-item',
      id: 'milestone',
      at: preset.milestoneAt,
      name: request.milestoneReward,
    });
  }
  return {
    id: request.id,
    version: 1,
    name: request.name,
    unit: { kind: 'stamps', size: preset.size, icon: preset.icon },
    earn: [{ kind: 'visit', id: 'visit', units: 1 }],
    headStart: preset.headStart,
    rewards,
    limits: { perVisit: 5, perDay: null, minutesBetween: null },
    expiry: { kind: 'none' },
  };
}
