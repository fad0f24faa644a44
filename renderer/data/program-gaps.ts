import type { MemberState } from '#shared/domain/member-state.ts';
import { findProgram, makeProgramBook, type ProgramBook } from '#shared/domain/program.ts';
import type { EventDraft } from '#shared/ledger/event.ts';
import { answerOf } from './native.ts';
import type { ProgramRow } from './rows.ts';

/**
 * Another window may have published a version that this one has not read yet. Deciding without it would go by rules that
 * hold no more, and folding without it would give other rows than a rebuild: so every commit counts the versions first,
 * beside its other reads, and reads them anew when one is missing. Versions are only ever added.
 */

/** How many versions the transaction sees. */
export const countPrograms = (transaction: IDBTransaction): Promise<number> =>
  answerOf(transaction.objectStore('programs').count());

/** Does the book lack one of `count` published versions? */
export function isStale(book: ProgramBook, count: number): boolean {
  let known = 0;
  for (const versions of book.values()) known += versions.length;
  return known !== count;
}

/** The book as the transaction that folds sees it. */
export async function readProgramsIn(transaction: IDBTransaction): Promise<ProgramBook> {
  return makeProgramBook(await answerOf<ProgramRow[]>(transaction.objectStore('programs').getAll()));
}

export const hasUnplaced = (state: MemberState): boolean =>
  state.programs.some(({ unplaced }) => unplaced > 0);

/** Does an event speak of rules that this till does not hold? What it is worth changes when they come at last. */
export function namesMissingProgram(book: ProgramBook, data: EventDraft['data']): boolean {
  const isMissing = ({ program, version }: Named) => findProgram(book, program, version) === undefined;
  return (
    ('grants' in data && data.grants.some(isMissing)) ||
    // An action, a purchase, a redemption.
    ('version' in data && isMissing(data)) ||
    ('donations' in data && (data.donations?.some(isMissing) ?? false)) ||
    ('standings' in data && (data.standings?.some(({ program }) => !book.has(program)) ?? false))
  );
}

interface Named {
  readonly program: string;
  readonly version: number;
}
