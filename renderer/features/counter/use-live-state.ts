import { useEffect } from 'react';
import type { MemberId } from '#shared/lib/brand.ts';
import { useLive } from '#renderer/data/store-context.tsx';
import type { FindActions } from './counter-actions.ts';

/**
 * Tells of the member's cards as they change, also when another window or till punches: what is shown is what a key acts on. And of
 * it when the member is forgotten meanwhile.
 */
export function useLiveState(member: MemberId, { see, forget }: Pick<FindActions, 'see' | 'forget'>): void {
  const live = useLive(({ database }) => database.cards.get(member), [member]);
  const erased = useLive(({ database }) => database.erased.get(member), [member]);
  useEffect(() => {
    if (live?.member === member) see(live);
  }, [live, member, see]);
  // Each time anew: a command or a question that was open has to end first.
  useEffect(() => {
    if (erased?.member === member) forget(member);
  });
}
