import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  eventsOf,
  grantAction,
  history,
  MEMBER,
  PROGRAM_DEFINITIONS,
  PROGRAMS,
} from '#tests/arbitraries/member-events.ts';
import { grantsOf, type KnownEvent, type LedgerEvent } from '../ledger/event.ts';
import type { PlainDay } from '../lib/brand.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { applyEvent, foldMember, voidedIds } from './fold.ts';
import { balanceOf, emptyMemberState, type MemberState } from './member-state.ts';
import { makeProgramBook, type ProgramDefinition } from './program.ts';
import { listProgramViews, listReadyRewards } from './rewards.ts';

const NOW = { day: '2026-01-01' as PlainDay, birthday: null };
const COFFEE = PROGRAM_DEFINITIONS[0] as ProgramDefinition;
const COFFEE_2 = PROGRAM_DEFINITIONS[1] as ProgramDefinition;
/** Which stamp of a card was the first one is a matter of order; how many there are is not. */
const withoutDays = (state: MemberState) => ({
  ...state,
  programs: state.programs.map((program) => ({
    ...program,
    cards: program.cards.map((card) => ({ ...card, lots: [] })),
  })),
});
const visit = (units: number, program = COFFEE) =>
  ({ kind: 'grant', type: 'visit', program, units }) as const;
const redeem = (reward: string, program = COFFEE) => ({ kind: 'redeem', program, reward }) as const;
const fold = (events: readonly LedgerEvent[]) => foldMember(MEMBER, events, PROGRAMS);
const coffeeOf = (state: MemberState) => {
  const program = state.programs.find((candidate) => candidate.program === 'coffee');
  if (!program) throw new Error('no coffee card');
  return program;
};

describe('one card', () => {
  test('stamps fill it and the final reward costs it', () => {
    const full = fold(eventsOf([visit(10)]));
    expect(listReadyRewards(full, PROGRAMS, NOW).map(({ reward }) => reward.id)).toEqual([
      'milestone',
      'final',
    ]);
    const after = fold(eventsOf([visit(10), redeem('milestone'), redeem('final')]));
    expect(coffeeOf(after)).toMatchObject({ earned: 10, spent: 10, completed: 1, cards: [] });
  });

  test('a milestone not taken outlives the redeemed card', () => {
    const after = fold(eventsOf([visit(10), redeem('final'), visit(1)]));
    expect(balanceOf(coffeeOf(after))).toBe(1);
    expect(listReadyRewards(after, PROGRAMS, NOW).map(({ reward }) => reward.id)).toEqual(['milestone']);
  });

  test('stamps that nobody can mean fill no million cards, and none of them is lost', () => {
    const stamp = { ...COFFEE, unit: { ...COFFEE.unit, size: 1 } } as ProgramDefinition;
    const event = eventsOf([visit(1)])[0] ?? expect.fail('no event');
    const grant = { program: 'coffee', version: 1, rule: 'visit', units: 100_000_000_000 };
    const data = { count: 1, grants: Array.from({ length: 100 }, () => grant) };
    const state = foldMember(MEMBER, [{ ...event, data }], makeProgramBook([stamp]));
    expect(coffeeOf(state).cards).toHaveLength(10_000);
    expect(balanceOf(coffeeOf(state))).toBe(100 * grant.units);
  });

  test('several cards are filled in one go and the rest starts the next one', () => {
    const state = fold(eventsOf([visit(23)]));
    expect(coffeeOf(state).cards.map((card) => card.stamps)).toEqual([10, 10, 3]);
    expect(
      listProgramViews(state, PROGRAMS, NOW.day).find(({ program }) => program === 'coffee'),
    ).toMatchObject({
      stamps: 3,
      size: 10,
      fullCards: 2,
      next: { name: 'Cookie', left: 2 },
      isOldVersion: true,
    });
  });

  test('a card keeps the rules it started with; the next one starts under the new ones', () => {
    const state = fold(eventsOf([visit(4), visit(7, COFFEE_2)]));
    expect(coffeeOf(state).cards).toMatchObject([
      { version: 1, size: 10, stamps: 10 },
      { version: 2, size: 8, stamps: 1 },
    ]);
  });

  test('a redemption that nothing pays for is kept as an exception and the balance stays', () => {
    const state = fold(eventsOf([visit(3), redeem('final')]));
    expect(state.exceptions).toEqual([{ event: 'event-1', kind: 'excess-redemption' }]);
    expect(balanceOf(coffeeOf(state))).toBe(3);
  });

  test('voiding the stamps that paid for a redemption makes it an exception, never a negative balance', () => {
    const state = fold(eventsOf([visit(10), redeem('final'), { kind: 'void', place: 0 }]));
    expect(state.exceptions).toEqual([{ event: 'event-1', kind: 'excess-redemption' }]);
    expect(state.programs).toEqual([]);
  });

  test('a correction below zero stops at zero and says so', () => {
    const state = fold(eventsOf([visit(3), { kind: 'adjust', program: COFFEE, units: -5 }]));
    expect(coffeeOf(state)).toMatchObject({ earned: 3, adjusted: -3, cards: [] });
    expect(state.exceptions).toEqual([{ event: 'event-1', kind: 'short-adjustment' }]);
  });
});

describe('properties of every history', () => {
  test('I7: earned and adjusted equal balance and spent; nothing is negative', () => {
    fc.assert(
      fc.property(history, (events) => {
        for (const program of fold(events).programs) {
          const balance = balanceOf(program);
          expect(program.earned + program.adjusted).toBe(balance + program.spent);
          for (const amount of [
            balance,
            program.earned,
            program.spent,
            program.completed,
            program.unplaced,
          ]) {
            expect(amount).toBeGreaterThanOrEqual(0);
          }
          for (const card of program.cards) {
            expect(card.stamps).toBeGreaterThan(0);
            expect(card.stamps).toBeLessThanOrEqual(card.size);
          }
          // A spent card may wait for its milestone behind the one that is being filled.
          const live = program.cards.filter((card) => !card.spent);
          expect(live.slice(0, -1).every((card) => card.stamps === card.size)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('earned is exactly the sum of the grants that count', () => {
    fc.assert(
      fc.property(history, (events) => {
        const voided = voidedIds(events);
        const granted = events
          .filter((event) => !voided.has(event.id) && event.type !== 'adjustment')
          .flatMap((event) => grantsOf(event))
          .reduce((sum, grant) => sum + grant.units, 0);
        expect(fold(events).programs.reduce((sum, program) => sum + program.earned, 0)).toBe(granted);
      }),
    );
  });

  test('a void exactly inverts: the history reads as if the voided event had never been', () => {
    fc.assert(
      fc.property(history, (events) => {
        const voided = voidedIds(events);
        const without = events.filter((event) => !voided.has(event.id));
        expect(canonicalJson(fold(events))).toBe(canonicalJson(fold(without)));
      }),
    );
  });

  test('one event after the other gives the same bytes as all at once', () => {
    fc.assert(
      fc.property(history, (events) => {
        let state = emptyMemberState(MEMBER);
        const before: KnownEvent[] = [];
        for (const event of events) {
          before.push(event);
          state = event.type === 'void' ? fold(before) : applyEvent(state, event, PROGRAMS);
        }
        expect(canonicalJson(state)).toBe(canonicalJson(fold(events)));
      }),
    );
  });

  test('stamps of one version may arrive in any order', () => {
    const sameVersion = fc
      .array(grantAction, { maxLength: 20 })
      .map((actions) => actions.map((step) => (step.kind === 'grant' ? { ...step, program: COFFEE } : step)));
    fc.assert(
      fc.property(
        sameVersion.chain((actions) => {
          const events = eventsOf(actions);
          return fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }));
        }),
        ([events, shuffled]) => {
          expect(withoutDays(fold(shuffled))).toEqual(withoutDays(fold(events)));
        },
      ),
    );
  });

  test('one till never redeems what is not ready: what is offered is always accepted', () => {
    fc.assert(
      fc.property(history, (events) => {
        const state = fold(events);
        const [first] = listReadyRewards(state, PROGRAMS, NOW);
        fc.pre(first !== undefined);
        const known = state.exceptions.length;
        const [redemption] = eventsOf([
          redeem(first.reward.id, { ...COFFEE, id: first.program, version: first.version }),
        ]);
        expect(redemption).toBeDefined();
        expect(applyEvent(state, redemption as KnownEvent, PROGRAMS).exceptions).toHaveLength(known);
      }),
    );
  });
});

test('a void that arrives before the event it names still takes it out', () => {
  const [given, taken] = eventsOf([visit(4), { kind: 'void', place: 0 }]);
  expect(fold([taken as KnownEvent, given as KnownEvent])).toEqual(emptyMemberState(MEMBER));
});

describe('what this app does not know', () => {
  const [first] = eventsOf([visit(4)]);
  const known = first as LedgerEvent;

  test.each([
    ['type', { ...known, id: 'x' as KnownEvent['id'], type: 'teleport' }],
    ['format', { ...known, id: 'x' as KnownEvent['id'], v: 99 }],
    ['content', { ...known, id: 'x' as KnownEvent['id'], data: { grants: 'many' } }],
  ])('an unknown %s is skipped, the card stays readable and gives nothing', (_, unknown) => {
    const state = fold([...eventsOf([visit(10)]), unknown]);
    expect(coffeeOf(state).earned).toBe(10);
    expect(state.needsUpdate).toBe(true);
    expect(listReadyRewards(state, PROGRAMS, NOW)).toEqual([]);
  });

  test('stamps of an unknown program version are kept, not lost', () => {
    const state = foldMember(MEMBER, eventsOf([visit(4)]), new Map());
    expect(balanceOf(coffeeOf(state))).toBe(4);
  });
});
