import { voidedIds } from '#shared/domain/fold.ts';
import { findUndoRefusal, type UndoRefusal } from '#shared/domain/undo.ts';
import { readEvent, type EventDraft } from '#shared/ledger/event.ts';
import type { EventId, MemberId, StaffId } from '#shared/lib/brand.ts';
import { err, ok } from '#shared/lib/result.ts';
import { referralOf } from './commit-view.ts';
import type { AppendRequest, CommitView } from './ledger-port.ts';

export interface UndoFailure {
  readonly code: 'undo';
  readonly refusal: UndoRefusal;
}

interface Undo {
  readonly id: EventId;
  /** For the event that takes the other member's reward back, where one hangs on the target. */
  readonly companionId: EventId;
  readonly target: EventId;
  readonly member: MemberId;
  readonly staff: StaffId;
}

/**
 * Takes `target` back by the same cashier within five minutes, from whichever screen it is asked. A first visit that
 * rewarded whoever brought the member takes that reward with it: both or neither. The same goes for an enrolment that was
 * the first visit; one that only joined leaves a reward alone, because the visit that earned it stands.
 */
export function undoRequest(undo: Undo): AppendRequest<UndoFailure> {
  const { id, target, member, staff } = undo;
  return {
    id,
    member,
    reads: { history: true, profile: true, companion: { rewardedBy: target } },
    decide: (view) => {
      const event = view.history.find((candidate) => candidate.id === target);
      const refusal = findUndoRefusal({
        event,
        isVoided: voidedIds(view.history).has(target),
        staff,
        nowMs: view.nowMs,
      });
      if (refusal) return err({ code: 'undo', refusal });
      const companion = companionOf(undo, view);
      return ok({
        // Of several who were merged, the one whose event it is.
        draft: { id, member: event?.member ?? member, staff, type: 'void', data: { target } },
        ...(companion ? { companion } : {}),
      });
    },
  };
}

/** Undefined when nobody was rewarded for `target`, or the reward has been taken back already. */
function companionOf(
  { companionId, target, staff }: Undo,
  { history, companionHistory }: CommitView,
): EventDraft | undefined {
  const id = referralOf(history.find((candidate) => candidate.id === target));
  const referral = companionHistory.find((candidate) => candidate.id === id);
  const known = referral && readEvent(referral);
  // A visit of another till may name anything: only what was given for it goes with it.
  if (known?.type !== 'referral' || known.data.visit !== target || !known.member) return undefined;
  if (voidedIds(companionHistory).has(known.id)) return undefined;
  return { id: companionId, member: known.member, staff, type: 'void', data: { target: known.id } };
}
