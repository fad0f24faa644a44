import type {
  Badge,
  EarnRule,
  Offer,
  Promotion,
  Reward,
  SaleItem,
  TierLevel,
} from '#shared/domain/program.ts';

/** Rules as they are when their owner has just asked for them: what can be guessed is there, the rest is to be typed. */

const EMPTY = Number.NaN;
const DOUBLE = 200;
const EVERY_TIME = { weekdays: [], from: null, until: null, firstDay: null, lastDay: null };

export const EARN_KINDS = ['visit', 'amount', 'item', 'category', 'action'] as const;

export function makeEarnRule(
  kind: EarnRule['kind'],
  id: string,
  /** One whole unit of the currency in minor units. */
  one: number,
): EarnRule {
  switch (kind) {
    case 'visit':
      return { kind, id, units: 1 };
    case 'amount':
      return {
        kind,
        id,
        units: 1,
        per: one,
        minimum: null,
        rounding: 'down',
        excludedItems: [],
        excludedSales: [],
      };
    case 'item':
      return { kind, id, item: '', units: 1 };
    case 'category':
      return { kind, id, category: '', units: 1 };
    case 'action':
      return { kind, id, name: '', units: 1, perDay: 1 };
    case 'referral':
      return { kind, id, units: 1, friendUnits: 1, cap: null };
  }
}

export const REWARD_KINDS = ['free-item', 'amount-off', 'percent-off', 'donation', 'chosen-points'] as const;

export function makeReward(kind: Reward['kind'], id: string, at: number): Reward {
  const base = { id, at, name: '' };
  switch (kind) {
    case 'free-item':
      return { kind, ...base };
    case 'amount-off':
      return { kind, ...base, amount: EMPTY };
    case 'percent-off':
      return { kind, ...base, percent: 10, category: null };
    case 'donation':
      return { kind, ...base, amount: EMPTY, charity: '' };
    case 'chosen-points':
      return { kind, ...base, at: 100, step: 100, amount: EMPTY };
  }
}

/** A gift costs nothing: the birthday decides. */
export const makeBirthdayGift = (id: string): Reward => ({
  kind: 'free-item',
  id,
  at: 0,
  name: '',
  birthday: { daysBefore: 0, daysAfter: 7 },
});

/** The same reward of another kind: what both have stays. */
export function convertReward(reward: Reward, kind: Reward['kind']): Reward {
  const fresh = makeReward(kind, reward.id, reward.at);
  const kept = Object.fromEntries(
    ['at', 'name', 'value', 'tier', 'needsPass', 'birthday', 'cap', 'expiresAfterDays', 'amount']
      .filter((key) => key in reward && (key in fresh || key !== 'amount'))
      .map((key) => [key, reward[key as keyof Reward]]),
  );
  return { ...fresh, ...kept };
}

export const PROMOTION_KINDS = ['multiplier', 'item-bonus', 'win-back'] as const;

export function makePromotion(kind: Promotion['kind'], id: string): Promotion {
  switch (kind) {
    case 'multiplier':
      return { kind, id, name: '', percent: DOUBLE, window: EVERY_TIME };
    case 'item-bonus':
      return { kind, id, name: '', item: '', units: 1, window: EVERY_TIME };
    case 'win-back':
      return { kind, id, name: '', weeks: 8, units: 1 };
  }
}

export const makeTierLevel = (id: string, from: number): TierLevel => ({
  id,
  name: '',
  from,
  percent: 100,
  note: '',
});

export const OFFER_KINDS = ['pass', 'prepaid'] as const;

export function makeOffer(kind: Offer['kind'], id: string): Offer {
  return kind === 'pass'
    ? { kind, id, name: '', price: EMPTY, months: 12 }
    : { kind, id, name: '', price: EMPTY, units: 10 };
}

export const BADGE_KINDS = ['visits', 'streak', 'donation'] as const;

export function makeBadge(kind: Badge['kind'], id: string): Badge {
  switch (kind) {
    case 'visits':
      return { kind, id, name: '', icon: 'star', visits: 10 };
    case 'streak':
      return { kind, id, name: '', icon: 'sparkles', weeks: 4 };
    case 'donation':
      return { kind, id, name: '', icon: 'heart' };
  }
}

export const makeItem = (): SaleItem => ({ name: '', category: null, price: null });
