import type { Nonsense } from './program-place.ts';
import {
  isStampProgram,
  MAX_STAMPS_PER_VISIT,
  type ProgramDefinition,
  type StampProgram,
} from './program.ts';
import { mostUnits } from './units-to-earn.ts';

/** A card of stamps: every place gives one thing, the last one gives something, and it can be filled. */
export function findCardProblems(program: ProgramDefinition): Nonsense[] {
  if (!isStampProgram(program)) return [];
  const { size } = program.unit;
  const problems: Nonsense[] = [];
  if (program.headStart >= size)
    problems.push({ code: 'head-start-fills-card', place: { part: 'headStart' } });
  else if (mostUnits(program) < size) problems.push({ code: 'card-never-fills', place: { part: 'unit' } });
  return [...problems, ...findPlaceProblems(program), ...findTooMuch(program)];
}

function findPlaceProblems({ unit: { size }, rewards }: StampProgram): Nonsense[] {
  const problems: Nonsense[] = [];
  if (!rewards.some(({ at }) => at === size)) {
    problems.push({ code: 'no-final-reward', place: { part: 'rewards' } });
  }
  const taken = new Set<number>();
  for (const { id, at, kind, birthday } of rewards) {
    const place = { part: 'rewards', id } as const;
    if (kind === 'chosen-points') problems.push({ code: 'chosen-points-on-card', place });
    if (at === 0) continue;
    if (at > size) problems.push({ code: 'reward-beyond-card', place });
    if (birthday) problems.push({ code: 'birthday-on-card-place', place });
    if (taken.has(at)) {
      problems.push({ code: at === size ? 'two-final-rewards' : 'two-rewards-at-one-place', place });
    }
    taken.add(at);
  }
  return problems;
}

/** The counter cuts a visit at this many stamps, so a rule above it would promise what is not given. */
function findTooMuch({ earn, promotions }: StampProgram): Nonsense[] {
  const isTooMuch = ({ units }: { readonly units: number }) => units > MAX_STAMPS_PER_VISIT;
  const visits = earn.filter(({ kind }) => kind === 'visit');
  const perVisit = visits.reduce((sum, { units }) => sum + units, 0);
  const rules = earn.filter((rule) =>
    rule.kind === 'visit' ? isTooMuch({ units: perVisit }) : isTooMuch(rule),
  );
  const bonuses = (promotions ?? []).filter((rule) => rule.kind !== 'multiplier' && isTooMuch(rule));
  return [
    ...rules.map(({ id }): Nonsense => ({ code: 'gives-too-much', place: { part: 'earn', id } })),
    ...bonuses.map(({ id }): Nonsense => ({ code: 'gives-too-much', place: { part: 'promotions', id } })),
  ];
}
