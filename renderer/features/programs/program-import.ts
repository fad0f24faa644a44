import { asNewProgram } from '#shared/domain/program-file.ts';
import type { ProgramBook, ProgramDefinition } from '#shared/domain/program.ts';
import { isSameDefinition } from './program-draft.ts';

/** What a program read from a file can become here. */
export interface ImportChoice {
  readonly kind: 'new' | 'version';
  /** What is published now; version 0 where there is nothing yet. */
  readonly base: ProgramDefinition;
  /** What would be published, its version that of `base`. */
  readonly wanted: ProgramDefinition;
}

export interface ImportPlan {
  /** The likely one first. */
  readonly choices: readonly ImportChoice[];
  /** The shop has exactly this program. */
  readonly isKnown: boolean;
}

/** The shop's own program of the same id takes the next version, unless it counts something else; any file can be new. */
export function planImport(request: {
  readonly program: ProgramDefinition;
  readonly book: ProgramBook;
  readonly newId: string;
}): ImportPlan {
  const { program, book, newId } = request;
  const added = { ...asNewProgram(program, newId), version: 0 };
  const asNew: ImportChoice = { kind: 'new', base: added, wanted: added };
  const current = book.get(program.id)?.at(-1);
  if (!current || current.unit.kind !== program.unit.kind) return { choices: [asNew], isKnown: false };
  const wanted = { ...asNewProgram(program, current.id), version: current.version };
  if (isSameDefinition(wanted, current)) return { choices: [asNew], isKnown: true };
  return { choices: [{ kind: 'version', base: current, wanted }, asNew], isKnown: false };
}
