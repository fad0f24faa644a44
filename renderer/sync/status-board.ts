import type { SyncMarks, SyncPhase } from '#shared/sync/sync-state.ts';
import type { LoopParts, LoopStatus, Report } from './loop-parts.ts';
import type { SnapshotProgress } from './sync-desk.ts';

/** What the loop tells about itself: kept up to date by the loop, told at most four times a second. */
export interface StatusBoard {
  now(): LoopStatus;
  phase(phase: SyncPhase): void;
  marks(marks: SyncMarks): void;
  head(head: number): void;
  snapshot(progress: SnapshotProgress | null): void;
  filing(isFiling: boolean): void;
  report(report: Report): void;
  contact(): void;
  /** Counts anew what waits; one count at a time. */
  recount(): void;
  /** The same while documents stay as they are: to count those takes long. */
  recountEvents(): void;
  stop(): void;
}

const MAX_RECENT = 30;
/** Every window draws it: with a batch a dozen times a second that would be most of what a sending till does. */
const TELL_GAP_MS = 250;
/** A count of many looks at all of them, and the next batch waits for it: no more than a share of the time goes into it. */
const COUNT_REST = 15;
/** Written down about once a minute: to the second it is only shown, not kept. */
const KEEP_GAP_MS = 60_000;

type BoardParts = Pick<LoopParts, 'store' | 'clock' | 'timers' | 'pace' | 'onStatus' | 'onFault'>;

export async function createStatusBoard(parts: BoardParts): Promise<StatusBoard> {
  const { store, clock, timers, onStatus, onFault } = parts;
  // Before anything is told: a number that nobody has counted yet would say that nothing waits.
  const [marks, lastContactAt, unsent, unsentProfiles] = await Promise.all([
    store.marks(),
    store.lastContactAt(),
    store.countUnsent(),
    store.countUnsentProfiles(),
  ]);
  let status: LoopStatus = {
    phase: { kind: 'idle' },
    lastContactAt,
    unsentEvents: unsent.events,
    unsentProfiles,
    oldestUnsentAt: unsent.oldestAt,
    cursor: marks.cursor,
    head: marks.cursor,
    snapshot: null,
    isFiling: false,
    setAside: marks.setAside,
    recent: [],
  };
  let keptAt = lastContactAt;
  let callOff: (() => void) | undefined;
  let isDirty = false;
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

  const countEvents = createCounter(async () => {
    const { events, oldestAt } = await store.countUnsent();
    change({ unsentEvents: events, oldestUnsentAt: oldestAt });
  }, parts);
  const countProfiles = createCounter(
    async () => change({ unsentProfiles: await store.countUnsentProfiles() }),
    parts,
  );

  return {
    now: () => status,
    phase: (phase) => {
      if (JSON.stringify(phase) !== JSON.stringify(status.phase)) change({ phase });
    },
    marks: ({ cursor, setAside }) => change({ cursor, setAside, head: Math.max(status.head, cursor) }),
    head: (head) => change({ head: Math.max(head, status.cursor) }),
    snapshot: (snapshot) => change({ snapshot }),
    filing: (isFiling) => {
      if (isFiling !== status.isFiling) change({ isFiling });
    },
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
      countEvents.again();
      countProfiles.again();
    },
    recountEvents: () => countEvents.again(),
    stop() {
      isStopped = true;
      callOff?.();
      countEvents.stop();
      countProfiles.stop();
    },
  };
}

/** One count at a time, and none before a rest; what was asked for meanwhile is one more. */
function createCounter(
  count: () => Promise<void>,
  { pace, timers, onFault }: Pick<BoardParts, 'pace' | 'timers' | 'onFault'>,
): { readonly again: () => void; readonly stop: () => void } {
  let isCounting = false;
  let isWanted = false;
  let isStopped = false;
  let callOffRest: (() => void) | undefined;

  async function run(): Promise<void> {
    isCounting = true;
    isWanted = false;
    const startedAt = pace.steadyNow();
    try {
      await count();
    } catch (error) {
      onFault(error);
    } finally {
      isCounting = false;
    }
    const restMs = (pace.steadyNow() - startedAt) * COUNT_REST;
    if (restMs < 1) return runIfWanted();
    callOffRest = timers.after(restMs, () => {
      callOffRest = undefined;
      runIfWanted();
    });
  }

  function runIfWanted(): void {
    if (isWanted && !isStopped) void run();
  }

  return {
    again() {
      if (isCounting || callOffRest) isWanted = true;
      else void run();
    },
    stop() {
      isStopped = true;
      callOffRest?.();
    },
  };
}
