import type { NonsenseCode, ProgramPlace } from '#shared/domain/program-place.ts';
import type { ProgramDefinition, Promotion, Reward } from '#shared/domain/program.ts';
import { FULL_CARD, FULL_POINTS } from './program-drafts.ts';

/** A case for every kind of nonsense an owner might publish, made from definitions that have none. */

export const points = (change: Partial<ProgramDefinition>): ProgramDefinition => ({
  ...FULL_POINTS,
  ...change,
});
export const card = (change: Partial<ProgramDefinition>): ProgramDefinition => ({ ...FULL_CARD, ...change });

const [HALF, FINAL] = FULL_CARD.rewards as [Reward, Reward];
export const gift = (change: Partial<Reward>): Reward =>
  ({ kind: 'free-item', id: 'x', at: 60, name: 'X', ...change }) as Reward;
export const onCard = (...rewards: readonly Reward[]) =>
  card({ rewards: [...FULL_CARD.rewards, ...rewards] });
const forPoints = (change: Partial<Reward>) => points({ rewards: [...FULL_POINTS.rewards, gift(change)] });
export const multiplier = (window: object): Promotion[] => [
  {
    kind: 'multiplier',
    id: 'x',
    name: 'X',
    percent: 200,
    window: { weekdays: [], from: null, until: null, firstDay: null, lastDay: null, ...window },
  },
];
export const tiers = (by: 'units' | 'visits', ...levels: readonly (readonly [string, number, number])[]) => ({
  by,
  levels: levels.map(([id, from, percent]) => ({ id, name: id, from, percent, note: '' })),
});
/** Only joining and three friends give anything: 10 + 5 + 3 × 20 points at most. */
export const FEW: Partial<ProgramDefinition> = {
  earn: [{ kind: 'referral', id: 'friend', units: 20, friendUnits: 5, cap: 3 }],
  promotions: [],
  offers: [],
  rewards: [],
};
export const rewardPlace = (id: string): ProgramPlace => ({ part: 'rewards', id });

export interface NonsenseCase {
  readonly code: NonsenseCode;
  readonly what: string;
  readonly draft: unknown;
  readonly place: ProgramPlace;
}

export const NONSENSE_CASES: readonly NonsenseCase[] = [
  {
    code: 'price-not-positive',
    what: 'a price of nothing',
    draft: points({ offers: [{ kind: 'prepaid', id: 'x', name: 'X', price: 0, units: 3 }] }),
    place: { part: 'offers', id: 'x' },
  },
  {
    code: 'price-not-positive',
    what: 'a negative price',
    draft: points({ items: [{ name: 'Tobacco', category: null, price: -900 }] }),
    place: { part: 'items', id: 'Tobacco' },
  },
  {
    code: 'no-final-reward',
    what: 'a full card that gives nothing',
    draft: card({ rewards: [HALF] }),
    place: { part: 'rewards' },
  },
  {
    code: 'two-final-rewards',
    what: 'two rewards for a full card',
    draft: onCard(gift({ at: 10 })),
    place: rewardPlace('x'),
  },
  {
    code: 'reward-beyond-card',
    what: 'a place the card does not have',
    draft: onCard(gift({ at: 11 })),
    place: rewardPlace('x'),
  },
  {
    code: 'two-rewards-at-one-place',
    what: 'two rewards on the way at one place',
    draft: onCard(gift({ at: 5 })),
    place: rewardPlace('x'),
  },
  {
    code: 'reward-out-of-reach',
    what: 'a price that joining and a few friends never pay',
    draft: points({ ...FEW, tiers: undefined, rewards: [gift({ at: 76 })] }),
    place: rewardPlace('x'),
  },
  {
    code: 'reward-out-of-reach',
    what: 'a price where nothing earns',
    draft: points({ ...FEW, earn: [], headStart: 0, rewards: [gift({ at: 1 })] }),
    place: rewardPlace('x'),
  },
  {
    code: 'always-free',
    what: 'a gift for everybody at any time',
    draft: forPoints({ at: 0 }),
    place: rewardPlace('x'),
  },
  {
    code: 'always-free',
    what: 'a gift beside the card for everybody at any time',
    draft: onCard(gift({ at: 0 })),
    place: rewardPlace('x'),
  },
  {
    code: 'tier-unknown',
    what: 'a reward for a level that does not exist',
    draft: forPoints({ tier: 'platinum' }),
    place: rewardPlace('x'),
  },
  {
    code: 'tier-out-of-reach',
    what: 'a reward for a level nobody reaches',
    draft: points({
      ...FEW,
      tiers: tiers('units', ['gold', 76, 100]),
      rewards: [gift({ at: 10, tier: 'gold' })],
    }),
    place: rewardPlace('x'),
  },
  {
    code: 'level-out-of-reach',
    what: 'a level counted in points that nothing gives',
    draft: points({ ...FEW, tiers: tiers('units', ['gold', 76, 100]) }),
    place: { part: 'tiers', id: 'gold' },
  },
  {
    code: 'pass-not-sold',
    what: 'a reward for a pass that nobody can buy',
    draft: points({ offers: [] }),
    place: rewardPlace('ten'),
  },
  {
    code: 'pass-without-benefit',
    what: 'a pass that gives nothing',
    draft: points({ rewards: FULL_POINTS.rewards.filter(({ needsPass }) => !needsPass) }),
    place: { part: 'offers', id: 'pass' },
  },
  {
    code: 'birthday-on-card-place',
    what: 'a birthday gift on a place of the card',
    draft: onCard(gift({ at: 3, birthday: { daysBefore: 0, daysAfter: 0 } })),
    place: rewardPlace('x'),
  },
  {
    code: 'reward-expiry-without-card',
    what: 'a reward for points that expires by itself',
    draft: forPoints({ expiresAfterDays: 30 }),
    place: rewardPlace('x'),
  },
  {
    code: 'reward-expiry-without-card',
    what: 'a gift beside the card that expires by itself',
    draft: onCard(gift({ at: 0, birthday: { daysBefore: 0, daysAfter: 0 }, expiresAfterDays: 30 })),
    place: rewardPlace('x'),
  },
  {
    code: 'chosen-points-on-card',
    what: 'a choice of how many stamps to use',
    draft: onCard({ kind: 'chosen-points', id: 'x', at: 4, step: 2, amount: 100, name: 'X' }),
    place: rewardPlace('x'),
  },
  {
    code: 'chosen-points-as-gift',
    what: 'a birthday gift with a choice',
    draft: forPoints({
      kind: 'chosen-points',
      at: 100,
      step: 50,
      amount: 100,
      birthday: { daysBefore: 0, daysAfter: 0 },
    }),
    place: rewardPlace('x'),
  },
  {
    code: 'step-mismatch',
    what: 'a least amount that is no whole step',
    draft: forPoints({ kind: 'chosen-points', at: 150, step: 100, amount: 100 }),
    place: rewardPlace('x'),
  },
  {
    code: 'step-mismatch',
    what: 'a choice that begins at nothing',
    draft: forPoints({ kind: 'chosen-points', at: 0, step: 100, amount: 100, tier: 'gold' }),
    place: rewardPlace('x'),
  },
  {
    code: 'nothing-to-get',
    what: 'collecting for nothing',
    draft: { ...FULL_CARD, unit: { kind: 'points', icon: 'star' }, rewards: [] },
    place: { part: 'rewards' },
  },
  {
    code: 'card-never-fills',
    what: 'a card that nothing fills',
    draft: card({ earn: [] }),
    place: { part: 'unit' },
  },
  {
    code: 'head-start-fills-card',
    what: 'a card that is full on joining',
    draft: card({ headStart: 10 }),
    place: { part: 'headStart' },
  },
  {
    code: 'visit-over-own-limit',
    what: 'a visit above the limit of a visit',
    draft: points({ limits: { perVisit: 1, perDay: null, minutesBetween: null } }),
    place: { part: 'limits', id: 'perVisit' },
  },
  {
    code: 'visit-over-own-limit',
    what: 'a visit above the limit of a day',
    draft: points({ limits: { perVisit: null, perDay: 1, minutesBetween: null } }),
    place: { part: 'limits', id: 'perDay' },
  },
  {
    code: 'gives-too-much',
    what: 'a visit of more stamps than a visit can have',
    draft: card({ earn: [{ kind: 'visit', id: 'visit', units: 51 }], limits: FULL_POINTS.limits }),
    place: { part: 'earn', id: 'visit' },
  },
  {
    code: 'gives-too-much',
    what: 'a bonus of more stamps than a visit can have',
    draft: card({ promotions: [{ kind: 'win-back', id: 'back', name: 'Back', weeks: 4, units: 60 }] }),
    place: { part: 'promotions', id: 'back' },
  },
  {
    code: 'expires-before-full',
    what: 'a stamp a day that lasts a month, on a card of forty',
    draft: card({
      unit: { kind: 'stamps', size: 40, icon: 'cup' },
      rewards: [{ ...FINAL, at: 40 }],
      limits: { perVisit: 1, perDay: 1, minutesBetween: null },
      expiry: { kind: 'after-months', months: 1 },
    }),
    place: { part: 'expiry' },
  },
  {
    code: 'expires-before-full',
    what: 'points that a year of visits can’t collect',
    draft: points({
      earn: [{ kind: 'visit', id: 'visit', units: 1 }],
      offers: [{ kind: 'pass', id: 'pass', name: 'Pass', price: 100, months: 1 }],
      rewards: [...FULL_POINTS.rewards, gift({ at: 100_000 })],
      limits: { perVisit: 1, perDay: null, minutesBetween: 1440 },
      expiry: { kind: 'end-of-year', years: 0 },
    }),
    place: { part: 'expiry' },
  },
  {
    code: 'referral-gives-nothing',
    what: 'a recommendation without anything for either side',
    draft: points({
      earn: [...FULL_POINTS.earn, { kind: 'referral', id: 'x', units: 0, friendUnits: 0, cap: null }],
    }),
    place: { part: 'earn', id: 'x' },
  },
  {
    code: 'excluded-item-unknown',
    what: 'an excluded item without a button',
    draft: points({ items: [] }),
    place: { part: 'earn', id: 'amount' },
  },
  {
    code: 'excluded-item-without-price',
    what: 'an excluded item without a price',
    draft: points({ items: [{ name: 'tobacco', category: null, price: null }] }),
    place: { part: 'earn', id: 'amount' },
  },
  {
    code: 'item-named-twice',
    what: 'two buttons of one name, however it is written',
    draft: points({
      items: [...(FULL_POINTS.items ?? []), { name: ' LÀTTE ', category: null, price: null }],
    }),
    place: { part: 'items', id: 'LÀTTE' },
  },
  {
    code: 'money-without-currency',
    what: 'a price without a currency',
    draft: points({ currency: undefined }),
    place: { part: 'offers', id: 'pass' },
  },
  {
    code: 'money-without-currency',
    what: 'a share of every amount without a currency',
    draft: card({ charity: { name: 'C', basisPoints: 100, rounding: 'down' } }),
    place: { part: 'charity' },
  },
  {
    code: 'unknown-currency',
    what: 'a currency that does not exist',
    draft: points({ currency: 'QQQ' }),
    place: { part: 'currency' },
  },
  {
    code: 'duplicate-id',
    what: 'two rules of one key',
    draft: points({ promotions: [{ kind: 'win-back', id: 'visit', name: 'Back', weeks: 4, units: 1 }] }),
    place: { part: 'promotions', id: 'visit' },
  },
  {
    code: 'duplicate-id',
    what: 'a reward with the key of an action, which are counted together',
    draft: points({ rewards: [...FULL_POINTS.rewards, gift({ id: 'cup' })] }),
    place: rewardPlace('cup'),
  },
  {
    code: 'duplicate-id',
    what: 'two levels of one key',
    draft: points({ tiers: tiers('visits', ['gold', 1, 100], ['gold', 5, 120]) }),
    place: { part: 'tiers', id: 'gold' },
  },
  {
    code: 'reserved-id',
    what: 'a rule with the key of the welcome',
    draft: card({ earn: [{ kind: 'visit', id: 'joining', units: 1 }] }),
    place: { part: 'earn', id: 'joining' },
  },
  {
    code: 'reserved-id',
    what: 'a rule with the key of a level',
    draft: card({ earn: [{ kind: 'visit', id: 'tier:gold', units: 1 }] }),
    place: { part: 'earn', id: 'tier:gold' },
  },
  {
    code: 'levels-not-rising',
    what: 'a level that begins where the one below does',
    draft: points({ tiers: tiers('visits', ['silver', 5, 100], ['gold', 5, 120]) }),
    place: { part: 'tiers', id: 'gold' },
  },
  {
    code: 'level-worth-less',
    what: 'a level that earns less than the one below',
    draft: points({ tiers: tiers('visits', ['silver', 5, 150], ['gold', 10, 120]) }),
    place: { part: 'tiers', id: 'gold' },
  },
  {
    code: 'nothing-to-multiply',
    what: 'a promotion that doubles what nothing earns',
    draft: points({ ...FEW, promotions: multiplier({}) }),
    place: { part: 'promotions', id: 'x' },
  },
  {
    code: 'nothing-to-multiply',
    what: 'a level that raises what nothing earns',
    draft: points({ ...FEW, tiers: tiers('units', ['gold', 20, 150]) }),
    place: { part: 'tiers', id: 'gold' },
  },
  {
    code: 'promotion-never-runs',
    what: 'a promotion of no length',
    draft: points({ promotions: multiplier({ from: '14:00', until: '14:00' }) }),
    place: { part: 'promotions', id: 'x' },
  },
  {
    code: 'promotion-never-runs',
    what: 'a promotion until midnight, which is when its day begins',
    draft: points({ promotions: multiplier({ until: '00:00' }) }),
    place: { part: 'promotions', id: 'x' },
  },
  {
    code: 'promotion-never-runs',
    what: 'a promotion that ends before it begins',
    draft: points({ promotions: multiplier({ firstDay: '2026-05-02', lastDay: '2026-05-01' }) }),
    place: { part: 'promotions', id: 'x' },
  },
  {
    code: 'promotion-never-runs',
    what: 'Tuesdays from a Wednesday to a Monday',
    draft: points({
      promotions: multiplier({ weekdays: [2], firstDay: '2026-05-06', lastDay: '2026-05-11' }),
    }),
    place: { part: 'promotions', id: 'x' },
  },
  {
    code: 'withdrawn-at-first',
    what: 'a program that begins withdrawn',
    draft: card({ isWithdrawn: true }),
    place: { part: 'isWithdrawn' },
  },
];
