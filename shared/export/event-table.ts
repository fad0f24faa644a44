import { rewardOf } from '../domain/day-figures.ts';
import type { ProgramBook } from '../domain/program.ts';
import { grantsOf, readEvent, type KnownEvent, type LedgerEvent } from '../ledger/event.ts';
import { isCurrencyCode, minorDigitsOf, toDecimal } from '../lib/money.ts';
import { isTimeZone } from '../lib/plain-day.ts';
import { decimalCell, type Cell, type SpreadsheetDialect } from './spreadsheet.ts';

/**
 * The events of a day as a table: one line for each program that an event counts in, `part` 1 for the first, so that a
 * filter on it counts events. The names of columns stay the same in every language: programs read them. No personal data is
 * in an event, so none is here.
 */
export const EVENT_COLUMNS = [
  'day',
  'time',
  'type',
  'part',
  'till',
  'staff',
  'approved_by',
  'member',
  'program',
  'program_name',
  'units',
  'reward',
  'reward_name',
  'reward_cost',
  'amount',
  'currency',
  'above_limits',
  'reason',
  'target',
  'place',
  'stream',
  'seq',
  'id',
] as const;
type Column = (typeof EVENT_COLUMNS)[number];

export interface EventTableContext {
  readonly programs: ProgramBook;
  readonly dialect: SpreadsheetDialect;
  /** The clock on the wall of a zone; made once, since each event asks. */
  readonly times: WallClocks;
}

/** @param g the event's place in the shop's order, where it has one. */
export function eventRows(
  event: LedgerEvent,
  g: number | undefined,
  context: EventTableContext,
): readonly (readonly Cell[])[] {
  const { programs, times } = context;
  const base: Partial<Record<Column, Cell>> = {
    day: event.day,
    time: times.timeAt(event.wall, event.tz),
    type: event.type,
    till: event.till,
    staff: event.staff,
    approved_by: event.approvedBy ?? null,
    member: event.member ?? null,
    place: g ?? null,
    stream: event.stream,
    seq: event.seq,
    id: event.id,
  };
  const known = readEvent(event);
  const facts = known ? factsOf(known, context) : {};
  const units = known ? [...unitsByProgram(known)] : [];
  if (units.length === 0) return [cells({ ...base, ...facts, part: 1 })];
  return units.map(([program, sum], index) =>
    cells({
      ...base,
      // Amounts only once: a sum over the column must not count a sale twice.
      ...(index === 0 ? facts : {}),
      part: index + 1,
      program,
      program_name: nameOf(program, programs),
      units: sum,
    }),
  );
}

const cells = (row: Partial<Record<Column, Cell>>): Cell[] =>
  EVENT_COLUMNS.map((column) => row[column] ?? null);

const nameOf = (program: string, programs: ProgramBook): string => programs.get(program)?.at(-1)?.name ?? '';

/** What came and what went, by program. */
function unitsByProgram(event: KnownEvent): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  if (event.type === 'redemption') units.set(event.data.program, -event.data.cost);
  for (const { program, units: more } of grantsOf(event))
    units.set(program, (units.get(program) ?? 0) + more);
  return units;
}

function factsOf(event: KnownEvent, context: EventTableContext): Partial<Record<Column, Cell>> {
  const { programs, dialect } = context;
  switch (event.type) {
    case 'visit':
    case 'enrolment': {
      const { sale, overLimit, grants } = event.data;
      const currency =
        grants.map(({ program }) => programs.get(program)?.at(-1)?.currency).find(Boolean) ?? '';
      return {
        above_limits: overLimit?.limits.join(' ') ?? null,
        reason: overLimit?.reason ?? null,
        ...(sale?.amount == null ? {} : moneyCells('amount', sale.amount, currency, dialect)),
      };
    }
    case 'action':
      return {
        above_limits: event.data.overLimit?.limits.join(' ') ?? null,
        reason: event.data.overLimit?.reason ?? null,
      };
    case 'purchase':
      return moneyCells('amount', event.data.price, event.data.currency, dialect);
    case 'redemption': {
      const { name, currency, cost } = rewardOf(event, programs);
      return {
        reward: event.data.reward,
        reward_name: name,
        ...(cost === null ? {} : moneyCells('reward_cost', cost, currency, dialect)),
      };
    }
    case 'void':
      return { target: event.data.target, reason: event.data.reason ?? null };
    case 'adjustment':
      return { reason: event.data.reason };
    case 'merge':
      return { target: event.data.other, reason: event.data.reason ?? event.data.by };
    case 'unmerge':
      return { target: event.data.other, reason: event.data.reason };
    case 'erasure':
      return { reason: event.data.reason };
    case 'approval':
      return { target: event.data.target, reason: event.data.reason };
    case 'shop':
    case 'program':
    case 'profile':
    case 'import':
    case 'paper-card':
    case 'opening':
    case 'referral':
    case 'day-close':
    case 'export':
      return {};
  }
}

function moneyCells(
  column: 'amount' | 'reward_cost',
  amount: number,
  currency: string,
  dialect: SpreadsheetDialect,
): Partial<Record<Column, Cell>> {
  const digits = isCurrencyCode(currency) ? minorDigitsOf(currency) : 2;
  return { [column]: decimalCell(toDecimal(amount, digits), dialect), currency };
}

export interface WallClocks {
  /** `HH:MM:SS`; UTC with a `Z` for a zone that this computer has not heard of. */
  timeAt(atMs: number, timeZone: string): string;
}

/** A formatter for each zone: making one costs more than a thousand times using it. */
export function createWallClocks(): WallClocks {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return {
    timeAt(atMs, timeZone) {
      let format = formats.get(timeZone);
      const isKnown = format !== undefined || isTimeZone(timeZone);
      if (!isKnown) return `${new Date(atMs).toISOString().slice(11, 19)}Z`;
      if (!format) {
        format = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium', hourCycle: 'h23' });
        formats.set(timeZone, format);
      }
      return format.format(atMs);
    },
  };
}
