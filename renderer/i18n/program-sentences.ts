import type { ProgramPart } from '#shared/domain/program-place.ts';
import type { Badge, EarnRule, Expiry, Offer, ProgramDefinition, SaleItem } from '#shared/domain/program.ts';
import { promotionSentence } from './promotion-sentence.ts';
import { rewardSentence } from './reward-sentence.ts';
import { tierSentences } from './tier-sentences.ts';
import type { ProgramSentence, WordKit } from './word-kit.ts';

/**
 * A program as one would explain it to a customer: what earns, what it gives, within which bounds. Every sentence names
 * the place it speaks of, and every part a problem can lie in has one.
 */
export function listSentences(kit: WordKit, definition: ProgramDefinition): ProgramSentence[] {
  const { t } = kit;
  const at = (part: ProgramPart, text: string, id?: string): ProgramSentence => ({
    place: id === undefined ? { part } : { part, id },
    text,
  });
  const { earn, rewards, unit, headStart, expiry, charity, currency } = definition;
  return [
    ...(definition.isWithdrawn ? [at('isWithdrawn', t('sentence.withdrawn'))] : []),
    at('unit', unit.kind === 'stamps' ? sizeText(kit, unit.size) : pointsText(kit, definition)),
    ...(earn.length === 0 && !definition.offers?.length ? [at('earn', t('sentence.earnNothing'))] : []),
    ...earn.map((rule) => at('earn', earnSentence(kit, rule, definition), rule.id)),
    ...(headStart === 0
      ? []
      : [at('headStart', t('sentence.headStart', { units: kit.units(definition, headStart) }))]),
    ...(definition.promotions ?? []).map((promotion) =>
      at('promotions', promotionSentence(kit, promotion, definition), promotion.id),
    ),
    ...missingReward(kit, definition),
    ...inOrder(rewards).map((reward) => at('rewards', rewardSentence(kit, reward, definition), reward.id)),
    at('expiry', expirySentence(kit, expiry, definition)),
    ...limitSentences(kit, definition),
    ...tierSentences(kit, definition),
    ...(definition.offers ?? []).map((offer) =>
      at('offers', offerSentence(kit, offer, definition), offer.id),
    ),
    ...(definition.badges ?? []).map((badge) => at('badges', badgeSentence(kit, badge), badge.id)),
    ...(charity
      ? [
          at(
            'charity',
            t('sentence.charity', {
              percent: kit.format.percent(charity.basisPoints / 100),
              charity: kit.quote(charity.name),
            }),
          ),
        ]
      : []),
    ...(definition.items ?? []).map((item) => at('items', itemSentence(kit, item, definition), item.name)),
    ...(currency === undefined ? [] : [at('currency', t('sentence.currency', { currency }))]),
  ];
}

/** By price; what costs nothing comes last. */
const inOrder = (rewards: ProgramDefinition['rewards']) =>
  [...rewards].sort((a, b) => (a.at || Infinity) - (b.at || Infinity));

function missingReward({ t }: WordKit, { unit, rewards }: ProgramDefinition): ProgramSentence[] {
  const place = { part: 'rewards' } as const;
  if (unit.kind === 'stamps' && !rewards.some(({ at }) => at === unit.size)) {
    return [{ place, text: t('sentence.cardNothing') }];
  }
  return rewards.length === 0 ? [{ place, text: t('sentence.rewardNothing') }] : [];
}

const sizeText = ({ t, format }: WordKit, size: number) =>
  t('sentence.size', { count: size, formatted: format.number(size) });

const pointsText = (kit: WordKit, definition: ProgramDefinition) =>
  kit.t('sentence.points', { word: kit.unitWord(definition) });

function earnSentence(kit: WordKit, rule: EarnRule, definition: ProgramDefinition): string {
  const { t, quote } = kit;
  const units = kit.units(definition, rule.units);
  switch (rule.kind) {
    case 'visit':
      return t('sentence.visit', { units });
    case 'amount':
      return amountSentence(kit, rule, definition);
    case 'item':
      return t('sentence.item', { item: quote(rule.item), units });
    case 'category':
      return t('sentence.category', { category: quote(rule.category), units });
    case 'action': {
      const words = { name: quote(rule.name), units };
      if (rule.perDay === null) return t('sentence.action', words);
      const formatted = kit.format.number(rule.perDay);
      return t('sentence.actionPerDay', { ...words, count: rule.perDay, formatted });
    }
    case 'referral':
      return referralSentence(kit, rule, definition);
  }
}

type RuleOf<Kind extends EarnRule['kind']> = EarnRule & { readonly kind: Kind };

function amountSentence(kit: WordKit, rule: RuleOf<'amount'>, definition: ProgramDefinition): string {
  const { t } = kit;
  const names = (list: readonly string[]) => kit.format.list(list.map((name) => kit.quote(name)));
  return [
    t('sentence.amount', {
      amount: kit.shortMoney(rule.per, definition),
      units: kit.units(definition, rule.units),
    }),
    rule.rounding === 'up' ? t('sentence.amountUp') : '',
    rule.rounding === 'nearest' ? t('sentence.amountNearest') : '',
    rule.minimum === null
      ? ''
      : t('sentence.amountMinimum', { amount: kit.shortMoney(rule.minimum, definition) }),
    rule.excludedItems.length === 0 ? '' : t('sentence.excludedItems', { names: names(rule.excludedItems) }),
    rule.excludedSales.length === 0 ? '' : t('sentence.excludedSales', { names: names(rule.excludedSales) }),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

function referralSentence(kit: WordKit, rule: RuleOf<'referral'>, definition: ProgramDefinition): string {
  const { t } = kit;
  const units = kit.units(definition, rule.units);
  const friendUnits = kit.units(definition, rule.friendUnits);
  const key = rule.friendUnits === 0 ? 'referralOne' : rule.units === 0 ? 'referralFriend' : 'referralBoth';
  const text = t(`sentence.${key}`, { units, friendUnits });
  if (rule.cap === null) return text;
  return `${text} ${t('sentence.referralCap', { count: rule.cap, formatted: kit.format.number(rule.cap) })}`;
}

function expirySentence(kit: WordKit, expiry: Expiry, definition: ProgramDefinition): string {
  const { t } = kit;
  const word = kit.unitWord(definition);
  switch (expiry.kind) {
    case 'none':
      return t('sentence.expiryNone', { word });
    case 'after-months':
      return t('sentence.expiryMonths', { word, months: kit.times('months', expiry.months) });
    case 'after-last-visit':
      return t('sentence.expiryLastVisit', { word, months: kit.times('months', expiry.months) });
    case 'end-of-year':
      if (expiry.years === 0) return t('sentence.expiryYear', { word });
      return t('sentence.expiryYears', {
        word,
        count: expiry.years,
        formatted: kit.format.number(expiry.years),
      });
  }
}

function limitSentences(kit: WordKit, definition: ProgramDefinition): ProgramSentence[] {
  const { perVisit, perDay, minutesBetween } = definition.limits;
  const units = { perVisit, perDay };
  const sentences = (['perVisit', 'perDay'] as const).flatMap((id): ProgramSentence[] => {
    const most = units[id];
    if (most === null) return [];
    const text = kit.t(`sentence.${id}`, { units: kit.units(definition, most) });
    return [{ place: { part: 'limits', id }, text }];
  });
  if (minutesBetween === null) return sentences;
  const text = kit.t('sentence.minutesBetween', { minutes: kit.times('minutes', minutesBetween) });
  return [...sentences, { place: { part: 'limits', id: 'minutesBetween' }, text }];
}

function offerSentence(kit: WordKit, offer: Offer, definition: ProgramDefinition): string {
  const name = kit.quote(offer.name);
  const price = kit.money(offer.price, definition.currency);
  return offer.kind === 'pass'
    ? kit.t('sentence.pass', { name, price, months: kit.times('months', offer.months) })
    : kit.t('sentence.prepaid', { name, price, units: kit.units(definition, offer.units) });
}

function badgeSentence(kit: WordKit, badge: Badge): string {
  const name = kit.quote(badge.name);
  switch (badge.kind) {
    case 'visits':
      return kit.t('sentence.badgeVisits', { name, need: kit.times('visits', badge.visits) });
    case 'streak':
      return kit.t('sentence.badgeStreak', { name, need: kit.times('weeks', badge.weeks) });
    case 'donation':
      return kit.t('sentence.badgeDonation', { name });
  }
}

function itemSentence(kit: WordKit, { name, price }: SaleItem, definition: ProgramDefinition): string {
  const item = kit.quote(name);
  if (price === null) return kit.t('sentence.button', { item });
  return kit.t('sentence.buttonPriced', { item, price: kit.money(price, definition.currency) });
}
