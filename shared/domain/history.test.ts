import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  eventsOf,
  history,
  MEMBER,
  PROGRAM_DEFINITIONS,
  PROGRAMS,
  sealAll,
} from '#tests/arbitraries/member-events.ts';
import { UNASSIGNED_STAFF, type LedgerEvent } from '../ledger/event.ts';
import type { EventId, PlainDay } from '../lib/brand.ts';
import { foldMember, voidedIds } from './fold.ts';
import { listHistory } from './history.ts';
import type { ProgramDefinition } from './program.ts';

const [COFFEE, , BREAD] = PROGRAM_DEFINITIONS as readonly [
  ProgramDefinition,
  ProgramDefinition,
  ProgramDefinition,
];
const visit = (units: number, program = COFFEE) =>
  ({ kind: 'grant', type: 'visit', program, units }) as const;
/** Without the calendar: one entry per event. */
const tell = (events: readonly LedgerEvent[]) =>
  listHistory(events, foldMember(MEMBER, events, PROGRAMS), PROGRAMS).flatMap((entry) =>
    entry.source === 'event' ? [entry] : [],
  );
const base = (id: string) => ({ id: id as EventId, staff: UNASSIGNED_STAFF, member: MEMBER });

describe('every event is told once, the newest first', () => {
  test('whatever happened, nothing is left out and only undone events say so', () => {
    fc.assert(
      fc.property(history, (events) => {
        const entries = tell(events);
        expect(entries.map(({ id }) => id)).toEqual(events.map(({ id }) => id).toReversed());
        const undone = entries.filter((entry) => entry.undone).map(({ id }) => id);
        expect(new Set(undone)).toEqual(voidedIds(events));
      }),
    );
  });

  test('units are added up by program and know its name', () => {
    const grants = [
      { program: COFFEE.id, version: 1, rule: 'joining', units: 2 },
      { program: COFFEE.id, version: 1, rule: 'visit', units: 1 },
      { program: BREAD.id, version: 1, rule: 'visit', units: 1 },
    ];
    const [entry] = tell(
      sealAll([{ ...base('event-0'), type: 'enrolment', data: { by: 'phone', visit: 1, grants } }]),
    );
    expect(entry?.what).toMatchObject({
      kind: 'enrolment',
      isVisit: true,
      sums: [
        { program: 'coffee', units: 3, definition: { name: 'coffee' }, rules: ['joining', 'visit'] },
        { program: 'bread', units: 1, rules: ['visit'] },
      ],
    });
  });

  test('a reward has its name; of a program this till does not hold it has none', () => {
    const [known] = tell(eventsOf([visit(10), { kind: 'redeem', program: COFFEE, reward: 'final' }]));
    expect(known?.what).toMatchObject({ kind: 'redemption', reward: { name: 'Free one' }, cost: 10 });
    const data = { program: 'elsewhere', version: 1, reward: 'final', cost: 8 };
    const [unknown] = tell(sealAll([{ ...base('event-0'), type: 'redemption', data }]));
    expect(unknown?.what).toMatchObject({
      kind: 'redemption',
      definition: undefined,
      reward: undefined,
      cost: 8,
    });
  });
});

describe('undoing', () => {
  test('the undone event says by what, the undoing one says what', () => {
    const [undoing, undone] = tell(eventsOf([visit(1), { kind: 'void', place: 0 }]));
    expect(undone?.undone).toMatchObject({ by: 'event-1', at: Date.UTC(2026, 0, 1) + 60_000 });
    expect(undoing?.what).toMatchObject({ kind: 'void', target: { id: 'event-0', type: 'visit' } });
    expect(undoing?.undone).toBeUndefined();
  });

  test('an undo that arrived before the event it names still counts', () => {
    const [stamped, undoing] = eventsOf([visit(1), { kind: 'void', place: 0 }]);
    const entries = tell([undoing as LedgerEvent, stamped as LedgerEvent]);
    expect(entries[0]?.undone?.by).toBe('event-1');
  });

  test('a void of something that can’t be undone names nothing and strikes nothing', () => {
    const entries = tell(
      sealAll([
        { ...base('event-0'), type: 'profile', data: { fields: ['name'] } },
        { ...base('event-1'), type: 'void', data: { target: 'event-0' } },
      ]),
    );
    expect(entries[0]?.what).toEqual({ kind: 'void', target: undefined, reason: undefined });
    expect(entries[1]?.undone).toBeUndefined();
  });
});

test('an event of a moment that no calendar has is shown, with one that it has', () => {
  const [known] = eventsOf([visit(1)]);
  const [entry] = tell([{ ...(known as LedgerEvent), wall: 1e300 }]);
  expect(entry).toMatchObject({ at: 0, what: { kind: 'unknown', type: 'visit' } });
});

test('an event of a newer app is shown, not dropped', () => {
  const [known] = eventsOf([visit(1)]);
  const newer = { ...(known as LedgerEvent), id: 'event-9' as EventId, type: 'gift-card' };
  expect(tell([known as LedgerEvent, newer])[0]?.what).toEqual({ kind: 'unknown', type: 'gift-card' });
});

test('an event that a manager should look at says why', () => {
  const [voided, redeemed] = tell(
    eventsOf([visit(10), { kind: 'redeem', program: COFFEE, reward: 'final' }, { kind: 'void', place: 0 }]),
  );
  expect(voided?.exceptions).toEqual([]);
  expect(redeemed?.exceptions).toEqual(['excess-redemption']);
});

test('five thousand events are told, each once', () => {
  const events = eventsOf(
    Array.from({ length: 5000 }, (_, index) =>
      index % 50 === 49 ? { kind: 'void', place: index - 1 } : visit(1),
    ),
  );
  const state = foldMember(MEMBER, events, PROGRAMS);
  expect(listHistory(events, state, PROGRAMS, '2030-01-01' as PlainDay)).toHaveLength(5000);
});
