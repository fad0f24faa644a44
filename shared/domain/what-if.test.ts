import { expect, test } from 'vitest';
import type { Sale } from '../ledger/event.ts';
import type { PlainDay } from '../lib/brand.ts';
import { TODAY, card, fact, points, replay, wallOf } from '#tests/fakes/what-if-stand.ts';
import type { ProgramDefinition } from './program.ts';
import type { ReplayFact } from './what-if-fact.ts';
import { whatIfPeriod } from './what-if-period.ts';

const sale = (amount: number | null, more: Partial<Sale> = {}): Sale => ({
  amount,
  lines: [],
  type: null,
  ...more,
});

/** Visits on the first days of a month. */
const visitsIn = (month: string, count: number, change: Partial<ReplayFact> = {}) =>
  Array.from({ length: count }, (_, index) => fact(`${month}-${String(index + 1).padStart(2, '0')}`, change));

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
