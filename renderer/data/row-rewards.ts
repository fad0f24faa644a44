import type { ProgramBook } from '#shared/domain/program.ts';
import type { MemberRow } from './rows.ts';

/**
 * Whether a member may have something to take: a reward on a card, or points enough for a reward of their program. Asked
 * for every row of a list, so tiers, passes, caps and birthdays, which need the whole state, are left out.
 */
export function hasReward(row: Pick<MemberRow, 'ready' | 'points'>, programs: ProgramBook): boolean {
  return (
    row.ready > 0 ||
    row.points.some(({ program, units }) =>
      programs
        .get(program)
        ?.at(-1)
        ?.rewards.some(
          ({ at, tier, needsPass, birthday }) =>
            at > 0 && at <= units && tier === undefined && !needsPass && !birthday,
        ),
    )
  );
}
