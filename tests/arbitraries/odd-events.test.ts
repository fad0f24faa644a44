import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEvent, foldMember, stateOn } from '#shared/domain/fold.ts';
import { listHistory } from '#shared/domain/history.ts';
import { balanceOf, emptyMemberState } from '#shared/domain/member-state.ts';
import { makeProgramBook } from '#shared/domain/program.ts';
import { listProgramViews, listRewardOffers } from '#shared/domain/rewards.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId, PlainDay } from '#shared/lib/brand.ts';
import { shop } from './programs.ts';

// Events come from other tills too. Whatever their schemas let through, however little sense it makes, must not break the
// fold of a member, nor a screen.

const ANA = 'ana' as MemberId;
const day = fc.constantFrom('0000-01-01', '2024-02-29', '2026-11-20', '2027-01-01', '9999-12-31');
const text = fc.constantFrom('', '__proto__', 'constructor', 'joining', 'tier:level-0');
const id = fc.constantFrom('__proto__', 'constructor', 'ana', 'level-1', 'review', 'event-0', 'event-1');
const units = fc.constantFrom(0, 1, 7, 50, 300, 100_000_000_000);
const money = fc.constantFrom(0, 1, 9_999_999_999);
const huge = fc.constantFrom(1, 5, Number.MAX_SAFE_INTEGER);

/** @param named programs and rewards of the shop. */
function contentOf(named: { readonly programs: readonly string[]; readonly rewards: readonly string[] }) {
  const of = {
    program: fc.constantFrom('unknown', '__proto__', ...named.programs, ...named.programs),
    version: fc.constantFrom(1, 1, 2, 9, Number.MAX_SAFE_INTEGER),
  };
  const reward = fc.constantFrom('constructor', 'review', ...named.rewards);
  const grant = fc.record({ ...of, rule: text, units });
  const correction = fc.record({ ...of, rule: text, units: units.map((count) => -count) });
  const grants = fc.array(grant, { maxLength: 4 });
  const tier = fc.record({ level: id, until: fc.constantFrom(1, 2026, 9999) });
  const extras = {
    donations: fc.array(fc.record({ ...of, charity: text, amount: money }), { maxLength: 2 }),
    standings: fc.array(fc.record({ program: of.program, tier, passUntil: day }), { maxLength: 2 }),
    referredBy: id,
    referral: id,
    birthdayYear: fc.constantFrom(-5, 2026, Number.MAX_SAFE_INTEGER),
    amount: money,
    charity: text,
    passUntil: day,
  };
  const make = (type: string, fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
    fc
      .tuple(fc.record(fields), fc.record(extras, { requiredKeys: [] }))
      .map(([data, more]) => ({ type, data: { ...more, ...data } }));
  return fc.oneof(
    make('enrolment', { by: fc.constantFrom('phone', 'import'), grants, visit: fc.constantFrom(0, 1) }),
    make('visit', { count: huge, grants }),
    make('action', { ...of, action: reward, grants }),
    make('purchase', { ...of, offer: id, price: money, currency: text, grants }),
    make('referral', { friend: id, visit: id, grants }),
    make('opening', { grants, import: id }),
    make('adjustment', {
      grants: fc.array(correction, { maxLength: 2 }),
      reason: text,
    }),
    make('redemption', { ...of, reward, cost: huge }),
    make('void', { target: id }),
    make('constructor', {}),
  );
}

const odd = shop.chain((programs) => {
  const content = contentOf({
    programs: programs.map((program) => program.id),
    rewards: programs.flatMap(({ rewards }) => rewards.map((reward) => reward.id)),
  });
  const wall = fc.constantFrom(0, -1e12, 8.64e15, 1e300);
  return fc.record({
    book: fc.constant(makeProgramBook(programs)),
    today: day as fc.Arbitrary<PlainDay>,
    events: fc
      .array(fc.record({ content, day, wall }), { maxLength: 12, size: 'max' })
      .map((events) =>
        events.map((event, index) => eventOf({ ...event.content, ...event, id: `event-${index}` })),
      ),
  });
});

const eventOf = (fields: object): LedgerEvent =>
  ({
    v: 1,
    tz: 'Mars/Phobos',
    till: 'till',
    staff: 'somebody',
    member: ANA,
    ...fields,
  }) as unknown as LedgerEvent;

test('what a schema lets through breaks no fold and no screen, and no unit is lost', () => {
  fc.assert(
    fc.property(odd, ({ book, today, events }) => {
      const state = foldMember(ANA, events, book);
      const isUndone = events.some(({ type }) => type === 'void');
      const stepwise = events.reduce(
        (before, event) => applyEvent(before, event, book),
        emptyMemberState(ANA),
      );
      if (!isUndone) expect(JSON.stringify(stepwise)).toBe(JSON.stringify(state));
      expect(JSON.stringify(state)).not.toMatch(/NaN|"\d{5,}-/);
      for (const { programs } of [state, stateOn(state, today, book)]) {
        for (const program of programs) {
          const { earned, adjusted, spent, expired } = program;
          expect(earned + adjusted).toBe(balanceOf(program) + spent + expired);
        }
      }
      listRewardOffers(state, book, { day: today, birthday: '2000-02-29' as PlainDay });
      listProgramViews(state, book, today);
      expect(listHistory(events, state, book, today).length).toBeGreaterThanOrEqual(events.length);
    }),
    { numRuns: 30 },
  );
});
