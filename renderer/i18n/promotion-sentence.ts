import type { ProgramDefinition, Promotion, PromotionWindow } from '#shared/domain/program.ts';
import type { WordKit } from './word-kit.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const PERCENT = 100;

export function promotionSentence(kit: WordKit, promotion: Promotion, definition: ProgramDefinition): string {
  const { t } = kit;
  const name = kit.quote(promotion.name);
  switch (promotion.kind) {
    case 'multiplier':
      return t('sentence.multiplier', {
        when: whenText(kit, promotion.window),
        rate: rateText(kit, 'promotionRate', promotion.percent),
        dates: datesText(kit, promotion.window),
        name,
      });
    case 'item-bonus':
      return t('sentence.itemBonus', {
        when: whenText(kit, promotion.window),
        item: kit.quote(promotion.item),
        units: kit.units(definition, promotion.units),
        dates: datesText(kit, promotion.window),
        name,
      });
    case 'win-back':
      return t('sentence.winBack', {
        weeks: kit.times('weeks', promotion.weeks),
        units: kit.units(definition, promotion.units),
        name,
      });
  }
}

/** `double`, `half as much again`, `20% more` for 200, 150 and 120 percent. */
export function rateText({ t, format }: WordKit, set: 'promotionRate' | 'tierRate', percent: number): string {
  if (percent === 150) return t(`${set}.half`);
  if (percent === 200) return t(`${set}.double`);
  if (percent === 300) return t(`${set}.triple`);
  return t(`${set}.more`, { percent: format.percent(percent - PERCENT) });
}

/** `On Tuesdays 14:00–16:00` */
function whenText(kit: WordKit, { weekdays, from, until }: PromotionWindow): string {
  const { t, format } = kit;
  const names = [...weekdays].sort((a, b) => a - b).map((weekday) => WEEKDAYS[weekday - 1] ?? 'monday');
  const days =
    names.length === 0
      ? t('sentence.everyDay')
      : t('sentence.onDays', { days: format.list(names.map((name) => t(`weekday.${name}`))) });
  if (from === null && until === null) return days;
  const times = {
    days,
    from: from === null ? '' : format.timeOfDay(from),
    until: until === null ? '' : format.timeOfDay(until),
  };
  if (until === null) return t('sentence.fromTime', times);
  return t(from === null ? 'sentence.untilTime' : 'sentence.fromUntil', times);
}

function datesText({ t, day }: WordKit, { firstDay, lastDay }: PromotionWindow): string {
  if (firstDay !== null && lastDay !== null) {
    return t('sentence.bothDates', { first: day(firstDay), last: day(lastDay) });
  }
  if (firstDay !== null) return t('sentence.firstDate', { first: day(firstDay) });
  return lastDay === null ? '' : t('sentence.lastDate', { last: day(lastDay) });
}
