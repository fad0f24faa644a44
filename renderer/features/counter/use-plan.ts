import { useToday } from '#renderer/platform/use-today.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { listCurrentPrograms } from '#shared/domain/program.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { saleOf } from './sale-entry.ts';
import type { Counter } from './use-counter.ts';
import { planCounterVisit, type CounterPlan } from './visit-plan.ts';

/** What Enter would give now; undefined until the programs are read. */
export function usePlan(counter: Counter, state: MemberState | undefined): CounterPlan | undefined {
  const programs = usePrograms();
  const { clock } = usePlatform();
  const day = useToday();
  const { sale, broughtBy, background, needsSale } = counter;
  if (!programs) return undefined;
  const { answer } = broughtBy;
  const isJoining = state === undefined;
  const known = background?.member === state?.member ? background?.brought : undefined;
  const bought = saleOf(sale);
  return planCounterVisit({
    state: state ?? emptyMemberState('' as MemberId),
    programs: listCurrentPrograms(programs),
    // Somebody new who buys nothing that counts only joins.
    count: isJoining && needsSale && !bought ? 0 : (counter.count ?? counter.defaultCount),
    sale: bought,
    atMs: clock.now(),
    day,
    timeZone: clock.timeZone(),
    isJoining,
    brought: isJoining ? (answer?.kind === 'found' ? answer.state : undefined) : known,
  });
}
