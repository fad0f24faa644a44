import type { SyncMarks, SyncPhase } from '#shared/sync/sync-state.ts';
import type { LoopParts, LoopStatus, Report } from './loop-parts.ts';

/** What the loop tells about itself: kept up to date by the loop, told at most ten times a second. */
export interface StatusBoard {
  now(): LoopStatus;
  phase(phase: SyncPhase): void;
  marks(marks: SyncMarks): void;
  head(head: number): void;
  report(report: Report): void;
  contact(): void;
  /** Counts anew what waits; one count at a time. */
  recount(): void;
  stop(): void;
}

const MAX_RECENT = 30;
const TELL_GAP_MS = 100;
/** A count of many looks at all of them, and the next batch waits for it: no more than a share of the time goes into it. */
const COUNT_REST = 15;
/** Written down about once a minute: to the second it is only shown, not kept. */
const KEEP_GAP_MS = 60_000;

type BoardParts = Pick<LoopParts, 'store' | 'clock' | 'timers' | 'pace' | 'onStatus' | 'onFault'>;

export async function createStatusBoard(parts: BoardParts): Promise<StatusBoard> {
  const { store, clock, timers, pace, onStatus, onFault } = parts;
  // Before anything is told: a number that nobody has counted yet would say that nothing waits.
  const [marks, lastContactAt, unsent] = await Promise.all([
    store.marks(),
    store.lastContactAt(),
    store.countUnsent(),
  ]);
  let status: LoopStatus = {
    phase: { kind: 'idle' },
    lastContactAt,
    unsentEvents: unsent.events,
    unsentProfiles: unsent.profiles,
    oldestUnsentAt: unsent.oldestAt,
    cursor: marks.cursor,
    head: marks.cursor,
    setAside: marks.setAside,
    recent: [],
  };
  let keptAt = lastContactAt;
  let callOff: (() => void) | undefined;
  let isDirty = false;
  let isCounting = false;
  let countAgain = false;
  let callOffCount: (() => void) | undefined;
  let isStopped = false;

  function change(next: Partial<LoopStatus>): void {
    status = { ...status, ...next };
    isDirty = true;
    if (!callOff) tell();
  }

  function tell(): void {
    callOff = undefined;
    if (!isDirty || isStopped) return;
    isDirty = false;
    onStatus(status);
    callOff = timers.after(TELL_GAP_MS, tell);
  }

  async function count(): Promise<void> {
    isCounting = true;
    countAgain = false;
    const startedAt = pace.steadyNow();
    try {
      const { events, profiles, oldestAt } = await store.countUnsent();
      change({ unsentEvents: events, unsentProfiles: profiles, oldestUnsentAt: oldestAt });
    } catch (error) {
      onFault(error);
    } finally {
      isCounting = false;
    }
    const restMs = (pace.steadyNow() - startedAt) * COUNT_REST;
    if (restMs < 1) return recountIfWanted();
    callOffCount = timers.after(restMs, () => {
      callOffCount = undefined;
      recountIfWanted();
    });
  }

  function recountIfWanted(): void {
    if (countAgain && !isStopped) void count();
  }

  return {
    now: () => status,
    phase: (phase) => {
      if (JSON.stringify(phase) !== JSON.stringify(status.phase)) change({ phase });
    },
    marks: ({ cursor, setAside }) => change({ cursor, setAside, head: Math.max(status.head, cursor) }),
    head: (head) => change({ head: Math.max(head, status.cursor) }),
    report: (report) =>
      change({ recent: [{ at: clock.now(), ...report }, ...status.recent].slice(0, MAX_RECENT) }),
    contact() {
      const now = clock.now();
      change({ lastContactAt: now });
      if (keptAt !== null && now >= keptAt && now - keptAt < KEEP_GAP_MS) return;
      keptAt = now;
      store.keepContact(now).catch(onFault);
    },
    recount() {
      if (isCounting || callOffCount) countAgain = true;
      else void count();
    },
    stop() {
      isStopped = true;
      callOff?.();
      callOffCount?.();
    },
  };
}
