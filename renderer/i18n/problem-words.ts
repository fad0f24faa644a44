import type { ProgramPart, ProgramPlace } from '#shared/domain/program-place.ts';
import type { ProgramProblem } from '#shared/domain/program-problems.ts';
import { MAX_STAMPS_PER_VISIT, type ProgramDefinition } from '#shared/domain/program.ts';
import { earnName } from './rule-names.ts';
import type { WordKit } from './word-kit.ts';

/** What is wrong with a draft, and mostly what to do about it. */
export function problemText(
  kit: WordKit,
  problem: ProgramProblem,
  definition: ProgramDefinition | undefined,
): string {
  const { t, format } = kit;
  if (problem.code !== 'malformed') {
    const name = kit.quote(definition ? nameAt(kit, problem.place, definition) : '');
    return t(`problem.${problem.code}`, { name, max: format.number(MAX_STAMPS_PER_VISIT) });
  }
  const { why, bound } = problem;
  if (bound === undefined) return t(`malformed.${why === 'missing' ? why : 'other'}`);
  const shown = isMoney(problem.field, definition)
    ? kit.money(bound, definition?.currency)
    : format.number(bound);
  return t(`malformed.${why}`, { bound: shown });
}

const MONEY_FIELDS = new Set(['amount', 'price', 'value', 'per', 'minimum']);

function isMoney(field: string, definition: ProgramDefinition | undefined): boolean {
  const last = field.split('.').at(-1) ?? '';
  if (definition?.currency === undefined) return false;
  return MONEY_FIELDS.has(last) || (last === 'from' && definition.tiers?.by === 'spend');
}

/** What the shop calls the thing at a place. */
function nameAt({ t }: WordKit, { part, id }: ProgramPlace, definition: ProgramDefinition): string {
  if (part === 'items') return id ?? '';
  if (part === 'earn') {
    const rule = definition.earn.find((candidate) => candidate.id === id);
    return rule ? earnName(t, rule) : '';
  }
  const named: Partial<Record<ProgramPart, readonly { readonly id: string; readonly name: string }[]>> = {
    rewards: definition.rewards,
    promotions: definition.promotions ?? [],
    offers: definition.offers ?? [],
    badges: definition.badges ?? [],
    tiers: definition.tiers?.levels ?? [],
  };
  return named[part]?.find((candidate) => candidate.id === id)?.name ?? '';
}
