import type { SyncStatus } from './sync-desk.ts';

/**
 * How sync stands, as one word for a person, the most pressing first:
 * `manager`: nothing is sent until a manager does something. `overdue`, `late`: something waits for over three days, over
 * a day. `held`: a person has paused it. `look`: something was set aside, or a manager has not seen an alarm. `catching-up`: much of the other tills is on
 * its way. `waiting`: something waits. `out-of-touch`: nothing waits, and the endpoint does not answer. `asking`: nobody has
 * said yet how it stands. `sent`: all is well.
 */
export type SyncMood =
  | 'unpaired'
  | 'manager'
  | 'overdue'
  | 'late'
  | 'held'
  | 'look'
  | 'catching-up'
  | 'waiting'
  | 'out-of-touch'
  | 'asking'
  | 'sent';

const HOUR_MS = 60 * 60 * 1000;
/** A shop that is closed for a night says nothing yet. */
export const LATE_MS = 24 * HOUR_MS;
/** A long weekend: from here on a lost till would lose days. */
export const OVERDUE_MS = 72 * HOUR_MS;
/** A page of somebody's stamps is here in a blink; more than this is worth a bar. */
const MANY_EVENTS = 200;

export function moodOf(
  status: SyncStatus,
  request: {
    readonly nowMs: number;
    readonly unseenAlarms: number;
    /** A person has paused sync on this till. */
    readonly isHeld?: boolean;
  },
): SyncMood {
  const { endpoint, phase, oldestUnsentAt } = status;
  const { nowMs, unseenAlarms, isHeld = false } = request;
  // What two tills did apart is also found in a file that somebody carried.
  if (!endpoint) return unseenAlarms > 0 ? 'look' : 'unpaired';
  if (phase.kind === 'paused' || phase.kind === 'stopped') return 'manager';
  // A clock that was set back makes it negative: then it is not late.
  const waitedMs = oldestUnsentAt === null ? 0 : nowMs - oldestUnsentAt;
  if (waitedMs >= OVERDUE_MS) return 'overdue';
  // Whoever has paused it knows that a day's work waits; that three days' work could be lost is said all the same.
  if (isHeld) return 'held';
  if (waitedMs >= LATE_MS) return 'late';
  if (status.setAside.length > 0 || unseenAlarms > 0) return 'look';
  if (isCatchingUp(status)) return 'catching-up';
  if (countUnsent(status) > 0) return 'waiting';
  if (phase.kind === 'waiting') return 'out-of-touch';
  return status.lastContactAt === null ? 'asking' : 'sent';
}

/** Also before the first page of a till that has just joined; one that rests knows what there is. */
export function isCatchingUp({
  cursor,
  head,
  phase,
  lastContactAt,
  snapshot,
  isFiling,
}: SyncStatus): boolean {
  // Goes on while nobody answers.
  if (snapshot || isFiling) return true;
  if (phase.kind === 'waiting') return false;
  return head - cursor > MANY_EVENTS || (lastContactAt === null && cursor === 0 && phase.kind !== 'idle');
}

export const countUnsent = ({
  unsentEvents,
  unsentProfiles,
}: Pick<SyncStatus, 'unsentEvents' | 'unsentProfiles'>): number => unsentEvents + unsentProfiles;
