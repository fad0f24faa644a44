import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  history,
  MEMBER,
  PROGRAM_DEFINITIONS,
  sealAll,
  stampProgram,
} from '#tests/arbitraries/member-events.ts';
import { UNASSIGNED_STAFF, type EventDraft, type LedgerEvent } from '../ledger/event.ts';
import type { EventId, PlainDay } from '../lib/brand.ts';
import { addDays } from '../lib/plain-day.ts';
import { foldMember, stateOn } from './fold.ts';
import { listHistory, type HistoryEntry } from './history.ts';
import { makeProgramBook, type ProgramDefinition, type Tiers } from './program.ts';

const LEVELS: Tiers = {
  by: 'visits',
  levels: [
    { id: 'silver', name: 'Silver', from: 2, percent: 100, note: '' },
    { id: 'gold', name: 'Gold', from: 3, percent: 150, note: '' },
  ],
};
const PLAIN = stampProgram({ id: 'coffee', version: 1, size: 10, milestoneAt: null });
const TIERED: ProgramDefinition = { ...PLAIN, tiers: LEVELS };
const LAPSING: ProgramDefinition = { ...PLAIN, expiry: { kind: 'after-months', months: 12 } };

const base = (place: number) => ({
  id: `event-${place}` as EventId,
  staff: UNASSIGNED_STAFF,
  member: MEMBER,
});
const visit =
  (units: number, version = 1) =>
  (place: number): EventDraft => ({
    ...base(place),
    type: 'visit',
    data: { count: 1, grants: [{ program: 'coffee', version, rule: 'visit', units }] },
  });
const undo =
  (target: number) =>
  (place: number): EventDraft => ({ ...base(place), type: 'void', data: { target: `event-${target}` } });

type Step = readonly [day: string, draft: (place: number) => EventDraft];

function eventsOn(steps: readonly Step[]): LedgerEvent[] {
  const sealed = sealAll(steps.map(([, draft], place) => draft(place)));
  return sealed.map((event, place) => Object.assign(event, { day: steps[place]?.[0] ?? '' }));
}

function tell(steps: readonly Step[], definitions: readonly ProgramDefinition[], today: string) {
  const programs = makeProgramBook(definitions);
  const events = eventsOn(steps);
  const state = foldMember(MEMBER, events, programs);
  return listHistory(events, state, programs, today as PlainDay).map(short);
}

/** One line per entry. */
function short(entry: HistoryEntry): string {
  if (entry.source === 'calendar') {
    const { what, day } = entry;
    return what.kind === 'expired'
      ? `${day} ${what.units} ${what.program} expired`
      : `${day} ${what.change.from?.name} to ${what.change.to?.name}`;
  }
  const tiers = entry.tiers.map(({ to, isUp }) => ` ${isUp ? 'up' : 'down'} to ${to?.name}`).join('');
  return `${entry.what.kind}${tiers}${entry.undone ? ' undone' : ''}`;
}

describe('units that were not used in time', () => {
  test('are told the day after their last one, between the events around it', () => {
    const steps: Step[] = [
      ['2024-03-01', visit(3)],
      ['2024-09-01', visit(2)],
      ['2025-06-01', visit(1)],
    ];
    expect(tell(steps, [LAPSING], '2025-06-01')).toEqual([
      'visit',
      '2025-03-02 3 coffee expired',
      'visit',
      'visit',
    ]);
  });

  test('are told up to today, though nothing has happened since', () => {
    const steps: Step[] = [['2024-03-01', visit(3)]];
    expect(tell(steps, [LAPSING], '2025-03-01')).toEqual(['visit']);
    expect(tell(steps, [LAPSING], '2025-03-02')).toEqual(['2025-03-02 3 coffee expired', 'visit']);
  });

  test('of one last day are told once, however many visits they came from', () => {
    const yearly: ProgramDefinition = { ...PLAIN, expiry: { kind: 'end-of-year', years: 0 } };
    const steps: Step[] = [
      ['2024-03-01', visit(3)],
      ['2024-09-01', visit(2)],
    ];
    expect(tell(steps, [yearly], '2025-02-01')[0]).toBe('2025-01-01 5 coffee expired');
  });

  test('that were undone before never expire', () => {
    const steps: Step[] = [
      ['2024-03-01', visit(3)],
      ['2024-03-01', undo(0)],
    ];
    expect(tell(steps, [LAPSING], '2026-01-01')).toEqual(['void', 'visit undone']);
  });

  test('do not expire again after a clock was set back', () => {
    const steps: Step[] = [
      ['2024-03-01', visit(3)],
      ['2025-04-01', visit(1)],
      ['2024-12-01', visit(1)],
    ];
    expect(tell(steps, [LAPSING], '2025-04-02')).toEqual([
      'visit',
      'visit',
      '2025-03-02 3 coffee expired',
      'visit',
    ]);
  });
});

describe('tiers', () => {
  const rise: Step[] = [
    ['2024-01-10', visit(1)],
    ['2024-01-11', visit(1)],
    ['2024-01-12', visit(1)],
  ];

  test('are told on the event that reached them', () => {
    expect(tell(rise, [TIERED], '2024-06-01')).toEqual(['visit up to Gold', 'visit up to Silver', 'visit']);
  });

  test('end with the year after the one that earned them, and are told on its first day', () => {
    const steps: Step[] = [...rise, ['2025-02-01', visit(1)], ['2025-02-02', visit(1)]];
    expect(tell(steps, [TIERED], '2027-05-01')).toEqual([
      '2027-01-01 Silver to undefined',
      '2026-01-01 Gold to Silver',
      'visit',
      'visit',
      'visit up to Gold',
      'visit up to Silver',
      'visit',
    ]);
  });

  test('an undone visit that had raised one leaves no trace of it', () => {
    const steps: Step[] = [...rise, ['2024-01-12', undo(2)], ['2024-01-20', visit(1)]];
    expect(tell(steps, [TIERED], '2024-06-01')).toEqual([
      'visit up to Gold',
      'void',
      'visit undone',
      'visit up to Silver',
      'visit',
    ]);
  });

  test('go by the rules that the event was counted under, not by those of today', () => {
    const easier: ProgramDefinition = {
      ...TIERED,
      version: 2,
      tiers: { ...LEVELS, levels: [{ id: 'gold', name: 'Gold', from: 1, percent: 150, note: '' }] },
    };
    const steps: Step[] = [
      ['2024-01-10', visit(1)],
      ['2024-03-01', visit(1, 2)],
    ];
    expect(tell(steps, [TIERED, easier], '2024-06-01')).toEqual(['visit up to Gold', 'visit']);
  });

  test('of a program that gives no units are told all the same', () => {
    const perks: ProgramDefinition = {
      ...TIERED,
      id: 'perks',
      unit: { kind: 'points', icon: 'star' },
      earn: [],
      rewards: [],
    };
    expect(tell(rise, [PLAIN, perks], '2024-06-01')).toEqual([
      'visit up to Gold',
      'visit up to Silver',
      'visit',
    ]);
  });

  test('brought from elsewhere are what the event says anyway; their end is told', () => {
    const opening = (place: number): EventDraft => ({
      ...base(place),
      type: 'opening',
      data: {
        grants: [{ program: 'coffee', version: 1, rule: 'opening', units: 4 }],
        import: 'import-1',
        standings: [{ program: 'coffee', tier: { level: 'gold', until: 2025 } }],
      },
    });
    expect(tell([['2024-05-01', opening]], [TIERED], '2026-02-01')).toEqual([
      '2026-01-01 Gold to undefined',
      'opening',
    ]);
  });
});

test('what the calendar did is left out while older events are missing', () => {
  const programs = makeProgramBook([LAPSING]);
  const events = sealAll([visit(3)(0)]);
  expect(listHistory(events, undefined, programs)).toHaveLength(1);
  expect(listHistory(events, undefined, programs, '2028-01-01' as PlainDay)).toHaveLength(2);
});

test('every entry can be told from every other', () => {
  const steps: Step[] = [
    ['2024-03-01', visit(3)],
    ['2025-04-01', visit(1)],
    ['2024-03-01', visit(3)],
    ['2025-04-01', visit(1)],
  ];
  const programs = makeProgramBook([LAPSING]);
  const entries = listHistory(eventsOn(steps), undefined, programs, '2027-01-01' as PlainDay);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
});

test('whatever happened, what is told to have expired is what the state has lost', () => {
  const expiries: ProgramDefinition['expiry'][] = [
    { kind: 'after-months', months: 2 },
    { kind: 'end-of-year', years: 0 },
    { kind: 'after-last-visit', months: 3 },
  ];
  const programs = makeProgramBook(
    PROGRAM_DEFINITIONS.map((program, place) =>
      Object.assign({}, program, { expiry: expiries[place % expiries.length] }),
    ),
  );
  const gaps = fc.array(fc.integer({ min: -10, max: 60 }), { minLength: 40, maxLength: 40 });
  fc.assert(
    fc.property(history, gaps, (sealed, steps) => {
      let day = '2026-01-01' as PlainDay;
      const events = sealed.map((event, place) => {
        day = addDays(day, steps[place] ?? 0);
        return Object.assign({}, event, { day });
      });
      const today = addDays(day, 400);
      const state = stateOn(foldMember(MEMBER, events, programs), today, programs);
      const entries = listHistory(events, state, programs, today);
      const told = new Map<string, number>();
      for (const { what } of entries) {
        if (what.kind === 'expired') told.set(what.program, (told.get(what.program) ?? 0) + what.units);
      }
      for (const { program, expired } of state.programs) expect(told.get(program) ?? 0).toBe(expired);
      const ids = entries.flatMap((entry) => (entry.source === 'event' ? entry.id : []));
      expect(ids).toEqual(events.map(({ id }) => id).toReversed());
    }),
  );
});
