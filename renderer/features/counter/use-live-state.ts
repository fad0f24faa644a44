import { useEffect } from 'react';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { useLive } from '#renderer/data/store-context.tsx';

/** Tells of the member's cards as they change, also when another window punches: what is shown is what a key acts on. */
export function useLiveState(member: MemberId, see: (state: MemberState) => void): void {
  const live = useLive(({ database }) => database.cards.get(member), [member]);
  useEffect(() => {
    if (live?.member === member) see(live);
  }, [live, member, see]);
}
