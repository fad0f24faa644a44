import type { MemberState } from '#shared/domain/member-state.ts';
import { findProgram, makeProgramBook, type ProgramBook } from '#shared/domain/program.ts';
import { readEvent, type EventDraft } from '#shared/ledger/event.ts';
import { answerOf } from './native.ts';
import type { EventRow, ProgramRow } from './rows.ts';

/**
 * Another window may have published a version that this one has not read yet. Folding without it would leave stamps
 * unplaced that a rebuild places, so a commit looks before it folds, and reads the programs anew if one is missing.
 */

/** Does `book` lack a version that a member's cards or events name? */
export function hasProgramGap(
  book: ProgramBook,
  {
    state,
    history,
    data,
  }: {
    readonly state?: MemberState;
    readonly history?: readonly EventRow[];
    readonly data?: EventDraft['data'];
  },
): boolean {
  const isMissing = (named: { readonly program: string; readonly version: number }) =>
    findProgram(book, named.program, named.version) === undefined;
  const grantsIn = (content: EventDraft['data'] | undefined) =>
    content && 'grants' in content ? content.grants : [];
  return (
    (state !== undefined && hasUnplaced(state)) ||
    (state?.programs.some(({ program, cards }) =>
      cards.some(({ version }) => isMissing({ program, version })),
    ) ??
      false) ||
    grantsIn(data).some(isMissing) ||
    (history?.some((event) => grantsIn(readEvent(event)?.data).some(isMissing)) ?? false)
  );
}

export const hasUnplaced = (state: MemberState): boolean =>
  state.programs.some(({ unplaced }) => unplaced > 0);

/** The book as the transaction that folds sees it. */
export async function readProgramsIn(transaction: IDBTransaction): Promise<ProgramBook> {
  return makeProgramBook(await answerOf<ProgramRow[]>(transaction.objectStore('programs').getAll()));
}
