import type { Sound } from '#renderer/platform/sounds.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { listReadyRewards } from '#shared/domain/rewards.ts';
import type { KnownEvent } from '#shared/ledger/event.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { listReachedTiers } from './reached.ts';

/** A reward given or reached and a tier reached sound alike: something to be glad of. */
export function soundOf(done: {
  readonly event: KnownEvent;
  readonly before: MemberState;
  readonly after: MemberState;
  readonly programs: ProgramBook;
  readonly day: PlainDay;
}): Sound {
  const { event, before, after, programs, day } = done;
  if (event.type === 'void') return 'undo';
  if (event.type === 'redemption') return 'reward';
  // Birthdays don't change by a visit.
  const context = { day, birthday: null };
  const ready = (state: MemberState) => listReadyRewards(state, programs, context).length;
  const isReached = ready(after) > ready(before) || listReachedTiers(before, after, programs, day).length > 0;
  return isReached ? 'reward' : 'stamp';
}
