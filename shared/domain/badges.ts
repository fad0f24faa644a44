import type { MemberState } from './member-state.ts';
import type { Badge, ProgramDefinition } from './program.ts';

export interface BadgeView {
  readonly badge: Badge;
  readonly isEarned: boolean;
  readonly have: number;
  readonly need: number;
}

/** Every badge of a program, with how far the member is. An undone visit takes back what it had earned. */
export function listBadges(state: MemberState, { badges }: ProgramDefinition): BadgeView[] {
  return (badges ?? []).map((badge) => {
    const { have, need } = progressOf(state, badge);
    return { badge, have: Math.min(have, need), need, isEarned: have >= need };
  });
}

function progressOf(state: MemberState, badge: Badge): { readonly have: number; readonly need: number } {
  switch (badge.kind) {
    case 'visits':
      return { have: state.visits, need: badge.visits };
    case 'streak':
      return { have: state.streak?.best ?? 0, need: badge.weeks };
    case 'donation':
      return { have: state.donations.some(({ amount }) => amount > 0) ? 1 : 0, need: 1 };
  }
}
