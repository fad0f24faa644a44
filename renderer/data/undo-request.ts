import { voidedIds } from '#shared/domain/fold.ts';
import { findUndoRefusal, type UndoRefusal } from '#shared/domain/undo.ts';
import type { EventId, MemberId, StaffId } from '#shared/lib/brand.ts';
import { err, ok } from '#shared/lib/result.ts';
import type { AppendRequest } from './ledger-port.ts';

export interface UndoFailure {
  readonly code: 'undo';
  readonly refusal: UndoRefusal;
}

/** Takes `target` back by the same cashier within five minutes, from whichever screen it is asked. */
export function undoRequest({
  id,
  target,
  member,
  staff,
}: {
  readonly id: EventId;
  readonly target: EventId;
  readonly member: MemberId;
  readonly staff: StaffId;
}): AppendRequest<UndoFailure> {
  return {
    id,
    member,
    reads: { history: true, profile: true },
    decide: (view) => {
      const refusal = findUndoRefusal({
        event: view.history.find((event) => event.id === target),
        isVoided: voidedIds(view.history).has(target),
        staff,
        nowMs: view.nowMs,
      });
      if (refusal) return err({ code: 'undo', refusal });
      return ok({ draft: { id, member, staff, type: 'void', data: { target } } });
    },
  };
}
