import { tryParse } from '../lib/parse-anything.ts';
import { findCardProblems } from './card-problems.ts';
import { findEarnProblems } from './earn-problems.ts';
import { findMoneyProblems } from './money-problems.ts';
import { findNameProblems } from './name-problems.ts';
import type { Nonsense, ProgramPart, ProgramPlace } from './program-place.ts';
import { programSchema, type ProgramDefinition } from './program.ts';
import { findPromotionProblems } from './promotion-problems.ts';
import { findRewardProblems } from './reward-problems.ts';
import { findTierProblems } from './tier-problems.ts';

/**
 * What stops an owner from publishing a draft. A draft that can't be read is told field by field; one that can is held
 * against what no shop can mean: a reward nobody reaches, a price without a currency, a promotion that never runs.
 */

export const MALFORMED_REASONS = [
  'missing',
  'too-small',
  'too-large',
  'too-long',
  'too-many',
  'other',
] as const;
export type MalformedReason = (typeof MALFORMED_REASONS)[number];

export type ProgramProblem =
  | {
      readonly code: 'malformed';
      readonly place: ProgramPlace;
      /** Path in the definition, as in `rewards.2.name`. */
      readonly field: string;
      readonly why: MalformedReason;
      /** The number that would still do. */
      readonly bound?: number;
    }
  /** It holds a kind of rule that this app does not know. */
  | { readonly code: 'newer-app'; readonly place: ProgramPlace }
  | Nonsense;

/** No draft of ours: something in it is no value that any field could hold. */
const UNREADABLE: ProgramProblem = {
  code: 'malformed',
  place: { part: 'program' },
  field: '',
  why: 'other',
};

/** Empty when the draft may be published. Never throws, whatever the draft. */
export function findProgramProblems(draft: unknown): ProgramProblem[] {
  const parsed = tryParse(programSchema, draft);
  if (!parsed) return [UNREADABLE];
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => readIssue(issue, draft));
    const newer = problems.filter(({ code }) => code === 'newer-app');
    // What else looks wrong in it may be right for the app that made it.
    return newer.length > 0 ? newer : problems;
  }
  return findNonsense(parsed.data);
}

function findNonsense(program: ProgramDefinition): Nonsense[] {
  if (program.isWithdrawn) {
    // Withdrawing must always be possible, also for what an older app let through.
    return program.version > 1 ? [] : [{ code: 'withdrawn-at-first', place: { part: 'isWithdrawn' } }];
  }
  return [
    ...findNameProblems(program),
    ...findMoneyProblems(program),
    ...findEarnProblems(program),
    ...findCardProblems(program),
    ...findRewardProblems(program),
    ...findPromotionProblems(program),
    ...findTierProblems(program),
  ];
}

interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
}

/** Amounts: nothing or less is a price, just no possible one. */
const MONEY_FIELDS: ReadonlySet<string> = new Set(['amount', 'price', 'value', 'per', 'minimum']);

function readIssue(issue: Issue, draft: unknown): ProgramProblem {
  const path = issue.path.map(String);
  const place = placeOf(path, draft);
  const value = valueAt(draft, path);
  const last = path.at(-1) ?? '';
  if (issue.code === 'invalid_union' && last === 'kind' && typeof value === 'string' && value !== '') {
    return { code: 'newer-app', place };
  }
  if (MONEY_FIELDS.has(last) && typeof value === 'number' && value <= 0) {
    return { code: 'price-not-positive', place };
  }
  return { code: 'malformed', place, field: path.join('.'), ...reasonOf(issue, value) };
}

function reasonOf(
  { code, origin, minimum, maximum }: Issue,
  value: unknown,
): { readonly why: MalformedReason; readonly bound?: number } {
  if (value === undefined || value === null || Number.isNaN(value)) return { why: 'missing' };
  if (typeof value === 'string' && value.trim() === '') return { why: 'missing' };
  if (code === 'too_small') {
    return origin === 'number' ? { why: 'too-small', bound: Number(minimum) } : { why: 'missing' };
  }
  if (code !== 'too_big') return { why: 'other' };
  const why = origin === 'string' ? 'too-long' : origin === 'array' ? 'too-many' : 'too-large';
  return { why, bound: Number(maximum) };
}

function valueAt(draft: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    draft,
  );
}

/** The entry of a list is known by its id, an item by its name, a limit by its field. */
function placeOf(path: readonly string[], draft: unknown): ProgramPlace {
  const part = path[0] ?? 'program';
  if (!isPart(part)) return { part: 'program' };
  if (part === 'limits') return path[1] === undefined ? { part } : { part, id: path[1] };
  const entry = valueAt(draft, path.slice(0, part === 'tiers' ? 3 : 2));
  const id = valueAt(entry, [part === 'items' ? 'name' : 'id']);
  return typeof id === 'string' && path.length > 1 ? { part, id } : { part };
}

const isPart = (name: string): name is ProgramPart => Object.hasOwn(programSchema.shape, name);
