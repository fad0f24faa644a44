import { balanceOf, type MemberState } from '../domain/member-state.ts';
import type { ProfileContent } from '../domain/profile.ts';
import type { ProgramBook } from '../domain/program.ts';
import { stateOn } from '../domain/fold.ts';
import type { PlainDay } from '../lib/brand.ts';
import { plainDayAt } from '../lib/plain-day.ts';
import type { Cell } from './spreadsheet.ts';

/**
 * What every member holds at the end of a day, one line for each of their programs. Without names a line says nothing
 * about who it is; with names it is a list of customers, and the owner has asked for it.
 */
const PLAIN_COLUMNS = [
  'member',
  'joined',
  'last_visit',
  'visits',
  'program',
  'program_name',
  'unit',
  'balance',
  'earned',
  'adjusted',
  'spent',
  'expired',
] as const;
const PERSON_COLUMNS = ['name', 'phone', 'card'] as const;

export const balanceColumns = (withNames: boolean): readonly string[] =>
  withNames ? [...PLAIN_COLUMNS, ...PERSON_COLUMNS] : PLAIN_COLUMNS;

export interface BalanceContext {
  readonly day: PlainDay;
  readonly programs: ProgramBook;
  /** Of the till: on which day somebody joined. */
  readonly timeZone: string;
}

/** @param person only where the owner chose names. */
export function balanceRows(
  state: MemberState,
  context: BalanceContext,
  person?: Pick<ProfileContent, 'name' | 'phone' | 'card'>,
): readonly (readonly Cell[])[] {
  const { day, programs, timeZone } = context;
  const now = stateOn(state, day, programs);
  const who: readonly Cell[] = person ? [person.name, person.phone, person.card] : [];
  const member: readonly Cell[] = [
    now.member,
    now.joinedAt === null ? null : plainDayAt(now.joinedAt, timeZone),
    now.lastVisitDay,
    now.visits,
  ];
  if (now.programs.length === 0)
    return [[...member, ...PLAIN_COLUMNS.slice(member.length).map(() => null), ...who]];
  return now.programs.map((own) => {
    const definition = programs.get(own.program)?.at(-1);
    const unit = definition?.unit.kind ?? null;
    const sums: readonly Cell[] = [balanceOf(own), own.earned, own.adjusted, own.spent, own.expired];
    return member.concat([own.program, definition?.name ?? '', unit], sums, who);
  });
}
