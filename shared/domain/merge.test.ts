import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  eventsOf,
  history,
  PROGRAMS,
  PROGRAM_DEFINITIONS,
  sealAll,
} from '#tests/arbitraries/member-events.ts';
import {
  readEvent,
  UNASSIGNED_STAFF,
  type EventDraft,
  type KnownEvent,
  type LedgerEvent,
} from '../ledger/event.ts';
import type { MemberId } from '../lib/brand.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { countingGrants, foldMember, voidedIds } from './fold.ts';
import { balanceOf, type MemberState } from './member-state.ts';
import { findGroups, isUnmerged, listActiveMerges, type MergeGroup } from './merge.ts';
import type { ProgramDefinition } from './program.ts';

const [ANNA, BERT, CARL, DORA] = ['anna', 'bert', 'carl', 'dora'] as MemberId[] as [
  MemberId,
  MemberId,
  MemberId,
  MemberId,
];
const PEOPLE = [ANNA, BERT, CARL, DORA];
const COFFEE = PROGRAM_DEFINITIONS[0] as ProgramDefinition;

interface Said {
  readonly id?: string;
  readonly type: string;
  readonly member: MemberId;
  readonly data: object;
}

/** Ids are places, so every call needs a name of its own. */
const seal = (name: string, said: readonly Said[]): KnownEvent[] =>
  sealAll(
    said.map(
      (one, index) => ({ id: `${name}-${index}`, staff: UNASSIGNED_STAFF, ...one }) as unknown as EventDraft,
    ),
    name,
  );
const merge = (member: MemberId, other: MemberId, by: 'same-number' | 'manager', id: string) =>
  ({ id, type: 'merge', member, data: { other, by } }) as const;
const unmerge = (member: MemberId, other: MemberId, ...merges: string[]) =>
  ({ type: 'unmerge', member, data: { other, merges, reason: 'two people' } }) as const;
const enrol = (member: MemberId, units: number, rule = 'joining') =>
  ({
    type: 'enrolment',
    member,
    data: { by: 'phone', visit: 0, grants: [{ program: COFFEE.id, version: 1, rule, units }] },
  }) as const;
const visit = (member: MemberId, units = 1) =>
  ({
    type: 'visit',
    member,
    data: { count: 1, grants: [{ program: COFFEE.id, version: 1, rule: 'visit', units }] },
  }) as const;

/** The cards of everybody: of each group one, under its canonical id. */
function foldEverybody(events: readonly LedgerEvent[]): MemberState[] {
  const groups = findGroups(events);
  const fold = (members: readonly MemberId[], group?: MergeGroup) =>
    foldMember(
      members[0] as MemberId,
      events.filter(({ member }) => member !== undefined && members.includes(member)),
      PROGRAMS,
      undefined,
      group,
    );
  const alone = PEOPLE.filter((member) => !groups.some(({ members }) => members.includes(member)));
  return [...groups.map((group) => fold(group.members, group)), ...alone.map((member) => fold([member]))];
}
const coffeeOf = (state: MemberState | undefined) =>
  state?.programs.find(({ program }) => program === 'coffee') ?? expect.fail('no coffee card');
const only = <Value>(values: readonly Value[]): Value => {
  expect(values).toHaveLength(1);
  return values[0] as Value;
};

describe('groups', () => {
  test('whoever was enrolled first stands for all of them, whichever way the merges were said', () => {
    const events = seal('e', [
      enrol(BERT, 2),
      enrol(ANNA, 2),
      merge(ANNA, CARL, 'manager', 'm1'),
      merge(BERT, ANNA, 'manager', 'm2'),
    ]);
    expect(only(findGroups(events))).toEqual({
      canonical: BERT,
      members: [BERT, ANNA, CARL],
      withoutJoining: [],
    });
  });

  test('an enrolment that was undone makes nobody the first', () => {
    const events = seal('e', [
      enrol(BERT, 2),
      enrol(ANNA, 2),
      { type: 'void', member: BERT, data: { target: 'e-0' } },
      merge(ANNA, BERT, 'manager', 'm1'),
    ]);
    expect(only(findGroups(events)).canonical).toBe(ANNA);
  });

  test('a manager can merge again what was unmerged; a till by itself can not', () => {
    const before = [
      merge(ANNA, BERT, 'same-number', 'm1'),
      merge(ANNA, BERT, 'manager', 'm2'),
      unmerge(BERT, ANNA, 'm1', 'm2'),
    ];
    expect(findGroups(seal('e', before))).toEqual([]);
    expect(isUnmerged(seal('e', before), ANNA, BERT)).toBe(true);
    expect(isUnmerged(seal('e', before), ANNA, CARL)).toBe(false);
    expect(findGroups(seal('e', [...before, merge(BERT, ANNA, 'same-number', 'm3')]))).toEqual([]);
    expect(findGroups(seal('e', [...before, merge(BERT, ANNA, 'manager', 'm3')]))).toHaveLength(1);
  });

  test('an unmerge says nothing of another pair', () => {
    const events = seal('e', [
      merge(ANNA, BERT, 'manager', 'm1'),
      merge(BERT, CARL, 'manager', 'm2'),
      unmerge(ANNA, CARL, 'm1', 'm2'),
    ]);
    expect(only(findGroups(events)).members).toEqual([ANNA, BERT, CARL]);
  });

  test('nobody is merged with themselves', () => {
    expect(findGroups(seal('e', [merge(ANNA, ANNA, 'manager', 'm1')]))).toEqual([]);
  });
});

describe('the card of a group', () => {
  test('holds what all of them earned, and pays for a reward with it', () => {
    const events = seal('e', [
      enrol(ANNA, 2),
      visit(ANNA, 4),
      enrol(BERT, 2),
      merge(ANNA, BERT, 'manager', 'm1'),
      visit(BERT, 2),
      {
        type: 'redemption',
        member: ANNA,
        data: { program: 'coffee', version: 1, reward: 'final', cost: 10 },
      },
    ]);
    const state = only(foldEverybody(events).filter(({ live }) => live > 0));
    expect(state).toMatchObject({ member: ANNA, visits: 2, exceptions: [] });
    expect(coffeeOf(state)).toMatchObject({ earned: 10, spent: 10, completed: 1 });
  });

  test('one number gets its joining bonus once, the first one; two numbers keep both', () => {
    const joined = [enrol(ANNA, 2), enrol(BERT, 3), enrol(CARL, 5)];
    const events = seal('e', [
      ...joined,
      merge(BERT, ANNA, 'same-number', 'm1'),
      merge(CARL, BERT, 'manager', 'm2'),
    ]);
    expect(coffeeOf(foldEverybody(events)[0]).earned).toBe(2 + 5);
    const first = seal('e', [
      ...joined,
      merge(BERT, ANNA, 'same-number', 'm1'),
      { type: 'void', member: ANNA, data: { target: 'e-0' } },
    ]);
    expect(coffeeOf(foldEverybody(first)[0])).toMatchObject({ earned: 3 });
  });

  test('what an enrolment gave besides joining counts of everybody', () => {
    const events = seal('e', [
      enrol(ANNA, 2),
      enrol(BERT, 3, 'visit'),
      merge(ANNA, BERT, 'same-number', 'm1'),
    ]);
    expect(coffeeOf(foldEverybody(events)[0]).earned).toBe(5);
  });

  test('nobody brought themselves, and no unit is lost for it', () => {
    const grants = [{ program: 'coffee', version: 1, rule: 'friends', units: 3 }];
    const joined = enrol(BERT, 0);
    const events = seal('e', [
      enrol(ANNA, 2),
      { ...joined, data: { ...joined.data, referredBy: ANNA } },
      { type: 'referral', member: ANNA, data: { friend: BERT, visit: 'e-1', grants } },
      merge(ANNA, BERT, 'manager', 'm1'),
    ]);
    const state = foldEverybody(events)[0];
    expect(state).toMatchObject({ referredBy: null, referrals: 0 });
    expect(coffeeOf(state).earned).toBe(5);
  });

  test('a void goes with the member whose event it takes back, merged or not', () => {
    const events = seal('e', [
      visit(ANNA, 4),
      visit(BERT, 2),
      merge(ANNA, BERT, 'manager', 'm1'),
      { type: 'void', member: BERT, data: { target: 'e-1' } },
      unmerge(ANNA, BERT, 'm1'),
    ]);
    expect(foldEverybody(events.slice(0, 4))[0]).toMatchObject({ visits: 1 });
    expect(foldEverybody(events).map(({ visits }) => visits)).toEqual([1, 0, 0, 0]);
  });
});

const person = fc.constantFrom(...PEOPLE);
const pair = fc.uniqueArray(person, { minLength: 2, maxLength: 2 }) as unknown as fc.Arbitrary<
  [MemberId, MemberId]
>;
/** Any history, its events spread over the four; a void still names any event, of whomever. */
const histories = fc
  .tuple(history, fc.array(person, { minLength: 40, maxLength: 40 }))
  .map(([events, owners]) =>
    events.map((event, index): KnownEvent => ({ ...event, member: owners[index] ?? ANNA })),
  );
const merges = fc
  .array(fc.tuple(pair, fc.constantFrom('manager' as const, 'same-number' as const)), { maxLength: 5 })
  .map((drafts) => drafts.map(([[member, other], by], index) => merge(member, other, by, `merge-${index}`)));
const unmerges = fc
  .array(fc.tuple(pair, fc.subarray(['merge-0', 'merge-1', 'merge-2', 'merge-3', 'merge-4'])), {
    maxLength: 3,
  })
  .map((drafts) => drafts.map(([[member, other], named]) => unmerge(member, other, ...named)));
const links = fc
  .tuple(merges, unmerges)
  .chain(([some, others]) =>
    fc.shuffledSubarray([...some, ...others], { minLength: some.length + others.length }),
  )
  .map((drafts) => seal('link', drafts));

/** Keeps the order of each, and mixes them. */
const shuffled = fc.tuple(histories, links, fc.infiniteStream(fc.boolean())).map(([events, said, coins]) => {
  const [left, right] = [[...events], [...said]];
  const mixed: KnownEvent[] = [];
  for (const coin of coins) {
    const next = (coin ? left : right).shift() ?? left.shift() ?? right.shift();
    if (!next) break;
    mixed.push(next);
  }
  return { events, said, mixed };
});

describe('whatever happens', () => {
  test('any order of merges and unmerges, anywhere among the rest, gives the same groups and cards', () => {
    fc.assert(
      fc.property(shuffled, ({ events, said, mixed }) => {
        const apart = [...events, ...said.toReversed()];
        expect(findGroups(mixed)).toEqual(findGroups(apart));
        expect(canonicalJson(foldEverybody(mixed))).toBe(canonicalJson(foldEverybody(apart)));
      }),
    );
  });

  test('groups share nobody, and who stands for one is in it', () => {
    fc.assert(
      fc.property(shuffled, ({ mixed }) => {
        const groups = findGroups(mixed);
        const everyone = groups.flatMap(({ members }) => members);
        expect(new Set(everyone).size).toBe(everyone.length);
        for (const { canonical, members } of groups) {
          expect(members[0]).toBe(canonical);
          expect(members.length).toBeGreaterThan(1);
        }
        for (const { member, other } of listActiveMerges(mixed)) {
          const group = groups.find(({ members }) => members.includes(member));
          expect(group?.members).toContain(other);
        }
      }),
    );
  });

  test('a merge that is taken back leaves every card as it was, to the byte', () => {
    fc.assert(
      fc.property(
        histories,
        pair,
        fc.constantFrom('manager' as const, 'same-number' as const),
        (events, [member, other], by) => {
          const said = seal('link', [merge(member, other, by, 'merge-0'), unmerge(other, member, 'merge-0')]);
          const before = canonicalJson(foldEverybody(events));
          expect(canonicalJson(foldEverybody([...events, ...said]))).toBe(before);
        },
      ),
    );
  });

  test('no unit is lost or made: earned is what was granted, less what joined twice with one number', () => {
    fc.assert(
      fc.property(shuffled, ({ mixed }) => {
        const groups = findGroups(mixed);
        const voided = voidedIds(mixed);
        const counted = mixed.filter(({ id }) => !voided.has(id)).flatMap((event) => readEvent(event) ?? []);
        for (const state of foldEverybody(mixed)) {
          const group = groups.find(({ canonical }) => canonical === state.member);
          const members = group?.members ?? [state.member];
          const own = counted.filter(({ member }) => member !== undefined && members.includes(member));
          for (const program of state.programs) {
            const { earned, adjusted, spent, expired } = program;
            const granted = own
              .filter(({ type }) => type !== 'adjustment')
              .flatMap((event) => countingGrants(event, group))
              .reduce((sum, grant) => sum + (grant.program === program.program ? grant.units : 0), 0);
            expect(earned).toBe(granted);
            expect(earned + adjusted).toBe(balanceOf(program) + spent + expired);
            expect(balanceOf(program)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });

  test('a manager who merges two numbers gives and takes no unit', () => {
    fc.assert(
      fc.property(histories, pair, (events, [member, other]) => {
        const earned = (states: readonly MemberState[]) =>
          states.flatMap(({ programs }) => programs).reduce((sum, program) => sum + program.earned, 0);
        const merged = [...events, ...seal('link', [merge(member, other, 'manager', 'merge-0')])];
        expect(earned(foldEverybody(merged))).toBe(earned(foldEverybody(events)));
      }),
    );
  });

  test('the events alone of one who was never merged fold as they always did', () => {
    const events = eventsOf([{ kind: 'grant', type: 'visit', program: COFFEE, units: 3 }]);
    expect(findGroups(events)).toEqual([]);
    expect(foldMember(ANNA, events, PROGRAMS).visits).toBe(1);
  });
});
