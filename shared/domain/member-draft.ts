import type { KnownEvent } from '../ledger/event.ts';
import {
  emptyProgramState,
  type MemberException,
  type MemberState,
  type ProgramState,
} from './member-state.ts';

/** A member's state while the fold changes it. */

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };
type OwnList<Value> = Value extends readonly (infer Entry)[] ? Entry[] : Value;
type OwnLists<Value, Keys extends keyof Value> = Mutable<Omit<Value, Keys>> & {
  -readonly [Key in Keys]: OwnList<Value[Key]>;
};
export type ProgramDraft = OwnLists<ProgramState, 'cards' | 'lots' | 'years'>;
/**
 * Fields are set in place, lists are replaced. What changes with nearly every event (cards and lots, of which there may
 * be hundreds, and years) is the draft's own from the start and changed in place: a history of thousands of events must
 * not copy it each time.
 */
export type Draft = OwnLists<Omit<MemberState, 'programs'>, 'years'> & { programs: ProgramDraft[] };

export const thaw = (state: MemberState): Draft => ({
  ...state,
  years: [...state.years],
  programs: state.programs.map(thawProgram),
});

const thawProgram = (state: ProgramState): ProgramDraft => ({
  ...state,
  cards: [...state.cards],
  lots: [...state.lots],
  years: [...state.years],
});

export function programOf(draft: Draft, program: string): ProgramDraft {
  const known = draft.programs.find((candidate) => candidate.program === program);
  if (known) return known;
  const added = thawProgram(emptyProgramState(program));
  draft.programs = [...draft.programs, added].sort((a, b) => (a.program < b.program ? -1 : 1));
  return added;
}

export function addDonation(draft: Draft, charity: string, amount: number): void {
  const before = draft.donations.find((total) => total.charity === charity)?.amount ?? 0;
  draft.donations = [
    ...draft.donations.filter((total) => total.charity !== charity),
    { charity, amount: before + amount },
  ].sort((a, b) => (a.charity < b.charity ? -1 : 1));
}

export function addException(draft: Draft, event: KnownEvent, kind: MemberException['kind']): void {
  draft.exceptions = [...draft.exceptions, { event: event.id, kind }];
}
