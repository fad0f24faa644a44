import { describe, expect, test } from 'vitest';
import { foldMember } from '../domain/fold.ts';
import { EMPTY_PROFILE } from '../domain/profile.ts';
import { makePreset } from '../domain/presets.ts';
import { makeProgramBook } from '../domain/program.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import type { MemberId, PhoneNumber, PlainDay, ProgramId } from '../lib/brand.ts';
import { balanceColumns, balanceRows } from './balance-table.ts';
import { createWallClocks, EVENT_COLUMNS, eventRows } from './event-table.ts';
import { dayFileName, dayFileStem, syncFileName, syncNowStem } from './file-names.ts';
import { jsonLines } from './json-lines.ts';
import { dialectFor } from './spreadsheet.ts';

const DAY = '2026-11-22' as PlainDay;
const coffee = {
  ...makePreset({
    key: 'coffee',
    id: 'coffee' as ProgramId,
    names: { name: '=Coffee', finalReward: 'Free coffee' },
    currency: 'EUR',
  }),
  currency: 'EUR',
};
const [final] = coffee.rewards;
const programs = makeProgramBook([{ ...coffee, rewards: [{ ...final, value: 350 }] } as typeof coffee]);
const context = { programs, dialect: dialectFor(','), times: createWallClocks() };

const event = (type: string, data: unknown, rest: object = {}) =>
  ({
    v: 1,
    id: `id-${type}`,
    type,
    data,
    day: DAY,
    wall: Date.UTC(2026, 10, 22, 13, 5, 9),
    tz: 'Europe/Istanbul',
    till: 'till-1',
    staff: 'ada',
    member: 'm-1',
    stream: 's',
    seq: 4,
    hlc: '1',
    ...rest,
  }) as unknown as LedgerEvent;
const grant = (program: string, units: number) => ({ program, version: 1, rule: 'visit', units });
const named = (one: LedgerEvent, g?: number) =>
  eventRows(one, g, context).map((row) =>
    Object.fromEntries(
      EVENT_COLUMNS.map((column, index) => [column, row[index]]).filter(([, cell]) => cell !== null),
    ),
  );

describe('the events of a day as a table', () => {
  test('one line for each program, the amount on the first one only', () => {
    const sale = { amount: 1250, lines: [], type: null };
    const rows = named(
      event('visit', {
        count: 1,
        grants: [grant('coffee', 1), grant('points', 12), grant('coffee', 1)],
        sale,
      }),
      71,
    );
    expect(rows).toEqual([
      {
        day: DAY,
        time: '16:05:09',
        type: 'visit',
        till: 'till-1',
        staff: 'ada',
        member: 'm-1',
        place: 71,
        stream: 's',
        seq: 4,
        id: 'id-visit',
        part: 1,
        program: 'coffee',
        program_name: '=Coffee',
        units: 2,
        amount: '12,50',
        currency: 'EUR',
      },
      expect.objectContaining({ part: 2, program: 'points', program_name: '', units: 12 }),
    ]);
    expect(rows[1]).not.toHaveProperty('amount');
  });

  test('a reward takes its units and has its cost; a correction keeps its sign; a void names its target', () => {
    expect(
      named(event('redemption', { program: 'coffee', version: 1, reward: final?.id, cost: 10 })),
    ).toMatchObject([{ units: -10, reward_name: 'Free coffee', reward_cost: '3,50', currency: 'EUR' }]);
    expect(named(event('adjustment', { grants: [grant('coffee', -3)], reason: 'wrong card' }))).toMatchObject(
      [{ units: -3, reason: 'wrong card' }],
    );
    expect(named(event('void', { target: 'id-visit' }))).toMatchObject([{ part: 1, target: 'id-visit' }]);
    expect(
      named(event('visit', { count: 9, grants: [], overLimit: { limits: ['per-day'], reason: 'group' } })),
    ).toMatchObject([{ above_limits: 'per-day', reason: 'group' }]);
  });

  test('an event of a newer app has its line, and a zone nobody knows is told in UTC', () => {
    expect(named(event('teleport', { x: 1 }, { tz: 'Mars/Olympus' }))).toMatchObject([
      { type: 'teleport', part: 1, time: '13:05:09Z' },
    ]);
  });

  test('every row has a cell for every column', () => {
    for (const row of eventRows(
      event('visit', { count: 1, grants: [grant('coffee', 1)] }),
      undefined,
      context,
    )) {
      expect(row).toHaveLength(EVENT_COLUMNS.length);
    }
  });
});

describe('balances at the end of a day', () => {
  const member = 'm-1' as MemberId;
  const state = foldMember(
    member,
    [
      event('enrolment', { by: 'phone', visit: 0, grants: [grant('coffee', 2)] }),
      event('visit', { count: 1, grants: [grant('coffee', 1)] }, { id: 'v' }),
    ],
    programs,
  );
  const ada = { ...EMPTY_PROFILE, name: '+Ada', phone: '+33612345678' as PhoneNumber };
  const at = { day: DAY, programs, timeZone: 'Europe/Istanbul' };

  test('say nothing about who it is, unless the owner chose names', () => {
    expect(balanceRows(state, at)).toEqual([
      ['m-1', '2026-11-22', '2026-11-22', 1, 'coffee', '=Coffee', 'stamps', 3, 3, 0, 0, 0],
    ]);
    expect(balanceRows(state, at, ada)[0]?.slice(-3)).toEqual(['+Ada', '+33612345678', null]);
    expect(balanceColumns(false)).not.toContain('phone');
    expect(balanceColumns(true)).toEqual(expect.arrayContaining(['name', 'phone', 'card']));
  });

  test('as many cells as columns, for a member without any program too', () => {
    const empty = { ...state, programs: [] };
    expect(balanceRows(empty, at)[0]).toHaveLength(balanceColumns(false).length);
    expect(balanceRows(state, at, ada)[0]).toHaveLength(balanceColumns(true).length);
  });
});

test('JSON lines are the events as they are, one on each line', () => {
  const events = [event('visit', { count: 1, grants: [] }), event('teleport', { text: 'a\nb' })];
  const lines = jsonLines(events).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(events);
});

test('the files of a day have the same names every day; a supplement says which one it is', () => {
  expect(dayFileName(DAY, 0, 'events')).toBe('tenpunch-2026-11-22-events.csv');
  expect(dayFileName(DAY, 2, 'manifest')).toBe('tenpunch-2026-11-22-supplement-2-manifest.json');
  expect([syncFileName(dayFileStem(DAY, 0), 1), syncFileName(dayFileStem(DAY, 1), 2)]).toEqual([
    'tenpunch-2026-11-22-sync.json',
    'tenpunch-2026-11-22-supplement-1-sync-2.json',
  ]);
  expect(syncFileName(syncNowStem(DAY), 1)).toBe('tenpunch-2026-11-22-now-sync.json');
});
