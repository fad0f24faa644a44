import type { PlainDay } from '../../lib/brand.ts';
import { foldName } from '../person-name.ts';
import { parsePhoneNumber, type PhoneRegion } from '../phone-number.ts';
import type { CsvRow } from './csv-reader.ts';
import { HEADER_WORDS, type HeaderRole } from './header-words.ts';
import { readBalance } from './read-balance.ts';
import { readBirthday } from './read-birthday.ts';
import { plainCell, plainNumber } from './plain-cell.ts';

/** What a column of the file is. A balance names the program it belongs to. */
export type ColumnRole =
  | { readonly kind: 'ignored' }
  | { readonly kind: 'phone' | 'name' | 'first-name' | 'last-name' | 'card' | 'birthday' | 'note' }
  | { readonly kind: 'balance'; readonly program: string };
export type ColumnKind = ColumnRole['kind'];

export interface ColumnGuess {
  readonly hasHeader: boolean;
  readonly columns: readonly ColumnRole[];
}

const IGNORED: ColumnRole = { kind: 'ignored' };
/** A header's own word counts more than anything its cells look like. */
const EXACT_WORD = 3;
const PART_WORD = 2;
/** Cells of a column without a telling header must look like it in most rows. */
const MIN_SHARE = 0.6;

interface NamedProgram {
  readonly id: string;
  readonly name: string;
}

export interface GuessRequest {
  readonly rows: readonly CsvRow[];
  readonly region: PhoneRegion;
  readonly today: PlainDay;
  readonly programs: readonly NamedProgram[];
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
  const columns = Array.from({ length: width }, (_, index) => ({
    header: hasHeader ? foldName(plainCell(first.cells[index] ?? '')) : '',
    shares: sharesOf(
      body.map(({ cells }) => plainCell(cells[index] ?? '')),
      request,
    ),
  }));
  return { hasHeader, columns: namesInOrder(assignRoles(columns, request.programs)) };
}

type Role = HeaderRole;
type Shares = Readonly<Partial<Record<Role, number>>>;
interface Column {
  readonly header: string;
  readonly shares: Shares;
}

function looksLikeHeader(first: CsvRow, others: readonly CsvRow[], { region }: GuessRequest): boolean {
  const hasNumber = (row: CsvRow) =>
    row.cells.some((cell) => parsePhoneNumber(plainNumber(cell), region.country).ok);
  if (hasNumber(first)) return false;
  const words = first.cells.map((cell) => foldName(plainCell(cell)));
  if (words.some((word) => wordScores(word).size > 0)) return true;
  return others.length === 0 || others.some(hasNumber);
}

/** Roles a header's words speak for. */
function wordScores(header: string): Map<Role, number> {
  const scores = new Map<Role, number>();
  if (header === '') return scores;
  const padded = ` ${header.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
  for (const [role, words] of Object.entries(HEADER_WORDS) as [Role, readonly string[]][]) {
    for (const word of words) {
      const score = padded === ` ${word} ` ? EXACT_WORD : padded.includes(` ${word} `) ? PART_WORD : 0;
      // "card number" is a card though "number" alone is a phone: the longer word knows better.
      const weighted = score === 0 ? 0 : score + word.length / 100;
      if (weighted > (scores.get(role) ?? 0)) scores.set(role, weighted);
    }
  }
  return scores;
}

function sharesOf(cells: readonly string[], request: GuessRequest): Shares {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length === 0) return {};
  const share = (test: (cell: string) => boolean) => filled.filter(test).length / filled.length;
  const { region, today } = request;
  return {
    phone: share((cell) => parsePhoneNumber(plainNumber(cell), region.country).ok),
    birthday: share((cell) => /\D/.test(cell) && readBirthday(cell, region.country, today) !== undefined),
    balance: isCounting(filled) ? 0 : share((cell) => cell.length <= 9 && readBalance(cell).ok),
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
const ORDER: readonly Role[] = [
  'phone',
  'birthday',
  'first-name',
  'last-name',
  'card',
  'balance',
  'note',
  'name',
];

function assignRoles(columns: readonly Column[], programs: readonly NamedProgram[]): ColumnRole[] {
  const roles = columns.map((): ColumnRole => IGNORED);
  const words = columns.map(({ header }) => wordScores(header));
  const isFree = (index: number) => roles[index] === IGNORED;
  for (const program of programs) {
    const name = foldName(program.name);
    const index = columns.findIndex(({ header }, at) => isFree(at) && name !== '' && header.includes(name));
    if (index !== -1) roles[index] = { kind: 'balance', program: program.id };
  }
  for (const role of ORDER) {
    const scores = columns.map((column, index) =>
      isFree(index) ? scoreOf(role, column, words[index] ?? new Map()) : 0,
    );
    const best = scores.reduce((at, score, index) => (score > (scores[at] ?? 0) ? index : at), 0);
    if ((scores[best] ?? 0) <= 0) continue;
    if (role !== 'balance') roles[best] = { kind: role };
    else {
      const program = programs.find(({ id }) => !roles.some((known) => isBalanceOf(known, id)));
      if (program) roles[best] = { kind: 'balance', program: program.id };
    }
  }
  return roles;
}

const isBalanceOf = (role: ColumnRole, program: string) =>
  role.kind === 'balance' && role.program === program;

/** 0: not this role. A header that speaks for another role more loudly keeps this one away. */
function scoreOf(role: Role, { header, shares }: Column, words: ReadonlyMap<Role, number>): number {
  const word = words.get(role) ?? 0;
  const loudest = Math.max(0, ...words.values());
  const share = shares[role] ?? 0;
  if (word > 0) return word < loudest ? 0 : word + share;
  if (loudest > 0) return 0;
  // Under a header that we can't read, a number per row may be anything: an id taken for stamps would be given away.
  if (header !== '' && (role === 'balance' || role === 'card')) return 0;
  // First and last names and notes look like any other text: only a header tells them.
  return share >= MIN_SHARE ? share : 0;
}

/** "Nom, Prénom" or "Ad, Soyad": beside a column for the one half, the plain word means the other half. */
function namesInOrder(roles: readonly ColumnRole[]): ColumnRole[] {
  const has = (kind: ColumnKind) => roles.some((role) => role.kind === kind);
  const half = has('first-name') && !has('last-name') ? 'last-name' : 'first-name';
  const isHalved = has('first-name') !== has('last-name');
  return roles.map((role) => (role.kind === 'name' && isHalved ? { kind: half } : role));
}

/** Everything that stops an import under this mapping. */
export type MappingProblem = 'no-identity' | 'twice';

/** A member is found by a number or a card code, and no column may be read twice. */
export function findMappingProblem(columns: readonly ColumnRole[]): MappingProblem | undefined {
  const keys = columns
    .filter(({ kind }) => kind !== 'ignored')
    .map((role) => (role.kind === 'balance' ? `balance ${role.program}` : role.kind));
  if (!keys.includes('phone') && !keys.includes('card')) return 'no-identity';
  return new Set(keys).size < keys.length ? 'twice' : undefined;
}
