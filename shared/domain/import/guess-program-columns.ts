import { foldName } from '../person-name.ts';
import { MIN_SHARE, scoreOf, type Column } from './column-score.ts';
import { idOfRole, IGNORED, PROGRAM_COLUMNS, type ColumnRole, type ProgramColumn } from './columns.ts';
import { plainWords, scoreWords, unitInHeader } from './header-words.ts';
import { findLevel, type ImportProgram } from './import-program.ts';

/**
 * Columns of balances, levels and passes, and whose they are. A column that names a program is that program's; any other
 * one goes to the first program it fits. A balance in doubt is nobody's: points taken for stamps would be given away.
 */
export interface ProgramGuess {
  readonly columns: readonly Column[];
  readonly programs: readonly ImportProgram[];
  /** What is known so far; the finds are put in. */
  readonly roles: ColumnRole[];
}

const isFree = ({ roles }: ProgramGuess, kind: ProgramColumn, { id: program }: ImportProgram): boolean =>
  !roles.some((role) => idOfRole(role) === idOfRole({ kind, program }));

/** Columns whose header names a program, or calls its units by the shop's own word. */
export function guessNamedColumns(guess: ProgramGuess): void {
  for (const [index, column] of guess.columns.entries()) {
    for (const { program, rest } of programsIn(column.header, guess.programs)) {
      const kind = kindOf(rest, column, program);
      if (!kind || !isFree(guess, kind, program)) continue;
      guess.roles[index] = { kind, program: program.id };
      break;
    }
  }
}

/** The longest name first. `rest`: the header without it. */
function programsIn(header: string, programs: readonly ImportProgram[]) {
  const padded = ` ${plainWords(header)} `;
  return programs
    .flatMap((program) =>
      [program.name, ...program.words].map((name) => ({ program, word: ` ${plainWords(foldName(name))} ` })),
    )
    .filter(({ word }) => word.trim() !== '' && padded.includes(word))
    .sort((a, b) => b.word.length - a.word.length)
    .map(({ program, word }) => ({ program, rest: padded.replace(word, ' ').trim() }));
}

/** What a column is that names `program`; undefined when its other words, or its cells, speak of something else. */
function kindOf(rest: string, column: Column, program: ImportProgram): ProgramColumn | undefined {
  const [loudest] = [...scoreWords(rest)].sort(([, a], [, b]) => b - a);
  const said = PROGRAM_COLUMNS.find((kind) => kind === loudest?.[0]);
  if (loudest) return said && canHave(said, program) ? said : undefined;
  if (shareOfLevels(column, program) >= MIN_SHARE) return 'tier';
  return column.cells.length === 0 || (column.shares.balance ?? 0) > 0 ? 'balance' : undefined;
}

const canHave = (kind: ProgramColumn, { levels, hasPass }: ImportProgram): boolean =>
  kind === 'balance' || (kind === 'tier' ? levels.length > 0 : hasPass);

function shareOfLevels({ cells }: Column, program: ImportProgram): number {
  if (cells.length === 0 || program.levels.length === 0) return 0;
  return cells.filter((cell) => findLevel(program, cell) !== undefined).length / cells.length;
}

/** Columns left over whose header speaks of a balance, a level or a pass, or whose cells can't be anything else. */
export function guessUnnamedColumns(guess: ProgramGuess): void {
  const { columns, roles } = guess;
  const open = () => [...columns.entries()].filter(([index]) => roles[index] === IGNORED);
  const saidToBe = (kind: ProgramColumn) =>
    open().filter(([, column]) => column.words.has(kind) && scoreOf(kind, column) > 0);
  const give = (index: number, kind: ProgramColumn, program: ImportProgram | undefined) => {
    if (program) roles[index] = { kind, program: program.id };
  };
  const free = (kind: ProgramColumn) =>
    guess.programs.filter((program) => canHave(kind, program) && isFree(guess, kind, program));

  for (const [index, column] of open()) {
    const isOther = column.words.size > 0 && !column.words.has('tier');
    const best = bestByLevels(column, free('tier'));
    if (!isOther && best && shareOfLevels(column, best) >= MIN_SHARE) give(index, 'tier', best);
  }
  for (const [index, column] of saidToBe('tier')) give(index, 'tier', bestByLevels(column, free('tier')));
  for (const [index] of saidToBe('pass')) give(index, 'pass', free('pass')[0]);

  const balances = saidToBe('balance');
  const isOnly = balances.length === 1 && !roles.some(({ kind }) => kind === 'balance');
  for (const [index, { header }] of balances) {
    const unit = unitInHeader(header);
    const fitting = bestByUnit(unit, free('balance'));
    give(index, 'balance', fitting ?? (isOnly ? free('balance')[0] : undefined));
  }
  if (roles.some(({ kind }) => kind === 'balance')) return;
  const scored = open().map(([index, column]) => ({ index, score: scoreOf('balance', column) }));
  const [likeliest] = scored.toSorted((a, b) => b.score - a.score);
  if (likeliest && likeliest.score > 0) give(likeliest.index, 'balance', free('balance')[0]);
}

/** What is only sold, or called by another word, is hardly meant by "points". */
function bestByUnit(
  unit: ImportProgram['unit'] | undefined,
  programs: readonly ImportProgram[],
): ImportProgram | undefined {
  const fitting = programs.filter((program) => unit === undefined || program.unit === unit);
  const earned = fitting.filter(({ isEarned }) => isEarned);
  const likely = earned.length > 0 ? earned : fitting;
  return likely.find(({ words }) => words.length === 0) ?? likely[0];
}

/** Two programs may both have a Gold: the one that knows most of the cells. */
const bestByLevels = (column: Column, programs: readonly ImportProgram[]): ImportProgram | undefined =>
  programs.toSorted((a, b) => shareOfLevels(column, b) - shareOfLevels(column, a))[0];
