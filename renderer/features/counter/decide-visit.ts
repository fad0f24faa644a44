import type { VisitPlan } from '#shared/domain/earn.ts';
import { cleanName } from '#shared/domain/person-name.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import { listCurrentPrograms } from '#shared/domain/program.ts';
import type { EventData, EventDraft } from '#shared/ledger/event.ts';
import type { EventId, MemberId, StaffId } from '#shared/lib/brand.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { CommitView, Decision } from '#renderer/data/ledger-port.ts';
import type { CounterFailure, EnrolRequest, PunchRequest } from './counter-requests.ts';
import { listOpen, needsSale, planCounterVisit, type CounterPlan } from './visit-plan.ts';

/** A visit and an enrolment: what they give, to the member and to whoever brought them. */

interface Actor {
  readonly staff: StaffId;
  /** For the event of whoever brought the member. */
  readonly companionId: EventId;
}

export function decidePunch(
  view: CommitView,
  request: PunchRequest,
  actor: Actor,
): Result<Decision, CounterFailure> {
  const { id, member, count, sale, overLimitReason } = request;
  if (!view.row) return err({ code: 'member-gone' });
  const programs = listCurrentPrograms(view.programs);
  if (listOpen(programs).length === 0) return err({ code: 'no-program' });
  const plan = planFrom(view, { count, sale, isJoining: false, brought: whoBrought(view) });
  if (plan.grants.length === 0 && !sale && needsSale(programs)) return err({ code: 'sale-needed' });
  const passed = passLimits(plan, overLimitReason);
  if (!passed.ok) return passed;
  return ok(
    withReferrer({ view, plan, member, actor, id }, (referral) => ({
      id,
      member,
      staff: actor.staff,
      type: 'visit',
      data: {
        count,
        grants: [...plan.grants],
        ...passed.value,
        ...(sale ? { sale } : {}),
        ...donationsOf(plan),
        ...referral,
      },
    })),
  );
}

export function decideEnrolment(
  view: CommitView,
  request: EnrolRequest,
  actor: Actor,
): Result<Decision, CounterFailure> {
  const { id, member, phone, card, name, visits, sale, referredBy, overLimitReason } = request;
  const { phoneOwner, cardOwner } = view;
  if (phoneOwner !== undefined) return err({ code: 'number-taken', holder: phoneOwner });
  if (cardOwner !== undefined) return err({ code: 'card-taken', holder: cardOwner });
  if (referredBy === member) return err({ code: 'referrer-self' });
  const brought = referredBy === undefined ? undefined : view.companion;
  if (referredBy !== undefined && (!brought || brought.live === 0)) return err({ code: 'referrer-gone' });
  const plan = planFrom(view, { count: visits, sale, isJoining: true, brought });
  const passed = passLimits(plan, overLimitReason);
  if (!passed.ok) return passed;
  const profile = { ...EMPTY_PROFILE, name: cleanName(name), phone: phone ?? null, card: card ?? null };
  const decision = withReferrer({ view, plan, member, actor, id }, (referral) => ({
    id,
    member,
    staff: actor.staff,
    type: 'enrolment',
    data: {
      by: phone === undefined ? 'card' : 'phone',
      visit: visits,
      grants: [...plan.grants],
      ...passed.value,
      ...(sale && visits > 0 ? { sale } : {}),
      ...donationsOf(plan),
      ...(referredBy === undefined ? {} : { referredBy }),
      ...referral,
    },
  }));
  return ok({ ...decision, profile });
}

/** Whoever brought them, as the member's own state says. */
const whoBrought = ({ companion, companionIds, state }: CommitView) =>
  state.referredBy !== null && companionIds.includes(state.referredBy) ? companion : undefined;

function planFrom(
  { state, programs, nowMs, day, timeZone }: CommitView,
  parts: Pick<Parameters<typeof planCounterVisit>[0], 'count' | 'sale' | 'isJoining' | 'brought'>,
): CounterPlan {
  return planCounterVisit({
    state,
    programs: listCurrentPrograms(programs),
    atMs: nowMs,
    day,
    timeZone,
    ...parts,
  });
}

const donationsOf = ({ donations }: VisitPlan) =>
  donations.length === 0 ? {} : { donations: [...donations] };

interface ReferralParts {
  readonly view: CommitView;
  readonly plan: CounterPlan;
  readonly id: EventId;
  readonly member: MemberId;
  readonly actor: Actor;
}

/** Both sides of a friend's first visit, for one commit. */
function withReferrer(
  { view, plan, id, member, actor }: ReferralParts,
  draftOf: (referral: { readonly referral?: EventId }) => EventDraft,
): Decision {
  const referrer = view.companion?.member;
  if (plan.referrer.length === 0 || referrer === undefined) return { draft: draftOf({}) };
  const { staff, companionId } = actor;
  return {
    draft: draftOf({ referral: companionId }),
    companion: {
      id: companionId,
      member: referrer,
      staff,
      type: 'referral',
      data: { friend: member, visit: id, grants: [...plan.referrer] },
    },
  };
}

/** The limits hold unless a reason is given; then the event carries both. */
export function passLimits(
  { breaches }: Pick<VisitPlan, 'breaches'>,
  reason: string | undefined,
): Result<Pick<EventData<'visit'>, 'overLimit'>, CounterFailure> {
  if (breaches.length === 0) return ok({});
  if (reason === undefined) return err({ code: 'limit', breaches });
  return ok({ overLimit: { limits: [...new Set(breaches.map((breach) => breach.limit))], reason } });
}
