import type { Nonsense, NonsenseCode, ProgramPart } from './program-place.ts';
import { itemKey, type ProgramDefinition } from './program.ts';

interface Named {
  readonly part: ProgramPart;
  readonly id: string;
}

/** Words that a grant uses for what is no rule of the program. */
const RESERVED_IDS: ReadonlySet<string> = new Set(['joining', 'paper-card', 'opening', 'adjustment']);

/** An id or a button that means two things makes every count of it wrong. */
export function findNameProblems(program: ProgramDefinition): Nonsense[] {
  const listed = (part: 'earn' | 'rewards' | 'promotions' | 'offers' | 'badges'): Named[] =>
    (program[part] ?? []).map(({ id }) => ({ part, id }));
  const levels = (program.tiers?.levels ?? []).map(({ id }): Named => ({ part: 'tiers', id }));
  const actions = program.earn.filter(({ kind }) => kind === 'action').map(({ id }) => id);
  const items = (program.items ?? []).map(({ name }): Named => ({ part: 'items', id: name }));
  // A grant names an earn rule, a promotion or an offer by its id alone.
  const granting = [...listed('earn'), ...listed('promotions'), ...listed('offers')];
  return [
    ...findTwins(granting, 'duplicate-id'),
    // Rewards taken and actions done are counted side by side.
    ...findTwins(listed('rewards'), 'duplicate-id', actions),
    ...findTwins(levels, 'duplicate-id'),
    ...findTwins(listed('badges'), 'duplicate-id'),
    ...granting
      .filter(({ id }) => RESERVED_IDS.has(id) || id.startsWith('tier:'))
      .map((place): Nonsense => ({ code: 'reserved-id', place })),
    ...findTwins(items, 'item-named-twice', [], itemKey),
  ];
}

function findTwins(
  entries: readonly Named[],
  code: NonsenseCode,
  taken: readonly string[] = [],
  keyOf = (id: string) => id,
): Nonsense[] {
  const seen = new Set(taken);
  return entries.flatMap((place): Nonsense[] => {
    const key = keyOf(place.id);
    const isTwin = seen.has(key);
    seen.add(key);
    return isTwin ? [{ code, place }] : [];
  });
}
