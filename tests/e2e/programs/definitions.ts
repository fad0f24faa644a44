import type { ProgramDefinition } from '#shared/domain/program.ts';
import { PER_EURO, PLAIN_PROGRAM } from '../../fakes/program-parts.ts';

/** A program of the kind that a row of the table in docs/programs.md is about, and nothing more. */
export function stamps(changes: Partial<ProgramDefinition> = {}): ProgramDefinition {
  return {
    ...base,
    unit: { kind: 'stamps', size: 5, icon: 'star' },
    rewards: [{ kind: 'free-item', id: 'final', at: 5, name: 'Free tea', value: 300 }],
    ...changes,
  };
}

export function points(changes: Partial<ProgramDefinition> = {}): ProgramDefinition {
  return {
    ...base,
    unit: { kind: 'points', icon: 'heart' },
    earn: [PER_EURO],
    rewards: [{ kind: 'free-item', id: 'cake', at: 50, name: 'Cake', value: 400 }],
    ...changes,
  };
}

const base: ProgramDefinition = {
  ...PLAIN_PROGRAM,
  id: 'under-test',
  name: 'Under test',
  unit: { kind: 'points', icon: 'heart' },
};

/** Fifty points for joining and coming. */
export const FIFTY = { earn: [], headStart: 50 };

export const loaf = { name: 'Loaf', category: 'Bread', price: 350 };
