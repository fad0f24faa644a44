import type { MemberState } from '#shared/domain/member-state.ts';
import { findProgram, makeProgramBook, type ProgramBook } from '#shared/domain/program.ts';
import type { EventDraft } from '#shared/ledger/event.ts';
import { answerOf } from './native.ts';
import type { MetaRow, ProgramRow } from './rows.ts';

/**
 * Another window may have published a version that this one has not read yet. Deciding without it would go by rules that
 * hold no more, and folding without it would give other rows than a rebuild: so every commit looks at the versions first,
 * beside its other reads, and reads them anew when one is missing. Windows only ever add versions; when sync puts another
 * till's definition in the place of ours, it raises a number beside them.
 */

const REVISION_KEY = 'programsRevision';

/** What tells one set of definitions from another. */
export interface ProgramsStamp {
  readonly count: number;
  readonly revision: number;
}

/** Of which revision a book is. */
const revisions = new WeakMap<ProgramBook, number>();

/** As the transaction sees it; it must span `programs` and `meta`. */
export async function readProgramsStamp(transaction: IDBTransaction): Promise<ProgramsStamp> {
  const [count, revision] = await Promise.all([
    answerOf(transaction.objectStore('programs').count()),
    readRevision(transaction),
  ]);
  return { count, revision };
}

async function readRevision(transaction: IDBTransaction): Promise<number> {
  const request = transaction.objectStore('meta').get(REVISION_KEY);
  const row = await answerOf(request as IDBRequest<MetaRow | undefined>);
  return typeof row?.value === 'number' ? row.value : 0;
}

/** A definition is another one now, or gone; or a past has begun to come (coming-past.ts). */
export async function raiseProgramsRevision(transaction: IDBTransaction): Promise<void> {
  const value = (await readRevision(transaction)) + 1;
  transaction.objectStore('meta').put({ key: REVISION_KEY, value } satisfies MetaRow);
}

/** Are the published versions others than those of the book? */
export function isStale(book: ProgramBook, { count, revision }: ProgramsStamp): boolean {
  let known = 0;
  for (const versions of book.values()) known += versions.length;
  return known !== count || (revisions.get(book) ?? 0) !== revision;
}

/** The book as the transaction that folds sees it. */
export async function readProgramsIn(transaction: IDBTransaction): Promise<ProgramBook> {
  const [rows, revision] = await Promise.all([
    answerOf<ProgramRow[]>(transaction.objectStore('programs').getAll()),
    readRevision(transaction),
  ]);
  const book = makeProgramBook(rows);
  revisions.set(book, revision);
  return book;
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
