import { expect, test } from 'vitest';
import { foldMember } from '#shared/domain/fold.ts';
import { makePreset } from '#shared/domain/presets.ts';
import { makeProgramBook } from '#shared/domain/program.ts';
import { balanceColumns, balanceRows } from '#shared/export/balance-table.ts';
import { createWallClocks, EVENT_COLUMNS, eventRows } from '#shared/export/event-table.ts';
import {
  createTableWriter,
  dialectFor,
  type Cell,
  type SpreadsheetDialect,
} from '#shared/export/spreadsheet.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId, PhoneNumber, PlainDay, ProgramId } from '#shared/lib/brand.ts';
import { findOffice, openInOffice, type OfficeCell, type OfficeOptions } from './office.ts';

// The tables of a day, opened by a real spreadsheet: every value arrives, and nothing in them runs.

const ENGLISH: OfficeOptions = { separator: ',', language: 1033 };
const GERMAN: OfficeOptions = { separator: ';', language: 1031 };
const A_MINUTE_MS = 60_000;

/** What people, and those who mean harm, type into names and reasons. */
const NASTY = [
  '=1+1',
  '=HYPERLINK("http://example.com";"x")',
  '=WEBSERVICE("http://example.com")',
  "=cmd|' /C calc'!A0",
  '+33612345678',
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1+1',
  '＝1+1',
  "'=1+1",
  "'t Hoekje",
  'Ünal, "Ada"; & <Söhne>',
  'two\nlines',
  'שלום عرض',
  '☕ ten',
];

const coffee = {
  ...makePreset({
    key: 'coffee',
    id: 'coffee' as ProgramId,
    names: { name: '=Coffee', finalReward: '+Free coffee' },
    currency: 'EUR',
  }),
  currency: 'EUR',
};
const programs = makeProgramBook([coffee]);
const event = (type: string, data: unknown, rest: object = {}) =>
  ({
    v: 1,
    id: '0199a4d0-0000-7000-8000-000000000001',
    type,
    data,
    day: '2026-11-22',
    wall: Date.UTC(2026, 10, 22, 13, 5, 9),
    tz: 'Europe/Istanbul',
    till: '0199a4d0-0000-7000-8000-00000000000a',
    staff: '=staff',
    member: 'm-1',
    stream: 's',
    seq: 4,
    hlc: '1',
    ...rest,
  }) as unknown as LedgerEvent;
const grants = [{ program: 'coffee', version: 1, rule: 'visit', units: 1 }];

function eventCells(dialect: SpreadsheetDialect): (readonly Cell[])[] {
  const context = { programs, dialect, times: createWallClocks() };
  const events = [
    event('visit', { count: 1, grants, sale: { amount: 1250, lines: [], type: null } }),
    event('purchase', { program: 'coffee', version: 1, offer: 'o', price: 5, currency: 'EUR', grants }),
    event('redemption', { program: 'coffee', version: 1, reward: coffee.rewards[0]?.id, cost: 10 }),
    ...NASTY.map((reason) => event('adjustment', { grants: [{ ...grants[0], units: -3 }], reason })),
  ];
  return [EVENT_COLUMNS, ...events.flatMap((one, index) => eventRows(one, index + 1, context))];
}

function balanceCells(): (readonly Cell[])[] {
  const state = foldMember('m-1' as MemberId, [event('visit', { count: 1, grants })], programs);
  const context = { day: '2026-11-22' as PlainDay, programs, timeZone: 'UTC' };
  const people = NASTY.map((name) => ({ name, phone: '+33612345678' as PhoneNumber, card: '-1' }));
  return [balanceColumns(true), ...people.flatMap((person) => balanceRows(state, context, person))];
}

function fileOf(rows: readonly (readonly Cell[])[], dialect: SpreadsheetDialect): string {
  const writer = createTableWriter((rows[0] ?? []).map(String), dialect);
  return writer.begin() + writer.rows(rows.slice(1));
}

/** What a cell of ours is to a spreadsheet: a day a date, a number a number, and all else the very text of the file. */
function asOpened(cell: Cell, { separator }: OfficeOptions): Pick<OfficeCell, 'type' | 'value'> {
  if (cell === null || cell === '') return { type: 'empty', value: '' };
  if (typeof cell === 'number') return { type: 'number', value: String(cell) };
  const time = /^(\d\d):(\d\d):(\d\d)$/.exec(cell);
  if (time) return { type: 'time', value: `PT${time[1]}H${time[2]}M${time[3]}S` };
  if (/^\d{4}-\d\d-\d\d$/.test(cell)) return { type: 'date', value: cell };
  const decimal = separator === ';' ? /^\d+,\d+$/ : /^\d+\.\d+$/;
  if (decimal.test(cell)) return { type: 'number', value: String(Number(cell.replace(',', '.'))) };
  const harmless = /^'*[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return { type: 'text', value: harmless };
}

function announceAbsence(): void {
  test('LibreOffice is not installed here: no spreadsheet opened the tables (apt install libreoffice-calc)', () => {
    process.stdout.write('\nLibreOffice is not installed here: no spreadsheet opened the tables of a day.\n');
    expect(findOffice()).toBeUndefined();
  });
}

function describeOffice(office: string): void {
  test.each([
    ['events, with points before the cents', eventCells(dialectFor('.')), ENGLISH, dialectFor('.')],
    ['events, with commas before the cents', eventCells(dialectFor(',')), GERMAN, dialectFor(',')],
    ['balances with names', balanceCells(), ENGLISH, dialectFor('.')],
  ])(
    '%s: every value arrives, and nothing runs',
    (_, rows, options, dialect) => {
      const opened = openInOffice(office, fileOf(rows, dialect), options);
      expect(opened.flat().filter(({ formula }) => formula !== undefined)).toEqual([]);
      const width = rows[0]?.length ?? 0;
      const values = opened.map((row) =>
        Array.from({ length: width }, (__, at) => row[at] ?? { type: 'empty', value: '' }).map(
          ({ type, value }) => ({
            type,
            value,
          }),
        ),
      );
      expect(values).toEqual(rows.map((row) => row.map((cell) => asOpened(cell, options))));
    },
    A_MINUTE_MS,
  );

  test(
    'the same office does run a formula that nobody made harmless: so the tests above can fail',
    () => {
      const [[cell] = []] = openInOffice(office, '=1+1,x\r\n', ENGLISH);
      expect(cell).toMatchObject({ type: 'number', value: '2', formula: expect.stringContaining('1+1') });
    },
    A_MINUTE_MS,
  );
}

const installed = findOffice();
if (installed === undefined) announceAbsence();
else describeOffice(installed);
