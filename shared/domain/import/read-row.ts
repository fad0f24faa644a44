import type { Standing } from '../../ledger/event.ts';
import type { PhoneNumber, PlainDay } from '../../lib/brand.ts';
import { endOfYear, yearOf } from '../../lib/plain-day.ts';
import { parseCardCode } from '../card-code.ts';
import { cleanName } from '../person-name.ts';
import { parsePhoneNumber, type PhoneProblem, type PhoneRegion } from '../phone-number.ts';
import { MAX_NOTE_LENGTH, type ProfileContent } from '../profile.ts';
import { isProgramRole, type ColumnRole, type ProgramRole } from './columns.ts';
import type { CsvRow, RowFault } from './csv-reader.ts';
import { findLevel, type ImportProgram } from './import-program.ts';
import { isNothing, isRoundedNumber, plainCell, plainNumber } from './plain-cell.ts';
import { readBalance, type BalanceProblem } from './read-balance.ts';
import { readBirthday } from './read-birthday.ts';
import { readPassUntil, type PassProblem } from './read-pass.ts';
import { readPoints, type DecimalMark } from './read-points.ts';

/** Why a row is not imported. One per row: the first that was found. */
export type RowProblemCode =
  | `phone-${Exclude<PhoneProblem, 'empty'>}`
  | 'phone-rounded'
  | 'nobody'
  | `balance-${Exclude<BalanceProblem, 'ambiguous'>}`
  | `points-${BalanceProblem}`
  | 'tier-unknown'
  | `pass-${PassProblem}`
  | 'card'
  | 'extra-cells'
  | RowFault;

export interface RowProblem {
  readonly code: RowProblemCode;
  /** The cell's text, cut: enough to find it in the file. */
  readonly text: string;
  /** What the cell could have said: the names of the levels. */
  readonly choices?: readonly string[];
}

/** Something of a row that could not be taken over; the row itself is. */
export type RowNotice = 'birthday' | 'note-cut' | 'name-cut';

export interface ImportMember {
  /** Has a number, a card code, or both. */
  readonly profile: ProfileContent;
  /** Above 0 only. */
  readonly balances: readonly { readonly program: string; readonly units: number }[];
  /** Levels and passes; at most one of each per program. */
  readonly standings: readonly Standing[];
  readonly notices: readonly RowNotice[];
}

type RowProblemReading = { readonly kind: 'problem'; readonly problem: RowProblem };
export type RowReading =
  { readonly kind: 'blank' } | RowProblemReading | { readonly kind: 'member'; readonly member: ImportMember };

export interface RowRules {
  readonly columns: readonly ColumnRole[];
  readonly region: PhoneRegion;
  readonly today: PlainDay;
  readonly programs: readonly ImportProgram[];
  /** Of the shop's country. */
  readonly decimalMark: DecimalMark;
}

const MAX_SHOWN_CHARACTERS = 40;

const problem = (code: RowProblemCode, text = '', choices?: readonly string[]): RowProblemReading => ({
  kind: 'problem',
  problem: {
    code,
    text: Array.from(text.slice(0, 4 * MAX_SHOWN_CHARACTERS))
      .slice(0, MAX_SHOWN_CHARACTERS)
      .join(''),
    ...(choices ? { choices } : {}),
  },
});

/** One row as a member to be, whole or not at all. Never throws, whatever the cells hold. */
export function readRow(row: CsvRow, rules: RowRules): RowReading {
  if (row.fault) return problem(row.fault);
  const cells = row.cells.map(plainCell);
  if (cells.every((cell) => cell === '')) return { kind: 'blank' };
  const extra = cells.slice(rules.columns.length).find((cell) => cell !== '');
  // A separator inside a name moves every cell behind it: such a row would give one person another one's stamps.
  if (extra !== undefined) return problem('extra-cells', extra);

  const textOf = (kind: ColumnRole['kind']) => {
    const index = rules.columns.findIndex((role) => role.kind === kind);
    return index === -1 ? '' : (cells[index] ?? '');
  };
  const phone = readPhone(textOf('phone'), rules.region);
  if (typeof phone === 'object' && phone !== null) return problem(phone.code, textOf('phone'));
  const cardText = textOf('card');
  const card = cardText === '' ? null : parseCardCode(cardText);
  if (card === undefined) return problem('card', cardText);
  if (phone === null && card === null) return problem('nobody', cells.find((cell) => cell !== '') ?? '');

  const brought = readBrought(cells, rules);
  if ('problem' in brought) return brought;
  return { kind: 'member', member: { ...brought, ...readPerson({ phone, card, textOf, rules }) } };
}

type Brought = Pick<ImportMember, 'balances' | 'standings'>;

/** A level brought along is kept like one that is reached today: to the end of the next year. */
const lastYearOfBroughtTier = (today: PlainDay): number => yearOf(today) + 1;

export const lastDayOfBroughtTier = (today: PlainDay): PlainDay => endOfYear(lastYearOfBroughtTier(today));

/** Everything a row brings into the programs, or the first thing of it that can't be read. */
function readBrought(cells: readonly string[], rules: RowRules): Brought | RowProblemReading {
  const balances: ImportMember['balances'][number][] = [];
  const standings = new Map<string, Standing>();
  for (const [index, role] of rules.columns.entries()) {
    if (!isProgramRole(role)) continue;
    const read = readProgramCell(role, cells[index] ?? '', rules);
    if ('problem' in read) return read;
    const { program } = role;
    if ('units' in read) {
      if (read.units > 0) balances.push({ program, units: read.units });
    } else if (Object.keys(read).length > 0) {
      standings.set(program, { program, ...standings.get(program), ...read });
    }
  }
  return { balances, standings: [...standings.values()] };
}

function readProgramCell(
  { kind, program: id }: ProgramRole,
  text: string,
  rules: RowRules,
): { readonly units: number } | Omit<Standing, 'program'> | RowProblemReading {
  const program = rules.programs.find((candidate) => candidate.id === id);
  switch (kind) {
    case 'balance': {
      if (program?.unit === 'points') {
        const points = readPoints(text, rules.decimalMark);
        return points.ok ? { units: points.value } : problem(`points-${points.error}`, text);
      }
      const stamps = readBalance(text);
      return stamps.ok ? { units: stamps.value } : problem(`balance-${stamps.error}`, text);
    }
    case 'tier': {
      const level = findLevel(program, text);
      if (level !== undefined) return { tier: { level, until: lastYearOfBroughtTier(rules.today) } };
      const names = program?.levels.map(({ name }) => name) ?? [];
      return isNothing(text) ? {} : problem('tier-unknown', text, names);
    }
    case 'pass': {
      const until = readPassUntil(text, rules.region.country, rules.today);
      if (!until.ok) return problem(`pass-${until.error}`, text);
      return until.value === null ? {} : { passUntil: until.value };
    }
  }
}

function readPhone(
  cell: string,
  region: PhoneRegion,
): PhoneNumber | null | { readonly code: RowProblemCode } {
  const text = plainNumber(cell);
  if (text === '') return null;
  if (isRoundedNumber(text)) return { code: 'phone-rounded' };
  const parsed = parsePhoneNumber(text, region.country);
  if (parsed.ok) return parsed.value;
  return parsed.error === 'empty' ? null : { code: `phone-${parsed.error}` };
}

function readPerson(request: {
  readonly phone: PhoneNumber | null;
  readonly card: string | null;
  readonly textOf: (kind: ColumnRole['kind']) => string;
  readonly rules: RowRules;
}): Pick<ImportMember, 'profile' | 'notices'> {
  const { phone, card, textOf, rules } = request;
  const notices: RowNotice[] = [];
  const written = [textOf('name'), textOf('first-name'), textOf('last-name')]
    .filter((part) => part !== '')
    .join(' ');
  const name = cleanName(written);
  if (name.length < written.replace(/\s+/gu, ' ').length && [...name].length >= 80) notices.push('name-cut');
  const birthdayText = textOf('birthday');
  const birthday = birthdayText === '' ? null : readBirthday(birthdayText, rules.region.country, rules.today);
  if (birthday === undefined) notices.push('birthday');
  const noteText = textOf('note');
  if (noteText.length > MAX_NOTE_LENGTH) notices.push('note-cut');
  const note = noteText.slice(0, MAX_NOTE_LENGTH).toWellFormed();
  return { profile: { name, phone, card, birthday: birthday ?? null, note }, notices };
}
