import { cleanName } from '#shared/domain/person-name.ts';
import {
  MAX_CARD_SIZE,
  type Badge,
  type EarnRule,
  type Offer,
  type ProgramDefinition,
  type Promotion,
  type Reward,
  type TierLevel,
} from '#shared/domain/program.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';

/**
 * A program as its editor holds it: the shape of a definition, but a number is NaN while its field is empty, and a name
 * is what was typed so far. `definitionOf` is what would be published; `findProgramProblems` says what is wrong with it.
 */
export type ProgramDraft = ProgramDefinition;

/** A program that was withdrawn is edited to be brought back: no version but the withdrawing one stays withdrawn. */
export const draftOf = (base: ProgramDefinition): ProgramDraft =>
  base.isWithdrawn ? without(base, 'isWithdrawn') : base;

interface RuleKinds {
  readonly earn: EarnRule;
  readonly rewards: Reward;
  readonly promotions: Promotion;
  readonly offers: Offer;
  readonly badges: Badge;
}
export type RuleList = keyof RuleKinds;

export const listRules = <List extends RuleList>(
  draft: ProgramDraft,
  list: List,
): readonly RuleKinds[List][] => {
  const lists: { readonly [Name in RuleList]?: readonly RuleKinds[Name][] | undefined } = draft;
  return lists[list] ?? [];
};

export function addRule<List extends RuleList>(
  draft: ProgramDraft,
  list: List,
  rule: RuleKinds[List],
): ProgramDraft {
  return withRules(draft, list, [...listRules(draft, list), rule]);
}

/** Puts `rule` in the place of the one with its id. */
export function setRule<List extends RuleList>(
  draft: ProgramDraft,
  list: List,
  rule: RuleKinds[List],
): ProgramDraft {
  return withRules(
    draft,
    list,
    listRules(draft, list).map((known) => (known.id === rule.id ? rule : known)),
  );
}

export function removeRule(draft: ProgramDraft, list: RuleList, id: string): ProgramDraft {
  return withRules(
    draft,
    list,
    listRules(draft, list).filter((rule) => rule.id !== id),
  );
}

function withRules<List extends RuleList>(
  draft: ProgramDraft,
  list: List,
  rules: readonly RuleKinds[List][],
): ProgramDraft {
  const isRequired = list === 'earn' || list === 'rewards';
  return rules.length === 0 && !isRequired ? without(draft, list) : { ...draft, [list]: rules };
}

/** A copy with some fields changed; `undefined` takes an optional one away. */
export function changed<Value extends object>(
  value: Value,
  change: { readonly [Key in keyof Value]?: Value[Key] | undefined },
): Value {
  const entries = Object.entries({ ...value, ...change }).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as Value;
}

export const without = (draft: ProgramDraft, field: keyof ProgramDraft): ProgramDraft =>
  changed<ProgramDraft>(draft, { [field]: undefined });

/** The last place of a card moves with its size, and so does the reward that is there. */
export function resizeCard(draft: ProgramDraft, size: number, base: ProgramDefinition): ProgramDraft {
  const { unit } = draft;
  if (unit.kind !== 'stamps') return draft;
  const atEnd = draft.rewards.filter((reward) => Object.is(reward.at, unit.size));
  // A milestone may stand on the last place for a moment, while its owner looks for the right size.
  const published = base.unit.kind === 'stamps' ? base.unit.size : undefined;
  const known = new Set(base.rewards.filter(({ at }) => at === published).map(({ id }) => id));
  const final = atEnd.find(({ id }) => known.has(id)) ?? atEnd[0];
  return {
    ...draft,
    unit: { ...unit, size },
    rewards: draft.rewards.map((reward) => (reward === final ? { ...reward, at: size } : reward)),
  };
}

const USUAL_SIZE = 10;

export function setUnitKind(draft: ProgramDraft, kind: 'stamps' | 'points'): ProgramDraft {
  if (draft.unit.kind === kind) return draft;
  const shared = changed({ icon: draft.unit.icon, word: draft.unit.word }, {});
  if (kind === 'points') return { ...draft, unit: { kind, ...shared } };
  const prices = draft.rewards.map(({ at }) => at).filter((at) => at >= 1 && at <= MAX_CARD_SIZE);
  return { ...draft, unit: { kind, size: prices.length > 0 ? Math.max(...prices) : USUAL_SIZE, ...shared } };
}

/** A free place for a new reward: the end of a card without one, else the middle of what is free; points: NaN. */
export function findRewardPlace({ unit, rewards }: ProgramDraft): number {
  if (unit.kind === 'points') return Number.NaN;
  const size = Number.isNaN(unit.size) ? MAX_CARD_SIZE : unit.size;
  const taken = new Set(rewards.map(({ at }) => at));
  if (!taken.has(size)) return size;
  const middle = Math.ceil(size / 2);
  const places = Array.from({ length: size }, (_, index) => index + 1);
  return (
    places.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle)).find((place) => !taken.has(place)) ??
    middle
  );
}

export function addTier(draft: ProgramDraft, level: TierLevel): ProgramDraft {
  const tiers = draft.tiers ?? { by: 'visits', levels: [] };
  return { ...draft, tiers: { ...tiers, levels: [...tiers.levels, level] } };
}

export function setTier(draft: ProgramDraft, level: TierLevel): ProgramDraft {
  if (!draft.tiers) return draft;
  const levels = draft.tiers.levels.map((known) => (known.id === level.id ? level : known));
  return { ...draft, tiers: { ...draft.tiers, levels } };
}

/** What was only for this tier is for everybody again: nothing may name a tier that is not there. */
export function removeTier(draft: ProgramDraft, id: string): ProgramDraft {
  if (!draft.tiers) return draft;
  const levels = draft.tiers.levels.filter((level) => level.id !== id);
  const rewards = draft.rewards.map((reward) =>
    reward.tier === id ? changed(reward, { tier: undefined }) : reward,
  );
  const rest = { ...draft, rewards };
  return levels.length === 0 ? without(rest, 'tiers') : { ...rest, tiers: { ...draft.tiers, levels } };
}

const TEXTS = new Set(['name', 'one', 'other', 'item', 'category', 'charity', 'note']);
const TEXT_LISTS = new Set(['excludedItems', 'excludedSales']);

/** What would be published, its version the draft's own: texts are cleaned, tiers stand lowest first. */
export function definitionOf(draft: ProgramDraft): ProgramDefinition {
  const cleaned = cleanTexts(draft) as ProgramDefinition;
  if (!cleaned.tiers) return cleaned;
  const levels = [...cleaned.tiers.levels].sort((a, b) => a.from - b.from || 0);
  return { ...cleaned, tiers: { ...cleaned.tiers, levels } };
}

function cleanTexts(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return TEXTS.has(key) ? cleanName(value) : value;
  if (Array.isArray(value)) {
    const cleaned = value.map((entry: unknown) => cleanTexts(entry, TEXT_LISTS.has(key) ? 'name' : ''));
    return TEXT_LISTS.has(key) ? cleaned.filter((text) => text !== '') : cleaned;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, cleanTexts(field, name)]));
}

/** Whether two definitions say the same; a half-typed number is different from every number and equal to itself. */
export const isSameDefinition = (a: ProgramDefinition, b: ProgramDefinition): boolean =>
  canonicalJson(toComparable(a)) === canonicalJson(toComparable(b));

function toComparable(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(toComparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, toComparable(field)]));
}
