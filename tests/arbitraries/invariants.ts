import {
  isAccepted,
  isGranted,
  isRising,
  isSilentWhenWithdrawn,
  isWithinCaps,
} from './counter-invariants.ts';
import { isIncremental, isInverted, isOrderFree, isPinned, isPure } from './ledger-invariants.ts';
import type { Played } from './shop-history.ts';
import { isConserved, isEarned, isOldestFirst, isPlacedLater, isSteady, isTold } from './state-invariants.ts';

/** What holds in every history of every shop. Each throws where it does not. */
export interface Invariant {
  readonly name: string;
  readonly check: (played: Played) => void;
}

export const INVARIANTS: readonly Invariant[] = [
  { name: 'earned and adjusted equal balance, spent and expired; nothing is negative', check: isConserved },
  { name: 'earned is the sum of the grants that count', check: isEarned },
  { name: 'a void inverts: as if neither it nor its target had been', check: isInverted },
  { name: 'event after event gives the bytes of all at once', check: isIncremental },
  { name: 'any order of delivery, put into ledger order, gives the same bytes', check: isOrderFree },
  { name: 'the same events give the same bytes, and nothing given is changed', check: isPure },
  { name: 'a published version changes nothing that a member holds', check: isPinned },
  { name: 'what is offered is accepted, as often as is said', check: isAccepted },
  { name: 'what holds on a day holds however often and in what steps one asks', check: isSteady },
  { name: 'a withdrawn program gives nothing', check: isSilentWhenWithdrawn },
  { name: 'a tier rises within its year and never falls', check: isRising },
  { name: 'what is told as expired adds up to what expired', check: isTold },
  { name: 'units kept for unknown rules find their place when the rules arrive', check: isPlacedLater },
  { name: 'what lapses first is used first', check: isOldestFirst },
  { name: 'no birthday gift is given twice, no cap for ever or for a year is passed', check: isWithinCaps },
  { name: 'a plan grants whole units under current rules, and grants all of them', check: isGranted },
];
