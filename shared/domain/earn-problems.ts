import type { Nonsense, NonsenseCode } from './program-place.ts';
import { itemKey, type EarnRule, type ProgramDefinition } from './program.ts';

export function findEarnProblems(program: ProgramDefinition): Nonsense[] {
  return [...program.earn.flatMap((rule) => findRuleProblems(rule, program)), ...findLimitProblems(program)];
}

function findRuleProblems(rule: EarnRule, program: ProgramDefinition): Nonsense[] {
  const found = (code: NonsenseCode): Nonsense[] => [{ code, place: { part: 'earn', id: rule.id } }];
  if (rule.kind === 'referral') {
    return rule.units === 0 && rule.friendUnits === 0 ? found('referral-gives-nothing') : [];
  }
  if (rule.kind !== 'amount') return [];
  // The counter takes the prices of excluded items off the amount: it needs a button, and a price on it.
  const prices = new Map((program.items ?? []).map(({ name, price }) => [itemKey(name), price]));
  const excluded = new Set(rule.excludedItems.map((item) => prices.get(itemKey(item))));
  return [
    ...(excluded.has(undefined) ? found('excluded-item-unknown') : []),
    ...(excluded.has(null) ? found('excluded-item-without-price') : []),
  ];
}

function findLimitProblems({ earn, limits }: ProgramDefinition): Nonsense[] {
  const perVisit = earn.reduce((sum, rule) => sum + (rule.kind === 'visit' ? rule.units : 0), 0);
  return (['perVisit', 'perDay'] as const).flatMap((id): Nonsense[] => {
    const most = limits[id];
    return most !== null && perVisit > most
      ? [{ code: 'visit-over-own-limit', place: { part: 'limits', id } }]
      : [];
  });
}
