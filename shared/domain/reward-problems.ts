import type { Nonsense, NonsenseCode } from './program-place.ts';
import { isStampProgram, type Expiry, type ProgramDefinition, type Reward } from './program.ts';
import { isInReach } from './tier-problems.ts';
import { mostPerDay, mostUnits } from './units-to-earn.ts';

/** Every reward can be had by somebody, by nobody for nothing, and there is one where something is collected. */
export function findRewardProblems(program: ProgramDefinition): Nonsense[] {
  const problems = program.rewards.flatMap((reward) =>
    [...findRewardCodes(reward, program), ...findChoiceCodes(reward, program)].map((code): Nonsense => ({
      code,
      place: { part: 'rewards', id: reward.id },
    })),
  );
  if (isForNothing(program)) problems.push({ code: 'nothing-to-get', place: { part: 'rewards' } });
  if (expiresBeforeFull(program)) problems.push({ code: 'expires-before-full', place: { part: 'expiry' } });
  return [...problems, ...findPassProblems(program)];
}

function findRewardCodes(reward: Reward, program: ProgramDefinition): NonsenseCode[] {
  const { at, tier, needsPass, birthday } = reward;
  const codes: NonsenseCode[] = [];
  const isPoints = !isStampProgram(program);
  if (isPoints && at > mostUnits(program)) codes.push('reward-out-of-reach');
  if (at === 0 && tier === undefined && !needsPass && !birthday) codes.push('always-free');
  if (reward.expiresAfterDays !== undefined && (isPoints || at === 0)) {
    codes.push('reward-expiry-without-card');
  }
  if (needsPass && !program.offers?.some(({ kind }) => kind === 'pass')) codes.push('pass-not-sold');
  if (tier === undefined) return codes;
  const level = program.tiers?.levels.find(({ id }) => id === tier);
  if (!level) codes.push('tier-unknown');
  else if (!isInReach(level, program)) codes.push('tier-out-of-reach');
  return codes;
}

/** How many points to use is the member's choice: in whole steps, and never of a gift. */
function findChoiceCodes(reward: Reward, program: ProgramDefinition): NonsenseCode[] {
  if (reward.kind !== 'chosen-points' || isStampProgram(program)) return [];
  const codes: NonsenseCode[] = [];
  if (reward.at < reward.step || reward.at % reward.step !== 0) codes.push('step-mismatch');
  if (reward.birthday) codes.push('chosen-points-as-gift');
  return codes;
}

function isForNothing({ rewards, tiers, badges, charity }: ProgramDefinition): boolean {
  return rewards.length === 0 && !tiers && !charity && (badges ?? []).length === 0;
}

/** A pass is bought for what it gives. */
function findPassProblems({ offers, rewards }: ProgramDefinition): Nonsense[] {
  if (rewards.some(({ needsPass }) => needsPass)) return [];
  return (offers ?? [])
    .filter(({ kind }) => kind === 'pass')
    .map(({ id }) => ({ code: 'pass-without-benefit', place: { part: 'offers', id } }));
}

/** Even somebody who comes as often as the limits allow loses the first units before there are enough. */
function expiresBeforeFull(program: ProgramDefinition): boolean {
  // Actions, friends and what is bought in advance are outside of the limits.
  const isLimited = program.earn.every(({ kind }) => kind !== 'action' && kind !== 'referral');
  if (!isLimited || program.offers?.some(({ kind }) => kind === 'prepaid')) return false;
  const prices = isStampProgram(program) ? [program.unit.size] : program.rewards.map(({ at }) => at);
  const needed = Math.max(0, ...prices) - program.headStart;
  return needed > mostPerDay(program) * longestDays(program.expiry);
}

const LONGEST_MONTH = 31;
const LONGEST_YEAR = 366;

/** Business days on which units of the first one can still be used, at the very most. */
function longestDays(expiry: Expiry): number {
  switch (expiry.kind) {
    case 'none':
    case 'after-last-visit':
      return Infinity;
    case 'after-months':
      return expiry.months * LONGEST_MONTH + 1;
    case 'end-of-year':
      return (expiry.years + 1) * LONGEST_YEAR;
  }
}
