import type { PhoneNumber, PlainDay } from '../../lib/brand.ts';
import { parseCardCode } from '../card-code.ts';
import { cleanName } from '../person-name.ts';
import { parsePhoneNumber, type PhoneProblem, type PhoneRegion } from '../phone-number.ts';
import { MAX_NOTE_LENGTH, type ProfileContent } from '../profile.ts';
import type { ColumnRole } from './columns.ts';
import type { CsvRow, RowFault } from './csv-reader.ts';
import { isRoundedNumber, plainCell, plainNumber } from './plain-cell.ts';
import { readBalance, type BalanceProblem } from './read-balance.ts';
import { readBirthday } from './read-birthday.ts';

/** Why a row is not imported. One per row: the first that was found. */
export type RowProblemCode =
  | `phone-${Exclude<PhoneProblem, 'empty'>}`
  | 'phone-rounded'
  | 'nobody'
  | `balance-${BalanceProblem}`
  | 'card'
  | 'extra-cells'
  | RowFault;

export interface RowProblem {
  readonly code: RowProblemCode;
  /** The cell's text, cut: enough to find it in the file. */
  readonly text: string;
}

/** Something of a row that could not be taken over; the row itself is. */
export type RowNotice = 'birthday' | 'note-cut' | 'name-cut';

export interface ImportMember {
  /** Has a number, a card code, or both. */
  readonly profile: ProfileContent;
  /** Above 0 only. */
  readonly balances: readonly { readonly program: string; readonly units: number }[];
  readonly notices: readonly RowNotice[];
}

export type RowReading =
  | { readonly kind: 'blank' }
  | { readonly kind: 'problem'; readonly problem: RowProblem }
  | { readonly kind: 'member'; readonly member: ImportMember };

export interface RowRules {
  readonly columns: readonly ColumnRole[];
  readonly region: PhoneRegion;
  readonly today: PlainDay;
}

const MAX_SHOWN_CHARACTERS = 40;

const problem = (code: RowProblemCode, text = ''): RowReading => ({
  kind: 'problem',
  problem: {
    code,
    text: Array.from(text.slice(0, 4 * MAX_SHOWN_CHARACTERS))
      .slice(0, MAX_SHOWN_CHARACTERS)
      .join(''),
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

  const balances: { program: string; units: number }[] = [];
  for (const [index, role] of rules.columns.entries()) {
    if (role.kind !== 'balance') continue;
    const text = cells[index] ?? '';
    const balance = readBalance(text);
    if (!balance.ok) return problem(`balance-${balance.error}`, text);
    if (balance.value > 0) balances.push({ program: role.program, units: balance.value });
  }
  return { kind: 'member', member: withDetails({ phone, card, balances, textOf, rules }) };
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

function withDetails(request: {
  readonly phone: PhoneNumber | null;
  readonly card: string | null;
  readonly balances: ImportMember['balances'];
  readonly textOf: (kind: ColumnRole['kind']) => string;
  readonly rules: RowRules;
}): ImportMember {
  const { phone, card, balances, textOf, rules } = request;
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
  return { profile: { name, phone, card, birthday: birthday ?? null, note }, balances, notices };
}
