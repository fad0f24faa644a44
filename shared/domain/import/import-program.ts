import { foldName } from '../person-name.ts';
import { listCurrentPrograms, type ProgramBook, type ProgramDefinition } from '../program.ts';

/** What a file can bring into one program. Crosses between the page and the import's worker. */
export interface ImportProgram {
  readonly id: string;
  readonly name: string;
  readonly unit: 'stamps' | 'points';
  /** What the shop calls its stamps or points, where it has a word of its own. */
  readonly words: readonly string[];
  /** Lowest first; empty without tiers. */
  readonly levels: readonly { readonly id: string; readonly name: string }[];
  /** There is a paid pass, or a benefit for those who have one. */
  readonly hasPass: boolean;
  /** False where units are only sold, or not counted at all. */
  readonly isEarned: boolean;
}

export function importProgramOf(definition: ProgramDefinition): ImportProgram {
  const { id, name, unit, tiers, offers = [], rewards, earn, headStart } = definition;
  return {
    id,
    name,
    unit: unit.kind,
    words: unit.word ? [unit.word.one, unit.word.other] : [],
    levels: (tiers?.levels ?? []).map((level) => ({ id: level.id, name: level.name })),
    hasPass: offers.some(({ kind }) => kind === 'pass') || rewards.some(({ needsPass }) => needsPass),
    isEarned: earn.length > 0 || headStart > 0,
  };
}

/** Nothing is brought into a program that was withdrawn. */
export const listImportPrograms = (book: ProgramBook): ImportProgram[] =>
  listCurrentPrograms(book)
    .filter(({ isWithdrawn }) => !isWithdrawn)
    .map(importProgramOf);

/** The level that a cell names, whatever its case and accents. */
export function findLevel(program: ImportProgram | undefined, text: string): string | undefined {
  const name = foldName(text);
  return program?.levels.find((level) => foldName(level.name) === name)?.id;
}
