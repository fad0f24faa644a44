import { expect, test } from 'vitest';
import { makePreset } from '#shared/domain/presets.ts';
import { findProgramProblems } from '#shared/domain/program-problems.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { ProgramId } from '#shared/lib/brand.ts';
import { changeCurrency, settleCurrency } from './draft-currency.ts';
import {
  convertReward,
  makeBadge,
  makeBirthdayGift,
  makeEarnRule,
  makeOffer,
  makePromotion,
  makeReward,
  makeTierLevel,
} from './new-rules.ts';
import {
  addRule,
  addTier,
  definitionOf,
  draftOf,
  findRewardPlace,
  isSameDefinition,
  listRules,
  removeRule,
  removeTier,
  resizeCard,
  setRule,
  setUnitKind,
  type RuleList,
} from './program-draft.ts';

const BAKERY = makePreset({
  key: 'bakery',
  id: 'bakery' as ProgramId,
  names: { name: 'Bakery card', finalReward: 'Cake', milestoneReward: 'Bun' },
  currency: 'EUR',
});
const TIERS = makePreset({
  key: 'tiers',
  id: 'tiers' as ProgramId,
  names: {
    name: 'Points',
    bronze: 'Bronze',
    silver: 'Silver',
    gold: 'Gold',
    drink: 'Drink',
    moneyOff: 'Money off',
    donation: 'Donation',
    charity: 'Lifeboats',
    birthdayGift: 'Cake',
  },
  currency: 'EUR',
});

test.each([BAKERY, TIERS])('an untouched draft is the program it began with', (program) => {
  expect(definitionOf(draftOf(program))).toEqual(program);
  expect(findProgramProblems(definitionOf(draftOf(program)))).toEqual([]);
});

test('a withdrawn program is edited to be brought back', () => {
  expect(draftOf({ ...BAKERY, isWithdrawn: true })).toEqual(BAKERY);
});

test.each<[RuleList, (draft: ProgramDefinition) => ProgramDefinition]>([
  ['earn', (draft) => addRule(draft, 'earn', makeEarnRule('item', 'new', 100))],
  ['rewards', (draft) => addRule(draft, 'rewards', makeReward('donation', 'new', 3))],
  ['promotions', (draft) => addRule(draft, 'promotions', makePromotion('win-back', 'new'))],
  ['offers', (draft) => addRule(draft, 'offers', makeOffer('prepaid', 'new'))],
  ['badges', (draft) => addRule(draft, 'badges', makeBadge('streak', 'new'))],
])('%s: a rule that is added and removed again leaves nothing behind', (list, add) => {
  const added = add(BAKERY);
  expect(listRules(added, list).at(-1)?.id).toBe('new');
  expect(removeRule(added, list, 'new')).toEqual(BAKERY);
});

test('a changed rule keeps its place and its id', () => {
  const next = setRule(BAKERY, 'earn', { kind: 'visit', id: 'visit', units: 2 });
  expect(next.earn).toEqual([{ kind: 'visit', id: 'visit', units: 2 }]);
});

test('the final reward moves with the size of the card, also through an empty field', () => {
  const places = (draft: ProgramDefinition) => draft.rewards.map(({ at }) => at);
  expect(places(resizeCard(BAKERY, 8, BAKERY))).toEqual([6, 8]);
  const emptied = resizeCard(BAKERY, Number.NaN, BAKERY);
  expect(places(resizeCard(emptied, 10, BAKERY))).toEqual([6, 10]);
});

test('a size that meets the milestone on the way does not take it along', () => {
  const met = resizeCard(BAKERY, 6, BAKERY);
  expect(resizeCard(met, 10, BAKERY).rewards.map(({ at }) => at)).toEqual([6, 10]);
});

test('a new reward takes a free place: the last one first, then near the middle', () => {
  expect(findRewardPlace(BAKERY)).toBe(5);
  expect(findRewardPlace({ ...BAKERY, rewards: [] })).toBe(12);
  expect(findRewardPlace(TIERS)).toBeNaN();
});

test('stamps become points and back: a card as long as its dearest reward', () => {
  const points = setUnitKind(BAKERY, 'points');
  expect(points.unit).toEqual({ kind: 'points', icon: 'croissant' });
  expect(setUnitKind(points, 'stamps').unit).toEqual({ kind: 'stamps', size: 12, icon: 'croissant' });
});

test('a removed tier takes its condition off the rewards', () => {
  const next = removeTier(TIERS, 'silver');
  expect(next.rewards.some(({ tier }) => tier === 'silver')).toBe(false);
  expect(findProgramProblems(definitionOf(next)).map(({ code }) => code)).not.toContain('tier-unknown');
  const none = ['bronze', 'gold'].reduce(removeTier, next);
  expect(none.tiers).toBeUndefined();
});

test('tiers are published lowest first, in whatever order they were added', () => {
  const draft = addTier(TIERS, { ...makeTierLevel('low', 5000), name: 'Start' });
  expect(definitionOf(draft).tiers?.levels.map(({ id }) => id)).toEqual(['low', 'bronze', 'silver', 'gold']);
});

test('texts are cleaned, ids are not', () => {
  const draft = setRule({ ...BAKERY, name: ' Bakery \u200b card ' }, 'earn', {
    ...makeEarnRule('amount', 'visit', 100),
    excludedSales: [' Gift card ', ''],
  } as never);
  expect(definitionOf(draft)).toMatchObject({
    name: 'Bakery card',
    earn: [{ excludedSales: ['Gift card'] }],
  });
});

test('a half-typed number is a problem at its place and no change of the others', () => {
  const draft = setRule(BAKERY, 'earn', { kind: 'visit', id: 'visit', units: Number.NaN });
  expect(isSameDefinition(draft, BAKERY)).toBe(false);
  expect(isSameDefinition(draft, definitionOf(draft))).toBe(true);
  expect(findProgramProblems(definitionOf(draft))).toMatchObject([
    { code: 'malformed', why: 'missing', place: { part: 'earn', id: 'visit' } },
  ]);
});

test('a reward of another kind keeps what both have', () => {
  const gift = { ...makeBirthdayGift('gift'), name: 'Cake', value: 200 };
  expect(convertReward(gift, 'amount-off')).toEqual({
    ...gift,
    kind: 'amount-off',
    amount: Number.NaN,
  });
});

test('the first amount brings the currency, the last one takes it away again', () => {
  const settle = (draft: ProgramDefinition) => settleCurrency(draft, { base: BAKERY, usual: 'JPY' });
  const sold = settle(addRule(BAKERY, 'offers', makeOffer('pass', 'pass')));
  expect(sold.currency).toBe('JPY');
  expect(settle(removeRule(sold, 'offers', 'pass'))).toEqual(BAKERY);
  expect(settle(TIERS).currency).toBe('EUR');
});

test('another currency keeps what was typed: 5.00 is 5 yen and 5.000 dinars', () => {
  const amountIn = (currency: string) => {
    const draft = changeCurrency(TIERS, currency);
    const reward = draft.rewards.find(({ kind }) => kind === 'donation');
    return [draft.currency, reward && 'amount' in reward ? reward.amount : 0, draft.tiers?.levels[0]?.from];
  };
  expect(amountIn('JPY')).toEqual(['JPY', 5, 100]);
  expect(amountIn('KWD')).toEqual(['KWD', 5000, 100_000]);
});
