import { itemKey, type EarnRule, type ProgramDefinition, type Reward } from '#shared/domain/program.ts';
import { minorDigitsOf, toDecimal } from '#shared/lib/money.ts';
import type { WordKit } from './word-kit.ts';

const OWN_NAMES = ['joining', 'paper-card', 'opening', 'adjustment'] as const;
const TIER = 'tier:';

/** What a grant's rule is called; a rule of a version this till does not hold is "another rule". */
export function ruleName({ t }: WordKit, definition: ProgramDefinition | undefined, id: string): string {
  const own = OWN_NAMES.find((name) => name === id);
  if (own) return t(`ruleName.${own}`);
  const other = t('ruleName.other');
  if (id.startsWith(TIER)) {
    return definition?.tiers?.levels.find((level) => level.id === id.slice(TIER.length))?.name ?? other;
  }
  const rule = definition?.earn.find((candidate) => candidate.id === id);
  if (rule) return earnName(t, rule);
  const named = [...(definition?.promotions ?? []), ...(definition?.offers ?? [])];
  return named.find((candidate) => candidate.id === id)?.name ?? other;
}

export function earnName(t: WordKit['t'], rule: EarnRule): string {
  switch (rule.kind) {
    case 'visit':
    case 'amount':
    case 'referral':
      return t(`ruleName.${rule.kind}`);
    case 'item':
      return rule.item;
    case 'category':
      return rule.category;
    case 'action':
      return rule.name;
  }
}

/** The name as the shop typed it, with its effect where the name leaves it open. */
export function rewardText(kit: WordKit, reward: Reward, definition: ProgramDefinition): string {
  const effect = effectText(kit, reward, definition);
  if (effect === undefined || saysEffect(reward, definition)) return reward.name;
  return kit.t('rewardName.full', { name: kit.quote(reward.name), effect });
}

function effectText(kit: WordKit, reward: Reward, definition: ProgramDefinition): string | undefined {
  const { t, format, quote } = kit;
  switch (reward.kind) {
    case 'free-item':
      return undefined;
    case 'amount-off':
      return t('rewardName.amountOff', { amount: kit.money(reward.amount, definition.currency) });
    case 'percent-off': {
      const percent = format.percent(reward.percent);
      return reward.category === null
        ? t('rewardName.percentOff', { percent })
        : t('rewardName.percentOffCategory', { percent, category: quote(reward.category) });
    }
    case 'donation':
      return t('rewardName.donation', {
        amount: kit.money(reward.amount, definition.currency),
        charity: quote(reward.charity),
      });
    case 'chosen-points':
      return t('rewardName.chosenPoints', {
        amount: kit.money(reward.amount, definition.currency),
        units: kit.units(definition, reward.step),
      });
  }
}

/** "5 € off" says all of its five euros; "Thank you" says nothing. */
function saysEffect(reward: Reward, { currency = '' }: ProgramDefinition): boolean {
  const name = itemKey(reward.name);
  const figures = reward.name.match(/\d+(?:[.,]\d+)?/g) ?? [];
  const numbers = new Set(figures.map((text) => Number(text.replace(',', '.'))));
  switch (reward.kind) {
    case 'free-item':
      return true;
    case 'percent-off':
      return numbers.has(reward.percent) && (!reward.category || name.includes(itemKey(reward.category)));
    case 'amount-off':
      return numbers.has(inMajorUnits(reward.amount, currency));
    case 'donation':
      return numbers.has(inMajorUnits(reward.amount, currency)) && name.includes(itemKey(reward.charity));
    case 'chosen-points':
      return false;
  }
}

const inMajorUnits = (amount: number, currency: string): number =>
  /^[A-Z]{3}$/.test(currency) ? Number(toDecimal(amount, minorDigitsOf(currency))) : amount;
