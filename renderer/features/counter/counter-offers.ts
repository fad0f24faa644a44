import type { MemberState } from '#shared/domain/member-state.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { listRewardOffers, type RewardContext, type RewardOffer } from '#shared/domain/rewards.ts';
import { isChosen, pointRange } from './chosen-points.ts';

/**
 * What `*` goes through and the buttons show, in one order: what was earned first, gifts of the birthday, then perks that
 * are there at every visit.
 */
export function listCounterOffers(
  state: MemberState,
  programs: ProgramBook,
  context: RewardContext,
): RewardOffer[] {
  return listRewardOffers(state, programs, context)
    .filter(({ next }) => !isChosen(next) || pointRange(next) !== undefined)
    .sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ next }: RewardOffer): number {
  if (next.birthdayYear !== undefined) return 1;
  return next.reward.at > 0 ? 0 : 2;
}

/** Which offer it is, however the list changes: another window may take one of several in between. */
export const offerKey = ({ next }: RewardOffer): string =>
  `${next.program} ${next.reward.id} ${next.reward.name}`;

/** There at every visit: nothing is paid for it, and it is no gift. */
export const isPerk = (offer: RewardOffer): boolean => rankOf(offer) === 2;
