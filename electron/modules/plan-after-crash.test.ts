import { expect, test } from 'vitest';
import { CRASH_WINDOW_MS, MAX_RELOADS, planAfterCrash } from './plan-after-crash.ts';

test('three deaths within a minute are reloaded, the fourth asks', () => {
  let recent: readonly number[] = [];
  const plans: string[] = [];
  for (let crash = 0; crash <= MAX_RELOADS; crash += 1) {
    const plan = planAfterCrash(recent, 1000 + crash);
    recent = plan.recentCrashesAt;
    plans.push(plan.next);
  }
  expect(plans).toEqual(['reload', 'reload', 'reload', 'ask']);
});

test('old deaths are forgotten, and so are those a clock set back put into the future', () => {
  const now = 10 * CRASH_WINDOW_MS;
  const recent = [now - CRASH_WINDOW_MS, now + 1, now + 2, now + 3];
  expect(planAfterCrash(recent, now)).toEqual({ next: 'reload', recentCrashesAt: [now] });
});
