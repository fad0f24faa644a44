/** A page that dies once is reloaded; one that keeps dying would flicker for ever and hide the reason. */
export const MAX_RELOADS = 3;
/** Three deaths within a minute are a defect, three within a day are bad luck. */
export const CRASH_WINDOW_MS = 60_000;

export interface CrashPlan {
  readonly next: 'reload' | 'ask';
  /** Moments that still count, to pass in next time. */
  readonly recentCrashesAt: readonly number[];
}

export function planAfterCrash(recentCrashesAt: readonly number[], nowMs: number): CrashPlan {
  // A moment in the future is a clock that was set back: it counts no more.
  const counting = recentCrashesAt.filter((at) => at <= nowMs && nowMs - at < CRASH_WINDOW_MS);
  return {
    next: counting.length < MAX_RELOADS ? 'reload' : 'ask',
    recentCrashesAt: [...counting, nowMs],
  };
}
