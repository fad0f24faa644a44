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
  const isMissing = ({ program, version }: Named) =>
    version === undefined ? !book.has(program) : findProgram(book, program, version) === undefined;
  return (
    (state !== undefined && hasUnplaced(state)) ||
    (state?.programs.some(({ program, cards }) =>
      cards.some(({ version }) => isMissing({ program, version })),
    ) ??
      false) ||
    namedIn(data).some(isMissing) ||
    (history?.some((event) => namedIn(readEvent(event)?.data).some(isMissing)) ?? false)
  );
}

interface Named {
  readonly program: string;
  /** Undefined where any version will do. */
  readonly version?: number;
}

/** Everything of an event that speaks of a program. */
function namedIn(data: EventDraft['data'] | undefined): readonly Named[] {
  if (!data) return NONE;
  const grants: readonly Named[] = 'grants' in data ? data.grants : NONE;
  const isPlain = !('version' in data) && !('donations' in data) && !('standings' in data);
  if (isPlain) return grants;
  return [
    ...grants,
    // An action, a purchase, a redemption.
    ...('version' in data ? [{ program: data.program, version: data.version }] : NONE),
    ...('donations' in data ? (data.donations ?? NONE) : NONE),
    ...('standings' in data ? (data.standings ?? []).map(({ program }) => ({ program })) : NONE),
  ];
}

const NONE: readonly Named[] = [];

export const hasUnplaced = (state: MemberState): boolean =>
  state.programs.some(({ unplaced }) => unplaced > 0);

/** The book as the transaction that folds sees it. */
export async function readProgramsIn(transaction: IDBTransaction): Promise<ProgramBook> {
  return makeProgramBook(await answerOf<ProgramRow[]>(transaction.objectStore('programs').getAll()));
}
