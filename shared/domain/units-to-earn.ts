import type { ProgramDefinition } from './program.ts';

/** What a program can give at all, whatever a member does: the bound for everything that needs units. */

/** True where a visit or a sale earns something, which is what promotions and tiers multiply. */
export const hasBaseEarning = ({ earn }: ProgramDefinition): boolean =>
  earn.some(({ kind }) => kind === 'visit' || kind === 'amount' || kind === 'item' || kind === 'category');

/** The most units one member can ever collect; infinite as soon as one source never dries up. */
export function mostUnits(program: ProgramDefinition): number {
  if (hasBaseEarning(program) || program.earn.some(({ kind }) => kind === 'action')) return Infinity;
  if (program.promotions?.some(({ kind }) => kind !== 'multiplier')) return Infinity;
  if (program.offers?.some(({ kind }) => kind === 'prepaid')) return Infinity;
  return program.earn.reduce((sum, rule) => {
    if (rule.kind !== 'referral') return sum;
    const asReferrer = rule.units === 0 ? 0 : rule.units * (rule.cap ?? Infinity);
    return sum + rule.friendUnits + asReferrer;
  }, program.headStart);
}

/** The most units that the shop's own limits let one member earn on one day; infinite without such limits. */
export function mostPerDay({ limits }: ProgramDefinition): number {
  const { perVisit, perDay, minutesBetween } = limits;
  const visits = minutesBetween === null ? Infinity : Math.floor(MINUTES_PER_DAY / minutesBetween);
  return Math.min(perDay ?? Infinity, perVisit === null ? Infinity : visits * perVisit);
}

const MINUTES_PER_DAY = 24 * 60;
