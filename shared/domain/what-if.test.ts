import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  UNASSIGNED_STAFF,
  grantsOf,
  readEvent,
  type EventDraft,
  type KnownEvent,
  type Sale,
} from '#shared/ledger/event.ts';
import { sealEvent, type StreamHead } from '#shared/ledger/stream.ts';
import type { EventId, MemberId, PlainDay, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import { formatHlc } from '#shared/lib/hlc.ts';
import { addDays } from '#shared/lib/plain-day.ts';
import { planAction, planJoining, planReferral, planVisit } from './earn.ts';
import { applyEvent } from './fold.ts';
import { emptyMemberState, type MemberState } from './member-state.ts';
import { makeProgramBook, type ProgramDefinition } from './program.ts';
import { listReadyRewards } from './rewards.ts';
import { readFact, type ReplayFact } from './what-if-fact.ts';
import { whatIfPeriod } from './what-if-period.ts';
import { createReplay } from './what-if.ts';

const TODAY = '2026-03-31' as PlainDay;

const card: ProgramDefinition = {
  id: 'coffee',
  version: 3,
  name: 'Coffee card',
  unit: { kind: 'stamps', size: 5, icon: 'cup' },
  earn: [{ kind: 'visit', id: 'visit', units: 1 }],
  headStart: 0,
  rewards: [{ kind: 'free-item', id: 'final', at: 5, name: 'Free coffee', value: 300 }],
  limits: { perVisit: null, perDay: null, minutesBetween: null },
  expiry: { kind: 'none' },
  currency: 'EUR',
};
const points: ProgramDefinition = {
  ...card,
  id: 'points',
  unit: { kind: 'points', icon: 'star' },
  earn: [
    {
      kind: 'amount',
      id: 'euro',
      units: 1,
      per: 100,
      minimum: null,
      rounding: 'down',
      excludedItems: [],
      excludedSales: [],
    },
  ],
  rewards: [{ kind: 'amount-off', id: 'off', at: 10, name: 'Five off', amount: 500 }],
};

const wallOf = (day: string, time = '09:00') => Date.parse(`${day}T${time}:00Z`);
const sale = (amount: number | null, more: Partial<Sale> = {}): Sale => ({
  amount,
  lines: [],
  type: null,
  ...more,
});

function fact(day: string, change: Partial<ReplayFact> = {}): ReplayFact {
  return {
    kind: 'visit',
    wall: wallOf(day),
    day: day as PlainDay,
    tz: 'UTC',
    count: 1,
    sale: undefined,
    rule: null,
    passUntil: null,
    isReferred: false,
    ...change,
  };
}

/** Visits on the first days of a month. */
const visitsIn = (month: string, count: number, change: Partial<ReplayFact> = {}) =>
  Array.from({ length: count }, (_, index) => fact(`${month}-${String(index + 1).padStart(2, '0')}`, change));

function replay(
  members: readonly (readonly ReplayFact[])[],
  request: { draft: ProgramDefinition; base?: ProgramDefinition; months?: number },
) {
  const { draft, base, months = 1 } = request;
  const period = whatIfPeriod(TODAY, months, base ? [draft, base] : [draft]);
  const game = createReplay({ draft, base, period });
  for (const facts of members) game.play(facts);
  return game.result();
}

test('a shorter card gives more rewards for the same visits, and both are told', () => {
  const shorter: ProgramDefinition = {
    ...card,
    unit: { kind: 'stamps', size: 4, icon: 'cup' },
    rewards: [{ kind: 'free-item', id: 'final', at: 4, name: 'Free coffee', value: 300 }],
  };
  const result = replay([visitsIn('2026-03', 8), visitsIn('2026-03', 4)], { draft: shorter, base: card });
  expect(result).toMatchObject({ visits: 12, visitors: 2 });
  expect(result.now).toMatchObject({ units: 12, rewards: 1, cost: 300, rewarded: 1, unpriced: 0 });
  expect(result.draft).toMatchObject({ units: 12, rewards: 3, cost: 900, rewarded: 2, unpriced: 0 });
});

test('cards were half full when the period began, but what they gave before is not counted', () => {
  const result = replay([[...visitsIn('2026-02', 9), ...visitsIn('2026-03', 1)]], { draft: card });
  expect(result.draft).toMatchObject({ units: 1, rewards: 1, cost: 300 });
  expect(result).toMatchObject({ visits: 1, now: undefined });
});

test('a reward without a price is counted and said to be without one', () => {
  const unpriced: ProgramDefinition = {
    ...card,
    rewards: [
      { kind: 'free-item', id: 'cookie', at: 2, name: 'Cookie' },
      { kind: 'free-item', id: 'final', at: 5, name: 'Free coffee', value: 300 },
    ],
  };
  const { draft } = replay([visitsIn('2026-03', 5)], { draft: unpriced });
  expect(draft).toMatchObject({ rewards: 2, unpriced: 1, cost: 300, rewarded: 1 });
  expect(draft.byReward).toMatchObject([
    { reward: { id: 'cookie' }, times: 1, cost: undefined },
    { reward: { id: 'final' }, times: 1, cost: 300 },
  ]);
});

test('points by amount: what is taken off is what it costs, and untyped amounts are counted', () => {
  const facts = [
    fact('2026-03-02', { sale: sale(1250) }),
    fact('2026-03-03', { sale: sale(null) }),
    fact('2026-03-04', { sale: sale(1000) }),
  ];
  const result = replay([facts], { draft: points });
  expect(result.draft).toMatchObject({ units: 22, rewards: 2, cost: 1000 });
  expect(result.notes).toContainEqual({ code: 'without-amount', count: 1 });
});

test('members who choose how many points to use take whole steps', () => {
  const chosen: ProgramDefinition = {
    ...points,
    rewards: [{ kind: 'chosen-points', id: 'off', at: 10, step: 5, name: 'Off', amount: 100 }],
  };
  const { draft } = replay([[fact('2026-03-02', { sale: sale(1900) })]], { draft: chosen });
  expect(draft).toMatchObject({ units: 19, rewards: 1, cost: 300 });
});

test('a share of sales goes to a charity', () => {
  const giving: ProgramDefinition = {
    ...card,
    charity: { name: 'Lifeboats', basisPoints: 100, rounding: 'down' },
  };
  const { draft } = replay([[fact('2026-03-02', { sale: sale(1299) })]], { draft: giving });
  expect(draft.donations).toBe(12);
});

test('units that would have lapsed are counted in the month in which they do', () => {
  const short: ProgramDefinition = { ...card, expiry: { kind: 'after-months', months: 1 } };
  const facts = [fact('2026-01-10'), fact('2026-01-20'), fact('2026-03-05')];
  const { draft } = replay([facts], { draft: short, months: 3 });
  expect(draft).toMatchObject({ units: 3, expired: 2, rewards: 0 });
  expect(draft.months.map(({ from, to, units, expired }) => ({ from, to, units, expired }))).toEqual([
    { from: '2026-01-01', to: '2026-01-31', units: 2, expired: 0 },
    { from: '2026-02-01', to: '2026-02-28', units: 0, expired: 2 },
    { from: '2026-03-01', to: '2026-03-31', units: 1, expired: 0 },
  ]);
});

test('visitors are told by the tier they would be in', () => {
  const tiered: ProgramDefinition = {
    ...card,
    tiers: {
      by: 'visits',
      levels: [
        { id: 'silver', name: 'Silver', from: 2, percent: 100, note: '' },
        { id: 'gold', name: 'Gold', from: 4, percent: 200, note: '' },
      ],
    },
  };
  const members = [
    visitsIn('2026-03', 1),
    visitsIn('2026-03', 3),
    visitsIn('2026-03', 5),
    visitsIn('2026-01', 5),
  ];
  const { draft } = replay(members, { draft: tiered });
  expect(draft.tiers.map(({ level, members: count }) => [level?.id ?? null, count])).toEqual([
    [null, 1],
    ['silver', 1],
    ['gold', 1],
  ]);
  // The fifth visit of the third member comes with gold.
  expect(draft.units).toBe(10);
});

test('a perk of a tier is taken with each visit and has a note', () => {
  const perk: ProgramDefinition = {
    ...card,
    tiers: { by: 'visits', levels: [{ id: 'gold', name: 'Gold', from: 2, percent: 100, note: '' }] },
    rewards: [
      ...card.rewards,
      { kind: 'free-item', id: 'water', at: 0, name: 'Water', value: 20, tier: 'gold' },
    ],
  };
  const result = replay([visitsIn('2026-03', 4)], { draft: perk });
  expect(result.draft).toMatchObject({ rewards: 3, cost: 60 });
  expect(result.notes).toContainEqual({ code: 'perks-each-visit' });
});

test('a pass that was sold gives what needs a pass, as long as the draft’s lasts', () => {
  const pass = (months: number): ProgramDefinition => ({
    ...card,
    offers: [{ kind: 'pass', id: 'pass', name: 'Pass', price: 900, months }],
    rewards: [
      ...card.rewards,
      { kind: 'free-item', id: 'tea', at: 0, name: 'Tea', value: 100, needsPass: true },
    ],
  });
  const facts = [
    fact('2026-03-01', { kind: 'purchase', count: 0, rule: 'pass', passUntil: '2026-04-01' as PlainDay }),
    ...visitsIn('2026-03', 3),
  ];
  expect(replay([facts], { draft: pass(1), base: pass(1) }).draft).toMatchObject({ rewards: 3, cost: 300 });
  const shorter = [
    fact('2026-02-20', { kind: 'purchase', count: 0, rule: 'pass', passUntil: '2026-04-20' as PlainDay }),
    ...visitsIn('2026-03', 3),
    fact('2026-03-25'),
  ];
  const result = replay([shorter], { draft: pass(1), base: pass(2) });
  expect(result.now).toMatchObject({ rewards: 4 });
  expect(result.draft).toMatchObject({ rewards: 3 });
});

test('visits beyond a limit of the draft count in full and are told', () => {
  const strict: ProgramDefinition = { ...card, limits: { perVisit: null, perDay: 1, minutesBetween: null } };
  const twice = [fact('2026-03-02'), fact('2026-03-02', { wall: wallOf('2026-03-02', '12:00') })];
  const result = replay([twice], { draft: strict, base: card });
  expect(result.now).toMatchObject({ units: 2, overLimit: 0 });
  expect(result.draft).toMatchObject({ units: 2, overLimit: 1 });
});

test('a withdrawn program gives nothing, a member without visits is nobody, tomorrow does not count', () => {
  const result = replay([visitsIn('2026-03', 5), [], [fact('2026-04-01')]], {
    draft: { ...card, isWithdrawn: true },
    base: card,
  });
  expect(result).toMatchObject({ visits: 5, visitors: 1 });
  expect(result.now).toMatchObject({ units: 5, rewards: 1 });
  expect(result.draft).toMatchObject({ units: 0, rewards: 0, cost: 0 });
});

test('one visit that earns a thousand rewards ends', () => {
  const cheap: ProgramDefinition = {
    ...points,
    rewards: [{ kind: 'free-item', id: 'gum', at: 1, name: 'Gum', value: 1 }],
  };
  const { draft } = replay([[fact('2026-03-02', { sale: sale(9_999_999_999) })]], { draft: cheap });
  expect(draft.rewards).toBeGreaterThan(0);
});

test('notes say what a replay can’t know', () => {
  const asking: ProgramDefinition = {
    ...points,
    earn: [
      ...points.earn,
      { kind: 'referral', id: 'friend', units: 5, friendUnits: 5, cap: null },
      { kind: 'action', id: 'cup', name: 'Cup', units: 1, perDay: 1 },
      { kind: 'item', id: 'bun', item: 'Bun', units: 1 },
    ],
    rewards: [
      ...points.rewards,
      { kind: 'free-item', id: 'cake', at: 50, name: 'Cake' },
      { kind: 'free-item', id: 'gift', at: 0, name: 'Gift', birthday: { daysBefore: 1, daysAfter: 1 } },
    ],
  };
  const codes = (draft: ProgramDefinition, base?: ProgramDefinition) =>
    replay([visitsIn('2026-03', 2)], { draft, ...(base ? { base } : {}) }).notes.map(({ code }) => code);
  expect(codes(card)).toEqual(['taken-at-once', 'no-balances']);
  expect(codes(asking, points)).toEqual([
    'cheapest-first',
    'no-birthdays',
    'no-referrals',
    'no-actions',
    'without-amount',
    'without-items',
    'no-balances',
  ]);
  expect(codes(asking, asking)).not.toContain('no-referrals');
});

test('the run-up is as long as units last, a year at least and three at most', () => {
  const lasting = (months: number): ProgramDefinition => ({
    ...card,
    expiry: { kind: 'after-months', months },
  });
  expect(whatIfPeriod(TODAY, 1, [card])).toMatchObject({ from: '2026-03-01', playedFrom: '2025-03-01' });
  expect(whatIfPeriod(TODAY, 12, [lasting(24)])).toMatchObject({
    from: '2025-04-01',
    playedFrom: '2023-04-01',
  });
  expect(whatIfPeriod(TODAY, 1, [lasting(120), card]).playedFrom).toBe('2023-03-01');
});

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
