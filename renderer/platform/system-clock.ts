import type { Clock } from '#shared/lib/ports.ts';

/** The machine's clock. The zone is asked each time: the user may change it while the till runs. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    timeZone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
