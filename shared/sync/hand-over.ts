import type { MemberState } from '../domain/member-state.ts';
import type { OfflineRule } from '../domain/redeeming.ts';

/**
 * May the cashier hand the reward over? Online the till sends its queue with the redemption in it, pulls up to its place and
 * folds: only then it is known that no other till gave it away a moment before. Offline the shop's own rule decides.
 */

/** Nobody waits longer at a counter. */
export const ANSWER_WITHIN_MS = 1500;

export type HandOver =
  /** Unconfirmed: an exception may turn up later. */
  | { readonly do: 'hand-over'; readonly isConfirmed: boolean }
  | { readonly do: 'ask-manager' }
  /** Taken back by itself: nothing was handed over, so there is no exception. */
  | { readonly do: 'void'; readonly because: 'already-redeemed' | 'only-main-till' | 'set-aside' };

export function decideHandOver(request: {
  readonly redemption: string;
  /**
   * The folded card once the redemption's place is known and everything before it is here; undefined: no answer in time.
   * A card that this app is too old to read says nothing either.
   */
  readonly confirmed: Pick<MemberState, 'exceptions' | 'needsUpdate'> | undefined;
  /** The endpoint, or something before it, refused the redemption itself: no till counts it, whatever the shop's rule. */
  readonly isSetAside?: boolean;
  readonly rule: OfflineRule;
  readonly isMainTill: boolean;
  readonly isApproved: boolean;
  /** This till has given as many unconfirmed rewards today as the shop allows. */
  readonly isCapReached?: boolean;
}): HandOver {
  const { redemption, confirmed, rule, isMainTill, isApproved, isCapReached = false } = request;
  if (request.isSetAside === true) return { do: 'void', because: 'set-aside' };
  if (confirmed && !confirmed.needsUpdate) {
    return isExcess(confirmed, redemption)
      ? { do: 'void', because: 'already-redeemed' }
      : { do: 'hand-over', isConfirmed: true };
  }
  switch (rule) {
    case 'allow':
      return isCapReached && !isApproved ? { do: 'ask-manager' } : { do: 'hand-over', isConfirmed: false };
    case 'manager-pin':
      return isApproved ? { do: 'hand-over', isConfirmed: false } : { do: 'ask-manager' };
    case 'main-till':
      return isMainTill ? { do: 'hand-over', isConfirmed: false } : { do: 'void', because: 'only-main-till' };
  }
}

export const isExcess = ({ exceptions }: Pick<MemberState, 'exceptions'>, redemption: string): boolean =>
  exceptions.some(({ event, kind }) => event === redemption && kind === 'excess-redemption');
