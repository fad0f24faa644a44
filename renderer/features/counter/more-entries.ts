import { isStampProgram, type Offer, type ProgramDefinition } from '#shared/domain/program.ts';
import { listOpen } from './visit-plan.ts';

/** What `/` offers besides visits and rewards. */
export type MoreEntry =
  | { readonly kind: 'paper' }
  | { readonly kind: 'offer'; readonly program: ProgramDefinition; readonly offer: Offer }
  | {
      readonly kind: 'action';
      readonly program: ProgramDefinition;
      readonly action: { readonly id: string; readonly name: string; readonly units: number };
    };

export function listMoreEntries(programs: readonly ProgramDefinition[]): MoreEntry[] {
  const open = listOpen(programs);
  return [
    ...(listPaperPrograms(programs).length > 0 ? [{ kind: 'paper' } as const] : []),
    ...open.flatMap((program) =>
      program.earn.flatMap((rule): MoreEntry[] =>
        rule.kind === 'action' ? [{ kind: 'action', program, action: rule }] : [],
      ),
    ),
    ...open.flatMap((program) =>
      (program.offers ?? []).map((offer): MoreEntry => ({ kind: 'offer', program, offer })),
    ),
  ];
}

/** Programs whose units somebody can bring along on paper: a pass or perks alone count nothing. */
export const listPaperPrograms = (programs: readonly ProgramDefinition[]): readonly ProgramDefinition[] =>
  listOpen(programs).filter(
    (program) => isStampProgram(program) || program.earn.length > 0 || program.headStart > 0,
  );

export function moreKey(entry: MoreEntry): string {
  switch (entry.kind) {
    case 'paper':
      return 'paper';
    case 'offer':
      return `offer ${entry.program.id} ${entry.offer.id}`;
    case 'action':
      return `action ${entry.program.id} ${entry.action.id}`;
  }
}
