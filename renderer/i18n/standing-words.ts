import type { BadgeView } from '#shared/domain/badges.ts';
import type { LimitBreach } from '#shared/domain/earn.ts';
import type { Offer, ProgramDefinition } from '#shared/domain/program.ts';
import type { ProgramView } from '#shared/domain/rewards.ts';
import type { TierView } from '#shared/domain/tier.ts';
import type { WordKit } from './word-kit.ts';

/** Where a member stands, in words. */

export function expiringText(
  kit: WordKit,
  { units, days }: NonNullable<ProgramView['expiring']>,
  definition: ProgramDefinition,
): string {
  return kit.t('standing.expiring', {
    count: units,
    units: kit.units(definition, units),
    when: kit.format.inDays(days),
  });
}

export function tierLines(
  kit: WordKit,
  view: TierView | undefined,
  definition: ProgramDefinition,
): readonly string[] {
  if (!view) return [];
  const lines: string[] = [];
  if (view.level) lines.push(levelText(kit, view.level.name, view));
  if (view.next) {
    const left = tierAmount(kit, view.next.left, definition);
    lines.push(kit.t('standing.next', { left, level: kit.quote(view.next.level.name) }));
  }
  return lines;
}

function levelText({ t, quote, day }: WordKit, name: string, { level, until, after }: TierView): string {
  if (until === null) return name;
  const words = { level: quote(name), day: day(until) };
  if (after === null) return t('standing.levelThenNone', words);
  if (after.id === level?.id) return t('standing.level', words);
  return t('standing.levelThen', { ...words, after: quote(after.name) });
}

/** What a tier counts: `€120`, `120 points`, `12 visits`. */
export function tierAmount(kit: WordKit, total: number, definition: ProgramDefinition): string {
  switch (definition.tiers?.by) {
    case 'spend':
      return kit.shortMoney(total, definition);
    case 'visits':
      return kit.times('visits', total);
    case 'units':
    case undefined:
      return kit.units(definition, total);
  }
}

export function badgeText(kit: WordKit, { badge, isEarned, have, need }: BadgeView): string {
  if (isEarned) return badge.name;
  const name = kit.quote(badge.name);
  const number = kit.format.number(have);
  switch (badge.kind) {
    case 'visits':
      return kit.t('standing.badgeVisits', { name, have: number, need: kit.times('visits', need) });
    case 'streak':
      return kit.t('standing.badgeWeeks', { name, have: number, need: kit.times('weeks', need) });
    case 'donation':
      return kit.t('standing.badgeDonation', { name });
  }
}

export function offerText(kit: WordKit, offer: Offer, definition: ProgramDefinition): string {
  const name = kit.quote(offer.name);
  const price = kit.money(offer.price, definition.currency);
  return offer.kind === 'pass'
    ? kit.t('standing.offerPass', { name, price, months: kit.times('months', offer.months) })
    : kit.t('standing.offerPrepaid', { name, price, units: kit.units(definition, offer.units) });
}

export function limitText(
  kit: WordKit,
  { limit, allowed, waitMinutes }: LimitBreach,
  definition: ProgramDefinition | undefined,
): string {
  switch (limit) {
    case 'per-visit':
    case 'per-day':
      return kit.t(`limit.${limit}`, { units: kit.units(definition, allowed) });
    case 'minutes-between':
      return kit.t('limit.minutes-between', { minutes: kit.times('minutes', waitMinutes ?? allowed) });
    case 'action-per-day':
      return kit.t('limit.action-per-day', { count: allowed, formatted: kit.format.number(allowed) });
  }
}
