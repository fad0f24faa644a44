import { cleanName } from '#shared/domain/person-name.ts';
import {
  findProgramProblems,
  MAX_CARD_SIZE,
  type ProgramDefinition,
  type UnitIcon,
} from '#shared/domain/program.ts';

/**
 * A program as its editor holds it: every field may be half typed. `definitionOf` is what would be published;
 * `findDraftProblems` says beside which field each problem belongs.
 */
export interface ProgramDraft {
  /** The version the draft began with; 0 for a new program. */
  readonly base: ProgramDefinition;
  readonly name: string;
  readonly icon: UnitIcon;
  /** Numbers are NaN while their field is empty. */
  readonly size: number;
  readonly hasOwnWord: boolean;
  readonly wordOne: string;
  readonly wordOther: string;
  readonly unitsPerVisit: number;
  readonly headStart: number;
  readonly finalReward: string;
  readonly milestones: readonly MilestoneDraft[];
  /** NaN: no limit. */
  readonly perVisit: number;
  readonly perDay: number;
  readonly minutesBetween: number;
}

export interface MilestoneDraft {
  readonly id: string;
  readonly at: number;
  readonly name: string;
}

export function draftOf(base: ProgramDefinition): ProgramDraft {
  const { unit, limits } = base;
  return {
    base,
    name: base.name,
    icon: unit.icon,
    size: unit.size,
    hasOwnWord: unit.word !== undefined,
    wordOne: unit.word?.one ?? '',
    wordOther: unit.word?.other ?? '',
    unitsPerVisit: base.earn[0]?.units ?? 1,
    headStart: base.headStart,
    finalReward: finalRewardOf(base)?.name ?? '',
    milestones: base.rewards
      .filter((reward) => reward.at !== unit.size)
      .map(({ id, at, name }) => ({ id, at, name })),
    perVisit: limits.perVisit ?? Number.NaN,
    perDay: limits.perDay ?? Number.NaN,
    minutesBetween: limits.minutesBetween ?? Number.NaN,
  };
}

export const finalRewardOf = (program: ProgramDefinition) =>
  program.rewards.find((reward) => reward.at === program.unit.size);

const limitOf = (value: number) => (Number.isNaN(value) ? null : value);

/** What would be published; it may still break rules. Its version is the draft's own. */
export function definitionOf(draft: ProgramDraft): ProgramDefinition {
  const { base } = draft;
  const final = finalRewardOf(base);
  const word = { one: cleanName(draft.wordOne), other: cleanName(draft.wordOther) };
  const [visit, ...otherRules] = base.earn;
  return {
    ...base,
    name: cleanName(draft.name),
    unit: { kind: 'stamps', size: draft.size, icon: draft.icon, ...(draft.hasOwnWord ? { word } : {}) },
    earn: [{ kind: 'visit', id: visit?.id ?? 'visit', units: draft.unitsPerVisit }, ...otherRules],
    headStart: draft.headStart,
    rewards: [
      ...draft.milestones.map(({ id, at, name }) => ({
        kind: 'free-item' as const,
        id,
        at,
        name: cleanName(name),
      })),
      { kind: 'free-item', id: final?.id ?? 'final', at: draft.size, name: cleanName(draft.finalReward) },
    ],
    limits: {
      perVisit: limitOf(draft.perVisit),
      perDay: limitOf(draft.perDay),
      minutesBetween: limitOf(draft.minutesBetween),
    },
  };
}

/** A fresh milestone in the middle of what is free, with an id no version of this program has used. */
export function addMilestone(draft: ProgramDraft, id: string): ProgramDraft {
  const size = Number.isNaN(draft.size) ? MAX_CARD_SIZE : draft.size;
  const taken = new Set([size, ...draft.milestones.map(({ at }) => at)]);
  const middle = Math.ceil(size / 2);
  const at =
    Array.from({ length: size }, (_, index) => index + 1)
      .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
      .find((place) => !taken.has(place)) ?? middle;
  const milestones = [...draft.milestones, { id, at, name: '' }].sort((a, b) => a.at - b.at);
  return { ...draft, milestones };
}

export type DraftField =
  | 'name'
  | 'size'
  | 'wordOne'
  | 'wordOther'
  | 'unitsPerVisit'
  | 'headStart'
  | 'finalReward'
  | 'perVisit'
  | 'perDay'
  | 'minutesBetween'
  | `milestone-name:${string}`
  | `milestone-at:${string}`
  | 'other';

export type DraftProblemCode =
  | 'name-missing'
  | 'size-range'
  | 'units-range'
  | 'head-start-range'
  | 'head-start-fills-card'
  | 'place-range'
  | 'place-beyond-card'
  | 'place-is-final'
  | 'place-taken'
  | 'visit-over-own-limit'
  | 'limit-range'
  | 'malformed';

/** The first problem of each field; empty when the draft may be published. */
export function findDraftProblems(draft: ProgramDraft): ReadonlyMap<DraftField, DraftProblemCode> {
  const problems = new Map<DraftField, DraftProblemCode>();
  const add = (field: DraftField, code: DraftProblemCode) => {
    if (!problems.has(field)) problems.set(field, code);
  };
  const definition = definitionOf(draft);
  for (const problem of findProgramProblems({ ...definition, version: definition.version + 1 })) {
    switch (problem.code) {
      case 'malformed':
        add(...placeMalformed(problem.field, draft));
        break;
      case 'two-final-rewards':
        for (const { id, at } of draft.milestones) {
          if (at === draft.size) add(`milestone-at:${id}`, 'place-is-final');
        }
        break;
      case 'reward-beyond-card':
        add(`milestone-at:${problem.reward}`, 'place-beyond-card');
        break;
      case 'two-rewards-at-one-place':
        for (const { id } of draft.milestones.filter(({ at }) => at === problem.at).slice(1)) {
          add(`milestone-at:${id}`, 'place-taken');
        }
        break;
      case 'head-start-fills-card':
        add('headStart', 'head-start-fills-card');
        break;
      case 'visit-over-own-limit':
        add('perVisit', 'visit-over-own-limit');
        break;
      case 'no-final-reward':
        add('finalReward', 'malformed');
        break;
    }
  }
  return problems;
}

/** The field a path of the definition belongs to. The final reward's place is the card's size. */
function placeMalformed(path: string, draft: ProgramDraft): [DraftField, DraftProblemCode] {
  const reward = /^rewards\.(\d+)\.(\w+)$/.exec(path);
  if (reward) {
    const milestone = draft.milestones[Number(reward[1])];
    if (!milestone) return reward[2] === 'at' ? ['size', 'size-range'] : ['finalReward', 'name-missing'];
    return reward[2] === 'at'
      ? [`milestone-at:${milestone.id}`, 'place-range']
      : [`milestone-name:${milestone.id}`, 'name-missing'];
  }
  switch (path) {
    case 'name':
      return ['name', 'name-missing'];
    case 'unit.size':
      return ['size', 'size-range'];
    case 'unit.word.one':
      return ['wordOne', 'name-missing'];
    case 'unit.word.other':
      return ['wordOther', 'name-missing'];
    case 'earn.0.units':
      return ['unitsPerVisit', 'units-range'];
    case 'headStart':
      return ['headStart', 'head-start-range'];
    case 'limits.perVisit':
      return ['perVisit', 'limit-range'];
    case 'limits.perDay':
      return ['perDay', 'limit-range'];
    case 'limits.minutesBetween':
      return ['minutesBetween', 'limit-range'];
    default:
      return ['other', 'malformed'];
  }
}
