import type { Nonsense, ProgramPlace } from './program-place.ts';
import type { ProgramDefinition, Reward } from './program.ts';

/** Amounts mean nothing without a currency, and a currency that nobody knows has no digits. */
export function findMoneyProblems(program: ProgramDefinition): Nonsense[] {
  const { currency } = program;
  if (currency === undefined) {
    return placesOfMoney(program).map((place) => ({ code: 'money-without-currency', place }));
  }
  return Intl.supportedValuesOf('currency').includes(currency)
    ? []
    : [{ code: 'unknown-currency', place: { part: 'currency' } }];
}

function placesOfMoney(program: ProgramDefinition): ProgramPlace[] {
  const { earn, rewards, offers, items, tiers, charity } = program;
  return [
    ...earn.filter(({ kind }) => kind === 'amount').map(({ id }) => ({ part: 'earn' as const, id })),
    ...rewards.filter(hasMoney).map(({ id }) => ({ part: 'rewards' as const, id })),
    ...(offers ?? []).map(({ id }) => ({ part: 'offers' as const, id })),
    ...(items ?? [])
      .filter(({ price }) => price !== null)
      .map(({ name }) => ({ part: 'items' as const, id: name })),
    ...(tiers?.by === 'spend' ? [{ part: 'tiers' as const }] : []),
    ...(charity ? [{ part: 'charity' as const }] : []),
  ];
}

const hasMoney = (reward: Reward): boolean => reward.value !== undefined || 'amount' in reward;
