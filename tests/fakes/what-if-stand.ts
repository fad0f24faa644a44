import { createReplay } from '#shared/domain/what-if.ts';
import type { ReplayFact } from '#shared/domain/what-if-fact.ts';
import { whatIfPeriod } from '#shared/domain/what-if-period.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { PER_EURO, PLAIN_PROGRAM } from './program-parts.ts';

/** Two programs and facts of their members, to be played again. */

export const TODAY = '2026-03-31' as PlainDay;

export const card: ProgramDefinition = {
  ...PLAIN_PROGRAM,
  id: 'coffee',
  version: 3,
  name: 'Coffee card',
  unit: { kind: 'stamps', size: 5, icon: 'cup' },
  rewards: [{ kind: 'free-item', id: 'final', at: 5, name: 'Free coffee', value: 300 }],
};
export const points: ProgramDefinition = {
  ...card,
  id: 'points',
  unit: { kind: 'points', icon: 'star' },
  earn: [{ ...PER_EURO, id: 'euro' }],
  rewards: [{ kind: 'amount-off', id: 'off', at: 10, name: 'Five off', amount: 500 }],
};

export const wallOf = (day: string, time = '09:00') => Date.parse(`${day}T${time}:00Z`);

export function fact(day: string, change: Partial<ReplayFact> = {}): ReplayFact {
  return {
    kind: 'visit',
    wall: wallOf(day),
    day: day as PlainDay,
    tz: 'UTC',
    count: 1,
    sale: undefined,
    rule: null,
    passUntil: null,
    isReferred: false,
    ...change,
  };
}

export function replay(
  members: readonly (readonly ReplayFact[])[],
  request: { draft: ProgramDefinition; base?: ProgramDefinition; months?: number },
) {
  const { draft, base, months = 1 } = request;
  const period = whatIfPeriod(TODAY, months, base ? [draft, base] : [draft]);
  const game = createReplay({ draft, base, period });
  for (const facts of members) game.play(facts);
  return game.result();
}
