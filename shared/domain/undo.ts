import { VOIDABLE_TYPES, type LedgerEvent } from '../ledger/event.ts';
import type { StaffId } from '../lib/brand.ts';

/** How long the cashier who did it may take an action back with one key; later it needs a manager. */
export const UNDO_WINDOW_MS = 5 * 60 * 1000;

export type UndoRefusal = 'nothing' | 'too-late' | 'other-cashier' | 'already-undone';

/** Whether `event` may be taken back by one key; undefined when it may. */
export function findUndoRefusal(request: {
  readonly event: LedgerEvent | undefined;
  readonly isVoided: boolean;
  readonly staff: StaffId;
  readonly nowMs: number;
}): UndoRefusal | undefined {
  const { event, isVoided, staff, nowMs } = request;
  // A referral is the other side of a friend's first visit and goes with it, never alone.
  if (!event || !VOIDABLE_TYPES.has(event.type) || event.type === 'referral') return 'nothing';
  if (isVoided) return 'already-undone';
  if (event.staff !== staff) return 'other-cashier';
  // A clock that was put right by a minute does no harm; one set back by days must not open old actions again.
  return Math.abs(nowMs - event.wall) > UNDO_WINDOW_MS ? 'too-late' : undefined;
}
