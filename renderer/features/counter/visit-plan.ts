import {
  listSaleNeeds,
  planJoining,
  planReferral,
  planVisit,
  type VisitPlan,
  type VisitRequest,
} from '#shared/domain/earn.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { Grant } from '#shared/ledger/event.ts';

/** What one Enter gives. The command records it, and the screen shows it before: both from here, so they can't differ. */
export interface CounterPlan extends VisitPlan {
  /** For whoever brought the member, on their first visit. */
  readonly referrer: readonly Grant[];
}

export interface CounterPlanRequest extends VisitRequest {
  /** Head start and the first visit are one motion: one intent, one event, one undo. */
  readonly isJoining: boolean;
  readonly brought: MemberState | undefined;
}

export function planCounterVisit(request: CounterPlanRequest): CounterPlan {
  const { state, programs, isJoining, brought, count } = request;
  const joining = isJoining ? planJoining(programs) : [];
  if (count === 0) return { grants: joining, donations: [], breaches: [], referrer: [] };
  const visit = planVisit(request);
  const { friend, referrer } = planReferral({ friend: state, referrer: brought, programs });
  return { ...visit, grants: [...joining, ...visit.grants, ...friend], referrer };
}

export const listOpen = (programs: readonly ProgramDefinition[]): readonly ProgramDefinition[] =>
  programs.filter((program) => !program.isWithdrawn);

/** Does every program ask what was bought? Then a visit about which nothing was said is a key pressed too early. */
export function needsSale(programs: readonly ProgramDefinition[]): boolean {
  const { amount, items } = listSaleNeeds(programs);
  return (amount || items.length > 0) && !earnsByVisit(programs);
}

/** Does a visit earn something by itself? */
export const earnsByVisit = (programs: readonly ProgramDefinition[]): boolean =>
  listOpen(programs).some(({ earn }) => earn.some(({ kind }) => kind === 'visit'));
