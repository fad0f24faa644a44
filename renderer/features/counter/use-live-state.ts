import type { MemberState } from '#shared/domain/member-state.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { useLive } from '#renderer/data/store-context.tsx';

/** The member's cards as they are now, also when another window punches; `found` until the first answer. */
export function useLiveState(member: MemberId, found: MemberState): MemberState {
  const live = useLive(({ database }) => database.cards.get(member), [member]);
  return live?.member === member ? live : found;
}
