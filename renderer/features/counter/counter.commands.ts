import { CARD_CODE_DRAWS, makeCardCode } from '#shared/domain/card-code.ts';
import { planJoining, planVisit, type LimitBreach, type VisitPlan } from '#shared/domain/earn.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import { EMPTY_PROFILE, type ProfileContent } from '#shared/domain/profile.ts';
import { findProgram, listCurrentPrograms } from '#shared/domain/program.ts';
import { listReadyRewards, type ReadyReward } from '#shared/domain/rewards.ts';
import type { EventData, EventDraft, Grant } from '#shared/ledger/event.ts';
import type { EventId, MemberId, PhoneNumber, StaffId } from '#shared/lib/brand.ts';
import type { Ids } from '#shared/lib/ports.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { cleanName } from '#shared/domain/person-name.ts';
import type { Appended, CommitView, Decision, Ledger, StorageFailure } from '#renderer/data/ledger-port.ts';
import { undoRequest, type UndoFailure } from '#renderer/data/undo-request.ts';

/**
 * What a cashier does at the counter. Every command takes the event id that was minted when the action opened, so a
 * double Enter, a double click or a retry after a crash is the same intent and counts once.
 */

export type CounterFailure =
  | StorageFailure
  | { readonly code: 'limit'; readonly breaches: readonly LimitBreach[] }
  | { readonly code: 'no-program' }
  | { readonly code: 'number-taken'; readonly holder: MemberId }
  | { readonly code: 'card-taken'; readonly holder: MemberId }
  | { readonly code: 'member-gone' }
  | { readonly code: 'not-ready' }
  | { readonly code: 'update-needed' }
  | UndoFailure;

export type CounterResult = Result<Appended, CounterFailure>;

export interface CounterCommands {
  /** @param overLimitReason why the shop's limits are passed on purpose; without one they refuse. */
  punch(request: {
    readonly id: EventId;
    readonly member: MemberId;
    readonly count: number;
    readonly overLimitReason?: string;
  }): Promise<CounterResult>;
  /** A new member, by number or (without one) by a card code. `visits` 0 only joins. */
  enrol(request: {
    readonly id: EventId;
    readonly member: MemberId;
    readonly phone?: PhoneNumber;
    readonly card?: string;
    readonly name: string;
    readonly visits: number;
    readonly overLimitReason?: string;
  }): Promise<CounterResult>;
  redeem(request: {
    readonly id: EventId;
    readonly member: MemberId;
    readonly reward: ReadyReward;
  }): Promise<CounterResult>;
  /** The stamps of a paper card the customer hands in. */
  takeOverPaperCard(request: {
    readonly id: EventId;
    readonly member: MemberId;
    readonly program: string;
    readonly stamps: number;
  }): Promise<CounterResult>;
  /** Takes back `target` by the same cashier within five minutes. */
  undo(request: {
    readonly id: EventId;
    readonly target: EventId;
    readonly member: MemberId;
  }): Promise<CounterResult>;
  newCardCode(): string;
}

export function createCounterCommands(deps: {
  readonly ledger: Ledger;
  readonly ids: Ids;
  readonly staff: () => StaffId;
}): CounterCommands {
  const { ledger, ids, staff } = deps;

  const base = (id: EventId, member: MemberId) => ({ id, member, staff: staff() });
  const decide = (draft: EventDraft, profile?: ProfileContent): Result<Decision, never> =>
    ok(profile ? { draft, profile } : { draft });

  return {
    punch: ({ id, member, count, overLimitReason }) =>
      ledger.append<CounterFailure>({
        id,
        member,
        decide: (view) => {
          if (!view.row) return err({ code: 'member-gone' });
          const plan = planVisit({
            state: view.state,
            programs: listCurrentPrograms(view.programs),
            count,
            atMs: view.nowMs,
            day: view.day,
          });
          if (plan.grants.length === 0) return err({ code: 'no-program' });
          const passed = passLimits(plan, overLimitReason);
          if (!passed.ok) return passed;
          return decide({
            ...base(id, member),
            type: 'visit',
            data: { count, grants: [...plan.grants], ...passed.value },
          });
        },
      }),

    enrol: ({ id, member, phone, card, name, visits, overLimitReason }) =>
      ledger.append<CounterFailure>({
        id,
        member,
        reads: {
          profile: true,
          ...(phone === undefined ? {} : { phone }),
          ...(card === undefined ? {} : { card }),
        },
        decide: (view) => {
          const { phoneOwner, cardOwner } = view;
          if (phoneOwner !== undefined) return err({ code: 'number-taken', holder: phoneOwner });
          if (cardOwner !== undefined) return err({ code: 'card-taken', holder: cardOwner });
          const plan = planFirstVisit(view, visits);
          const passed = passLimits(plan, overLimitReason);
          if (!passed.ok) return passed;
          const profile = {
            ...EMPTY_PROFILE,
            name: cleanName(name),
            phone: phone ?? null,
            card: card ?? null,
          };
          return decide(
            {
              ...base(id, member),
              type: 'enrolment',
              data: {
                by: phone === undefined ? 'card' : 'phone',
                visit: visits,
                grants: [...plan.grants],
                ...passed.value,
              },
            },
            profile,
          );
        },
      }),

    redeem: ({ id, member, reward }) =>
      ledger.append<CounterFailure>({
        id,
        member,
        decide: (view) => {
          if (view.state.needsUpdate) return err({ code: 'update-needed' });
          if (!isStillReady(view.state, reward, view)) return err({ code: 'not-ready' });
          const { program, version, cost } = reward;
          return decide({
            ...base(id, member),
            type: 'redemption',
            data: { program, version, reward: reward.reward.id, cost },
          });
        },
      }),

    takeOverPaperCard: ({ id, member, program, stamps }) =>
      ledger.append<CounterFailure>({
        id,
        member,
        decide: (view) => {
          const current = view.programs.get(program)?.at(-1);
          if (!view.row) return err({ code: 'member-gone' });
          if (!current || !findProgram(view.programs, program, current.version))
            return err({ code: 'no-program' });
          const grant: Grant = { program, version: current.version, rule: 'paper-card', units: stamps };
          return decide({ ...base(id, member), type: 'paper-card', data: { grants: [grant] } });
        },
      }),

    undo: (request) => ledger.append(undoRequest({ ...request, staff: staff() })),

    newCardCode: () => makeCardCode(ids.randomNumbers(CARD_CODE_DRAWS.count, CARD_CODE_DRAWS.below)),
  };
}

/** Head start and the first visit in one motion: one intent, one event, one undo. */
function planFirstVisit(view: CommitView, visits: number): VisitPlan {
  const programs = listCurrentPrograms(view.programs);
  const joining = planJoining(programs);
  if (visits === 0) return { grants: joining, breaches: [] };
  const { state, nowMs, day } = view;
  const visit = planVisit({ state, programs, count: visits, atMs: nowMs, day });
  return { grants: [...joining, ...visit.grants], breaches: visit.breaches };
}

/** The limits hold unless a reason is given; then the event carries both. */
function passLimits(
  { breaches }: VisitPlan,
  reason: string | undefined,
): Result<Pick<EventData<'visit'>, 'overLimit'>, CounterFailure> {
  if (breaches.length === 0) return ok({});
  if (reason === undefined) return err({ code: 'limit', breaches });
  return ok({ overLimit: { limits: [...new Set(breaches.map((breach) => breach.limit))], reason } });
}

function isStillReady(state: MemberState, reward: ReadyReward, view: CommitView): boolean {
  return listReadyRewards(state, view.programs).some(
    (ready) =>
      ready.program === reward.program &&
      ready.version === reward.version &&
      ready.reward.id === reward.reward.id,
  );
}
