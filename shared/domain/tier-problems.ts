import type { Nonsense, NonsenseCode } from './program-place.ts';
import type { ProgramDefinition, TierLevel } from './program.ts';
import { hasBaseEarning, mostUnits } from './units-to-earn.ts';

export function findTierProblems(program: ProgramDefinition): Nonsense[] {
  const levels = program.tiers?.levels ?? [];
  return levels.flatMap((level, index) =>
    codesOf(level, levels[index - 1], program).map((code) => ({
      code,
      place: { part: 'tiers', id: level.id },
    })),
  );
}

function codesOf(level: TierLevel, below: TierLevel | undefined, program: ProgramDefinition): NonsenseCode[] {
  const codes: NonsenseCode[] = [];
  if (below && level.from <= below.from) codes.push('levels-not-rising');
  if (below && level.percent < below.percent) codes.push('level-worth-less');
  if (!isInReach(level, program)) codes.push('level-out-of-reach');
  if (level.percent > 100 && !hasBaseEarning(program)) codes.push('nothing-to-multiply');
  return codes;
}

/** Spend and visits never end; units do where only joining or a few friends give them. */
export const isInReach = ({ from }: TierLevel, program: ProgramDefinition): boolean =>
  program.tiers?.by !== 'units' || mostUnits(program) >= from;
