import type { ProgramDefinition, Reward } from '#shared/domain/program.ts';
import { rewardText } from './rule-names.ts';
import type { WordKit } from './word-kit.ts';

/** What a reward costs, what it is, and who may have it when. */
export function rewardSentence(kit: WordKit, reward: Reward, definition: ProgramDefinition): string {
  return [
    priceText(kit, reward, definition),
    tierText(kit, reward, definition),
    reward.needsPass && reward.at > 0 ? kit.t('sentence.rewardPass') : '',
    birthdayText(kit, reward),
    capText(kit, reward),
    reward.expiresAfterDays === undefined
      ? ''
      : kit.t('sentence.rewardExpiry', { days: kit.times('days', reward.expiresAfterDays) }),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

function priceText(kit: WordKit, reward: Reward, definition: ProgramDefinition): string {
  const { t } = kit;
  const name = rewardText(kit, reward, definition);
  const units = kit.units(definition, reward.at);
  const { unit } = definition;
  if (reward.kind === 'chosen-points') {
    return t('sentence.rewardChosen', {
      name: kit.quote(reward.name),
      amount: kit.money(reward.amount, definition.currency),
      units: kit.units(definition, reward.step),
      minimum: units,
    });
  }
  // A name that is all of it stands quoted; one with its effect is quoted inside.
  const shown = name === reward.name ? kit.quote(name) : name;
  if (reward.at === 0) return t(`sentence.${freeKey(reward)}`, { reward: shown });
  if (unit.kind === 'points') return t('sentence.rewardPoints', { count: reward.at, units, reward: shown });
  const key = reward.at === unit.size ? 'rewardFinal' : 'rewardMilestone';
  return t(`sentence.${key}`, { count: reward.at, units, reward: shown });
}

/** What decides in the place of a price. */
function freeKey(reward: Reward) {
  if (reward.needsPass) return 'rewardWithPass';
  return reward.birthday ? 'rewardForBirthday' : 'rewardFree';
}

function tierText(kit: WordKit, { tier }: Reward, { tiers }: ProgramDefinition): string {
  if (tier === undefined) return '';
  const levels = tiers?.levels ?? [];
  const level = levels.find(({ id }) => id === tier);
  const key = level && level === levels.at(-1) ? 'rewardTierTop' : 'rewardTier';
  return kit.t(`sentence.${key}`, { level: kit.quote(level?.name ?? '') });
}

function birthdayText(kit: WordKit, { birthday }: Reward): string {
  if (!birthday) return '';
  const { daysBefore, daysAfter } = birthday;
  const words = { before: kit.times('days', daysBefore), after: kit.times('days', daysAfter) };
  if (daysBefore === 0 && daysAfter === 0) return kit.t('sentence.rewardBirthdayOnly');
  if (daysAfter === 0) return kit.t('sentence.rewardBirthdayBefore', words);
  if (daysBefore === 0) return kit.t('sentence.rewardBirthdayAfter', words);
  return kit.t('sentence.rewardBirthday', words);
}

const CAP_KEYS = { day: 'capDay', year: 'capYear', ever: 'capEver' } as const;

function capText(kit: WordKit, { cap }: Reward): string {
  if (!cap) return '';
  return kit.t(`sentence.${CAP_KEYS[cap.per]}`, {
    count: cap.times,
    formatted: kit.format.number(cap.times),
  });
}
