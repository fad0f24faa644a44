import type { NoAnswer } from './read-reply.ts';
import type { AlarmCode, SyncMarks, SyncRun, SyncStep, WaitCause } from './sync-state.ts';

/** When a till tries again, after an answer that settles nothing. */

const FIRST_WAIT_MS = 2000;
export const LONGEST_WAIT_MS = 15 * 60 * 1000;
export const LONGEST_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Full jitter: tills that lost the same endpoint at the same moment do not come back at the same moment.
 *
 * @param chance 0 ≤ chance < 1
 */
export function waitMsAfter(failures: number, chance: number): number {
  // 2^20 is far beyond the longest wait, and still exact.
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 20));
  return Math.floor(chance * most);
}

/** What the endpoint asked for, never more than a day, and some jitter on top: it asked everybody. */
export function waitMsAsked(retryAfterMs: number, chance: number): number {
  return Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) + waitMsAfter(4, chance);
}

/** The step after an answer that is none. The marks never change: nobody knows what the endpoint did. */
export function planRetry(
  answer: NoAnswer,
  { marks, run }: { readonly marks: SyncMarks; readonly run: SyncRun },
  chance: number,
): SyncStep {
  const wait = (forMs: number, because: WaitCause): SyncStep => ({
    marks,
    // What happened meanwhile, and whether this is still the same endpoint, is asked first.
    run: { ...run, failures: run.failures + 1, needsHello: true, phase: { kind: 'waiting', forMs, because } },
    effects: [],
  });
  const end = (phase: SyncRun['phase'], code: AlarmCode): SyncStep => ({
    marks,
    run: { ...run, phase, needsHello: true },
    effects: [{ do: 'raise', code, about: code }],
  });
  switch (answer.kind) {
    case 'unknown':
      return wait(waitMsAfter(run.failures, chance), answer.because);
    case 'other-epoch':
      // A wait all the same, if a short one: every till of the shop learns of it in the same moment.
      return wait(waitMsAfter(run.failures, chance), 'busy');
    case 'busy':
      return wait(waitMsAsked(answer.retryAfterMs, chance), 'busy');
    case 'unauthorized':
      return end({ kind: 'paused' }, 'unauthorized');
    case 'stop':
      return end({ kind: 'stopped', because: answer.because }, answer.because);
  }
}
