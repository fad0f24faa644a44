import { listBadges, type BadgeView } from '#shared/domain/badges.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import { listCurrentPrograms, type ProgramBook, type TierLevel } from '#shared/domain/program.ts';
import { tierOn } from '#shared/domain/tier.ts';
import type { PlainDay } from '#shared/lib/brand.ts';

/** What an action brought besides units: levels and badges that were not there before. */

export function listReachedTiers(
  before: MemberState,
  after: MemberState,
  programs: ProgramBook,
  day: PlainDay,
): TierLevel[] {
  return listCurrentPrograms(programs).flatMap((program) => {
    const place = (level: TierLevel | null | undefined) =>
      program.tiers?.levels.findIndex(({ id }) => id === level?.id) ?? -1;
    const level = tierOn(after, program, day)?.level;
    return level && place(level) > place(tierOn(before, program, day)?.level) ? [level] : [];
  });
}

export function listNewBadges(before: MemberState, after: MemberState, programs: ProgramBook): BadgeView[] {
  return listCurrentPrograms(programs).flatMap((program) => {
    const had = new Set(listBadges(before, program).flatMap((view) => (view.isEarned ? view.badge.id : [])));
    return listBadges(after, program).filter(({ badge, isEarned }) => isEarned && !had.has(badge.id));
  });
}
