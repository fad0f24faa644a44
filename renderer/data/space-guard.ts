import type { Clock, Log } from '#shared/lib/ports.ts';

/**
 * Asks for room before anything is written. Chromium's store does not survive a commit that the disk cuts off: the torn
 * record stays in its log, later commits are appended behind it, and the next start of the browser finds the store
 * damaged and deletes all of it. So a write must not even begin on a full disk (docs/adr/0009).
 *
 *   lookup ─► warm ─► probe ─► yes: good for a second ─► Enter ─► ensure: at once
 *                        └─ no: kept by nobody; the next one asks again
 */

/**
 * What must fit besides the write itself: LevelDB keeps 4 MiB in memory and pours them into a new file when they are
 * full, and a bulk slice adds its own record to the log. Twice that leaves room for what else the browser writes.
 */
export const RESERVE_BYTES = 8 * 1024 * 1024;
/** Long enough from the last key to Enter, too short for another program to fill the reserve. */
export const GOOD_FOR_MS = 1000;

export interface SpaceGuard {
  /** Starts asking, so that the answer is there when it is needed. */
  warm(): void;
  /** May something be written now? */
  ensure(): Promise<boolean>;
  /** A write met a full disk all the same: nothing asked before counts any more. */
  trip(): void;
}

export interface SpaceGuardDeps {
  /** Can so many bytes more be stored right now? Must not reject. */
  readonly hasRoom: (bytes: number) => Promise<boolean>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log?: Log;
}

export function createSpaceGuard({ hasRoom, clock, log }: SpaceGuardDeps): SpaceGuard {
  let goodAt: number | undefined;
  let running: Promise<boolean> | undefined;

  function isFresh(): boolean {
    if (goodAt === undefined) return false;
    const age = clock.now() - goodAt;
    // A clock that was set back makes no answer younger.
    return age >= 0 && age < GOOD_FOR_MS;
  }

  function probe(): Promise<boolean> {
    // Before the answer: what it says was true at some moment after this one.
    const askedAt = clock.now();
    const mine: Promise<boolean> = hasRoom(RESERVE_BYTES).then((isRoom) => {
      if (running !== mine) return isRoom;
      running = undefined;
      goodAt = isRoom ? askedAt : undefined;
      return isRoom;
    });
    running = mine;
    return mine;
  }

  async function answer(): Promise<boolean> {
    if (isFresh()) return true;
    const asked = running ?? probe();
    const isRoom = await asked;
    // Tripped meanwhile: that answer is from before.
    return isRoom && goodAt === undefined ? await answer() : isRoom;
  }

  return {
    warm() {
      if (!running && !isFresh()) void probe();
    },
    async ensure() {
      const isRoom = await answer();
      if (!isRoom) log?.error('disk-full', { wasRefused: true });
      return isRoom;
    },
    trip() {
      goodAt = undefined;
      running = undefined;
      log?.error('disk-full', { wasRefused: false });
    },
  };
}

/**
 * For writers that report by throwing. Without a guard (tests) there is always room.
 *
 * @throws DOMException QuotaExceededError, as the store itself would.
 */
export async function requireRoom(guard: SpaceGuard | undefined): Promise<void> {
  if (guard && !(await guard.ensure())) throw new DOMException('no room on the disk', 'QuotaExceededError');
}
