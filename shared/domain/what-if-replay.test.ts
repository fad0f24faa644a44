import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  UNASSIGNED_STAFF,
  grantsOf,
  readEvent,
  type EventDraft,
  type KnownEvent,
  type Sale,
} from '../ledger/event.ts';
import { sealEvent, type StreamHead } from '../ledger/stream.ts';
import type { EventId, MemberId, PlainDay, ShopId, StreamId, TillId } from '../lib/brand.ts';
import { formatHlc } from '../lib/hlc.ts';
import { addDays } from '../lib/plain-day.ts';
import { TODAY, card, fact, points, replay, wallOf } from '#tests/fakes/what-if-stand.ts';
import { planAction, planJoining, planReferral, planVisit } from './earn.ts';
import { applyEvent } from './fold.ts';
import { emptyMemberState, type MemberState } from './member-state.ts';
import { makeProgramBook, type ProgramDefinition } from './program.ts';
import { listReadyRewards } from './rewards.ts';
import { readFact } from './what-if-fact.ts';
import { whatIfPeriod } from './what-if-period.ts';
import { createReplay } from './what-if.ts';

// The contract: played again under the rules it was made under, a history gives what the ledger recorded.

const everything: ProgramDefinition = {
  ...points,
  headStart: 3,
  earn: [
    { kind: 'visit', id: 'visit', units: 2 },
    ...points.earn,
    { kind: 'item', id: 'bun', item: 'Bun', units: 1 },
    { kind: 'category', id: 'cakes', category: 'Cakes', units: 2 },
    { kind: 'action', id: 'cup', name: 'Returned cup', units: 1, perDay: 2 },
    { kind: 'referral', id: 'friend', units: 7, friendUnits: 4, cap: 2 },
  ],
  promotions: [
    {
      kind: 'multiplier',
      id: 'tuesday',
      name: 'Double Tuesday',
      percent: 200,
      window: { weekdays: [2], from: '14:00', until: '16:00', firstDay: null, lastDay: null },
    },
    { kind: 'win-back', id: 'back', name: 'Welcome back', weeks: 3, units: 5 },
  ],
  tiers: { by: 'units', levels: [{ id: 'gold', name: 'Gold', from: 40, percent: 150, note: '' }] },
  offers: [{ kind: 'prepaid', id: 'ten', name: 'Ten', price: 1000, units: 10 }],
  expiry: { kind: 'after-last-visit', months: 2 },
  charity: { name: 'Lifeboats', basisPoints: 250, rounding: 'nearest' },
  items: [{ name: 'Bun', category: 'Cakes', price: 150 }],
};
const stamps: ProgramDefinition = { ...everything, unit: card.unit, rewards: card.rewards, headStart: 2 };

test('a zone that this computer has not heard of does not end the replay', () => {
  const played = createReplay({ draft: everything, base: undefined, period: whatIfPeriod(TODAY, 1, [card]) });
  played.play([fact('2026-03-10', { tz: 'Mars/Phobos' })]);
  expect(played.result()).toMatchObject({ visits: 1, draft: { units: 2 } });
});

type Step =
  | {
      readonly kind: 'visit';
      readonly count: number;
      readonly sale: Sale | undefined;
      readonly isUndone: boolean;
    }
  | { readonly kind: 'action' | 'purchase' | 'redeem' | 'friend' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('visit' as const),
      count: fc.integer({ min: 1, max: 3 }),
      isUndone: fc.boolean(),
      sale: fc.option(
        fc.record({
          amount: fc.option(fc.integer({ min: 0, max: 5000 })),
          lines: fc.constantFrom<Sale['lines']>([], [{ item: 'Bun', category: 'Cakes', count: 2 }]),
          type: fc.constant(null),
        }),
        { nil: undefined },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('action' as const, 'purchase' as const, 'redeem' as const, 'friend' as const),
    }),
  },
);
const history = fc.array(fc.record({ step, hours: fc.integer({ min: 1, max: 700 }) }), { maxLength: 25 });

/** One member at a counter under `program`. Undone is what was undone at once, before anything else was decided by it. */
function atCounter(
  program: ProgramDefinition,
  steps: readonly { readonly step: Step; readonly hours: number }[],
): KnownEvent[] {
  const programs = makeProgramBook([program]);
  const { id, version } = program;
  const timeZone = 'Europe/Paris';
  let head: StreamHead = { stream: 'stream' as StreamId, seq: 0, link: '' };
  let state: MemberState = emptyMemberState('ada' as MemberId);
  let wall = wallOf('2025-05-01', '08:00');
  const kept: KnownEvent[] = [];
  const day = () => new Date(wall).toISOString().slice(0, 10) as PlainDay;
  const write = (draft: Pick<EventDraft, 'type' | 'data'>, isUndone = false) => {
    const context = {
      shop: 'shop' as ShopId,
      till: 'till' as TillId,
      hlc: formatHlc({ wallMs: wall, counter: 0 }, 'till' as TillId),
      wall,
      tz: timeZone,
      day: day(),
    };
    const named = {
      ...draft,
      id: `e${head.seq}` as EventId,
      staff: UNASSIGNED_STAFF,
      member: state.member,
    } as EventDraft;
    const sealed = sealEvent(named, head, context);
    head = sealed.head;
    if (isUndone) return;
    state = applyEvent(state, sealed.event, programs);
    kept.push(sealed.event);
  };
  const joining = planJoining([program]);
  write({ type: 'enrolment', data: { by: 'phone', grants: joining, visit: 0 } });
  for (const { step: next, hours } of steps) {
    wall += hours * 3_600_000;
    switch (next.kind) {
      case 'visit': {
        const plan = planVisit({
          state,
          programs: [program],
          count: next.count,
          sale: next.sale,
          atMs: wall,
          day: day(),
          timeZone,
        });
        const data = {
          count: next.count,
          grants: [...plan.grants],
          donations: [...plan.donations],
          ...(next.sale ? { sale: next.sale } : {}),
        };
        write({ type: 'visit', data }, next.isUndone);
        break;
      }
      case 'action': {
        const plan = planAction({ state, program, action: 'cup', day: day() });
        if (plan && plan.breaches.length === 0)
          write({ type: 'action', data: { program: id, version, action: 'cup', grants: [...plan.grants] } });
        break;
      }
      case 'purchase':
        write({
          type: 'purchase',
          data: {
            program: id,
            version,
            offer: 'ten',
            price: 1000,
            currency: 'EUR',
            grants: [{ program: id, version, rule: 'ten', units: 10 }],
          },
        });
        break;
      case 'friend': {
        const friend = { member: 'bob' as MemberId, visits: 0 };
        const { referrer } = planReferral({ friend, referrer: state, programs: [program] });
        write({ type: 'referral', data: { friend: 'bob', visit: 'visit', grants: [...referrer] } });
        break;
      }
      case 'redeem': {
        const [ready] = listReadyRewards(state, programs, { day: day(), birthday: null });
        if (ready)
          write({
            type: 'redemption',
            data: { program: id, version, reward: ready.reward.id, cost: ready.cost },
          });
        break;
      }
    }
  }
  return kept;
}

test.each([
  ['points', everything],
  ['stamps', stamps],
] as const)(
  '%s: under the published rules a replay gives exactly what was given at the counter',
  (_, program) => {
    fc.assert(
      fc.property(history, (steps) => {
        const events = atCounter(program, steps);
        const to = addDays(events.at(-1)?.day ?? TODAY, 1);
        const months = 24;
        const facts = events.flatMap((event) => readFact(event, program.id) ?? []);
        const game = createReplay({
          draft: { ...program, headStart: 0 },
          base: program,
          period: whatIfPeriod(to, months, [program]),
        });
        game.play(facts);
        const known = events.filter((event) => readEvent(event));
        const units = known.flatMap(grantsOf).reduce((sum, grant) => sum + grant.units, 0);
        const donated = known.flatMap((event) =>
          event.type === 'visit' ? (event.data.donations ?? []) : [],
        );
        expect(game.result().now).toMatchObject({
          units,
          donations: donated.reduce((sum, { amount }) => sum + amount, 0),
        });
      }),
      { numRuns: 300, seed: 3 },
    );
  },
);

test('the draft beside it changes nothing of what the published rules give', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const facts = atCounter(everything, steps).flatMap((event) => readFact(event, everything.id) ?? []);
      const alone = replay([facts], { draft: card, base: everything, months: 12 }).now;
      const other = replay([facts], { draft: stamps, base: everything, months: 12 }).now;
      expect(alone).toEqual(other);
    }),
    { numRuns: 100, seed: 4 },
  );
});
