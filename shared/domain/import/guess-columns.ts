import type { PlainDay } from '../../lib/brand.ts';
import { foldName } from '../person-name.ts';
import { parsePhoneNumber, type PhoneRegion } from '../phone-number.ts';
import { IGNORED, type ColumnKind, type ColumnRole } from './columns.ts';
import type { CsvRow } from './csv-reader.ts';
import { guessNamedColumns, guessUnnamedColumns } from './guess-program-columns.ts';
import { scoreWords } from './header-words.ts';
import type { ImportProgram } from './import-program.ts';
import { scoreOf, type Column } from './column-score.ts';
import { plainCell, plainNumber } from './plain-cell.ts';
import { readBalance } from './read-balance.ts';
import { readBirthday } from './read-birthday.ts';
import { readPoints } from './read-points.ts';

export interface ColumnGuess {
  readonly hasHeader: boolean;
  readonly columns: readonly ColumnRole[];
}

export interface GuessRequest {
  readonly rows: readonly CsvRow[];
  readonly region: PhoneRegion;
  readonly today: PlainDay;
  readonly programs: readonly ImportProgram[];
  /** Said by the user; guessed when absent. */
  readonly hasHeader?: boolean;
}

/** Which column is what: by the words of the header in several languages, then by what the cells look like. */
export function guessColumns(request: GuessRequest): ColumnGuess {
  const rows = request.rows.filter((row) => !row.fault && row.cells.some((cell) => plainCell(cell) !== ''));
  const [first] = rows;
  if (!first) return { hasHeader: request.hasHeader ?? true, columns: [] };
  const hasHeader = request.hasHeader ?? looksLikeHeader(first, rows.slice(1), request);
  const body = hasHeader ? rows.slice(1) : rows;
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const columns = Array.from({ length: width }, (_, index): Column => {
    const header = hasHeader ? foldName(plainCell(first.cells[index] ?? '')) : '';
    const cells = body.map((row) => plainCell(row.cells[index] ?? '')).filter((cell) => cell !== '');
    return { header, words: scoreWords(header), cells, shares: sharesOf(cells, request) };
  });
  return { hasHeader, columns: namesInOrder(assignRoles(columns, request.programs)) };
}

function looksLikeHeader(first: CsvRow, others: readonly CsvRow[], { region }: GuessRequest): boolean {
  const hasNumber = (row: CsvRow) =>
    row.cells.some((cell) => parsePhoneNumber(plainNumber(cell), region.country).ok);
  if (hasNumber(first)) return false;
  const words = first.cells.map((cell) => foldName(plainCell(cell)));
  if (words.some((word) => scoreWords(word).size > 0)) return true;
  return others.length === 0 || others.some(hasNumber);
}

function sharesOf(cells: readonly string[], { region, today }: GuessRequest): Column['shares'] {
  if (cells.length === 0) return {};
  const share = (test: (cell: string) => boolean) => cells.filter(test).length / cells.length;
  return {
    phone: share((cell) => parsePhoneNumber(plainNumber(cell), region.country).ok),
    birthday: share((cell) => /\D/.test(cell) && readBirthday(cell, region.country, today) !== undefined),
    balance: isCounting(cells)
      ? 0
      : share((cell) => cell.length <= 9 && (readBalance(cell).ok || readPoints(cell, '.').ok)),
    card: share((cell) => /^(?=.*\d)[A-Z0-9-]{6,40}$/i.test(cell)),
    name: share((cell) => /^[\p{L}\p{M}][\p{L}\p{M}\s.'’\-"]*$/u.test(cell)),
  };
}

/** 1, 2, 3 …: numbers of rows, not of stamps. */
function isCounting(cells: readonly string[]): boolean {
  const numbers = cells.map(Number);
  return numbers.length > 2 && numbers.every((value, index) => value === (numbers[0] ?? 0) + index);
}

/** Roles in the order in which they take their best column: a number can't be mistaken, a name can. */
const SURE = ['phone', 'birthday', 'first-name', 'last-name', 'card'] as const;
const UNSURE = ['note', 'name'] as const;

function assignRoles(columns: readonly Column[], programs: readonly ImportProgram[]): ColumnRole[] {
  const roles = columns.map((): ColumnRole => IGNORED);
  const giveBest = (kind: (typeof SURE | typeof UNSURE)[number]) => {
    const scores = columns.map((column, index) => (roles[index] === IGNORED ? scoreOf(kind, column) : 0));
    const best = scores.reduce((at, score, index) => (score > (scores[at] ?? 0) ? index : at), 0);
    if ((scores[best] ?? 0) > 0) roles[best] = { kind };
  };
  guessNamedColumns({ columns, programs, roles });
  for (const kind of SURE) giveBest(kind);
  guessUnnamedColumns({ columns, programs, roles });
  for (const kind of UNSURE) giveBest(kind);
  return roles;
}

/** "Nom, Prénom" or "Ad, Soyad": beside a column for the one half, the plain word means the other half. */
function namesInOrder(roles: readonly ColumnRole[]): ColumnRole[] {
  const has = (kind: ColumnKind) => roles.some((role) => role.kind === kind);
  const half = has('first-name') && !has('last-name') ? 'last-name' : 'first-name';
  const isHalved = has('first-name') !== has('last-name');
  return roles.map((role) => (role.kind === 'name' && isHalved ? { kind: half } : role));
}
