import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventsOf, MEMBER, PROGRAM_DEFINITIONS, PROGRAMS } from '#tests/arbitraries/member-events.ts';
import type { PlainDay, StaffId } from '../lib/brand.ts';
import { UNASSIGNED_STAFF } from '../ledger/event.ts';
import { CARD_CODE_DRAWS, formatCardCode, makeCardCode, parseCardCode, repairCardCode } from './card-code.ts';
import { planJoining, planVisit } from './earn.ts';
import { foldMember } from './fold.ts';
import { emptyMemberState } from './member-state.ts';
import { cleanName, foldName, nameKeys } from './person-name.ts';
import type { ProgramDefinition } from './program.ts';
import { findUndoRefusal, UNDO_WINDOW_MS } from './undo.ts';

const COFFEE = PROGRAM_DEFINITIONS[0] as ProgramDefinition;
const limited = (limits: Partial<ProgramDefinition['limits']>): ProgramDefinition => ({
  ...COFFEE,
  limits: { ...COFFEE.limits, ...limits },
});

describe('a visit', () => {
  const day = '2026-01-01' as PlainDay;
  const state = foldMember(
    MEMBER,
    eventsOf([{ kind: 'grant', type: 'visit', program: COFFEE, units: 3 }]),
    PROGRAMS,
  );
  const lastAt = Date.UTC(2026, 0, 1);
  const plan = (program: ProgramDefinition, count = 1, atMs = lastAt, on = day) =>
    planVisit({ state, programs: [program], count, atMs, day: on, timeZone: 'UTC' });

  test('gives what every rule says, times the count', () => {
    expect(plan(COFFEE, 3)).toEqual({
      grants: [{ program: 'coffee', version: 1, rule: 'visit', units: 3 }],
      donations: [],
      breaches: [],
    });
  });

  test('stamps per visit', () => {
    expect(plan(limited({ perVisit: 2 }), 3).breaches).toEqual([
      { limit: 'per-visit', program: 'coffee', allowed: 2 },
    ]);
  });

  test('stamps per day count the day only', () => {
    expect(plan(limited({ perDay: 3 })).breaches).toMatchObject([{ limit: 'per-day', allowed: 3 }]);
    expect(plan(limited({ perDay: 3 }), 1, lastAt, '2026-01-02' as PlainDay).breaches).toEqual([]);
  });

  test('minutes between stamps say how long to wait', () => {
    const program = limited({ minutesBetween: 30 });
    expect(plan(program, 1, lastAt + 10 * 60_000).breaches).toMatchObject([{ waitMinutes: 20 }]);
    expect(plan(program, 1, lastAt + 30 * 60_000).breaches).toEqual([]);
  });

  describe('a stamp dated ahead of the clock, by a till whose clock was wrong or is now set back', () => {
    const yesterday = '2025-12-31' as PlainDay;

    test('switches no limit off: the wait is asked in full, never more', () => {
      const program = limited({ minutesBetween: 30 });
      for (const aheadMs of [60_000, 24 * 3_600_000, 400 * 24 * 3_600_000]) {
        expect(plan(program, 1, lastAt - aheadMs, yesterday).breaches).toEqual([
          { limit: 'minutes-between', program: 'coffee', allowed: 30, waitMinutes: 30 },
        ]);
      }
    });

    test('switches no limit off: the day is asked about, even when it would hold many more', () => {
      expect(plan(limited({ perDay: 50 }), 1, lastAt, yesterday).breaches).toEqual([
        { limit: 'per-day', program: 'coffee', allowed: 50 },
      ]);
    });

    test('locks nobody out: what it would give is planned all the same, and without limits nothing is asked', () => {
      const before = lastAt - 400 * 24 * 3_600_000;
      expect(plan(limited({ perDay: 1, minutesBetween: 30 }), 1, before, yesterday).grants).toHaveLength(1);
      expect(plan(limited({ perDay: null, minutesBetween: null }), 1, before, yesterday).breaches).toEqual(
        [],
      );
    });
  });

  test('a member without a history passes every limit but the one per visit', () => {
    const strict = limited({ perVisit: 1, perDay: 1, minutesBetween: 60 });
    const fresh = { state: emptyMemberState(MEMBER), programs: [strict], atMs: lastAt, day, timeZone: 'UTC' };
    expect(planVisit({ ...fresh, count: 1 }).breaches).toEqual([]);
  });

  test('joining gives the head start', () => {
    expect(planJoining([{ ...COFFEE, headStart: 2 }])).toEqual([
      { program: 'coffee', version: 1, rule: 'joining', units: 2 },
    ]);
    expect(planJoining([COFFEE])).toEqual([]);
  });
});

describe('undo', () => {
  const [event] = eventsOf([{ kind: 'grant', type: 'visit', program: COFFEE, units: 1 }]);
  const nowMs = (event?.wall ?? 0) + 1000;
  const ask = { event, isVoided: false, staff: UNASSIGNED_STAFF, nowMs };

  test.each([
    ['may be taken back', ask, undefined],
    ['nothing was done', { ...ask, event: undefined }, 'nothing'],
    ['it was undone before', { ...ask, isVoided: true }, 'already-undone'],
    ['another cashier did it', { ...ask, staff: 'other' as StaffId }, 'other-cashier'],
    ['five minutes have passed', { ...ask, nowMs: nowMs + UNDO_WINDOW_MS }, 'too-late'],
    ['the clock was put back a minute', { ...ask, nowMs: nowMs - 60_000 }, undefined],
    ['the clock was set back by days', { ...ask, nowMs: 0 }, 'too-late'],
  ] as const)('%s', (_, request, expected) => {
    expect(findUndoRefusal(request)).toBe(expected);
  });
});

describe('names', () => {
  test.each([
    ['Çağrı IŞIK', 'cagri isik'],
    ['  Anna   Maria ', 'anna maria'],
    ['Straße', 'strasse'],
    ["O'Neill-Søren", 'o neill soren'],
    ['ＪＯＨＮ', 'john'],
    ['محمد', 'محمد'],
    ['\u202eevil\u202c', 'evil'],
  ])('%s is searched as %s', (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });

  test('every word begins a key', () => {
    expect(nameKeys('Anna Maria Smith')).toEqual(['anna maria smith', 'maria smith', 'smith']);
    expect(nameKeys('')).toEqual([]);
  });

  test('any text gives a clean name of at most 80 characters that cleans to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const name = cleanName(text);
        expect([...name].length).toBeLessThanOrEqual(80);
        expect(cleanName(name)).toBe(name);
        expect(name).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/u);
      }),
    );
  });
});

describe('card codes', () => {
  const draws = fc.array(fc.nat(CARD_CODE_DRAWS.below - 1), {
    minLength: CARD_CODE_DRAWS.count,
    maxLength: CARD_CODE_DRAWS.count,
  });

  test('a code reads back from what is printed', () => {
    fc.assert(
      fc.property(draws, (numbers) => {
        const code = makeCardCode(numbers);
        expect(parseCardCode(formatCardCode(code).toLowerCase())).toBe(code);
        expect(repairCardCode(code)).toEqual({ code, isOwn: true, isMistyped: false });
      }),
    );
  });

  test('one wrong character or one swap is always noticed', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXY';
    fc.assert(
      fc.property(draws, fc.nat(8), fc.nat(30), (numbers, place, other) => {
        const code = makeCardCode(numbers);
        const wrong = code.slice(0, place) + alphabet[other] + code.slice(place + 1);
        expect(repairCardCode(wrong).isMistyped).toBe(wrong !== code);
        const swapped =
          code.slice(0, place % 7) + code[(place % 7) + 1] + code[place % 7] + code.slice((place % 7) + 2);
        expect(repairCardCode(swapped).isMistyped).toBe(swapped !== code);
      }),
    );
  });

  test('look-alikes are read as what they resemble; other systems’ codes pass', () => {
    const code = makeCardCode([0, 1, 0, 1, 0, 1, 0, 1]);
    expect(repairCardCode(code.replaceAll('0', 'O').replaceAll('1', 'l').toUpperCase()).code).toBe(code);
    expect(parseCardCode('4006381333931')).toBe('4006381333931');
    expect(parseCardCode('<script>')).toBeUndefined();
    expect(parseCardCode('A'.repeat(1_000_000))).toBeUndefined();
  });
});
