//   page dies ──► logged ──► reloaded, at most 3 times a minute ──► asked: reload or quit
//   page hangs ─► logged ──► asked: wait, or stop it (it then "dies" and is reloaded)
//
// A reload is safe at any moment: every stamp is committed to the ledger before the cashier sees it.

import type { App, BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import type { Log } from '#shared/lib/ports.ts';
import type { Labels } from './labels.ts';
import { planAfterCrash } from './plan-after-crash.ts';

export interface CrashSetting {
  readonly app: Pick<App, 'quit'>;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly labels: Labels;
  readonly log: Log;
  readonly now: () => number;
}

export function watchWindow(window: BrowserWindow, setting: CrashSetting): void {
  const { app, dialog, labels, log, now } = setting;
  const { webContents } = window;
  let recentCrashesAt: readonly number[] = [];

  const ask = async (options: MessageBoxOptions): Promise<boolean> => {
    if (window.isDestroyed()) return false;
    const { response } = await dialog.showMessageBox(window, { ...options, defaultId: 0, cancelId: 0 });
    return response === 1 && !window.isDestroyed();
  };

  const afterCrash = async (): Promise<void> => {
    const plan = planAfterCrash(recentCrashesAt, now());
    recentCrashesAt = plan.recentCrashesAt;
    if (plan.next === 'ask') {
      const hasQuit = await ask({
        type: 'error',
        message: labels.keepsFailing,
        detail: labels.dataIsSafe,
        buttons: [labels.reload, labels.quit],
      });
      if (hasQuit) return app.quit();
    }
    if (!window.isDestroyed()) webContents.reload();
  };

  const afterHang = async (): Promise<void> => {
    const isStopped = await ask({
      type: 'warning',
      message: labels.notResponding,
      detail: labels.dataIsSafe,
      buttons: [labels.wait, labels.reload],
    });
    // A hung page ignores reload(); ending its process leads to the reload above.
    if (isStopped) webContents.forcefullyCrashRenderer();
  };

  const report = (code: string, work: Promise<void>): void => {
    work.catch((error: unknown) =>
      log.error(code, { name: error instanceof Error ? error.name : 'unknown' }),
    );
  };

  webContents.on('render-process-gone', (_event, details) => {
    log.error('page-gone', { reason: details.reason, exitCode: details.exitCode });
    if (details.reason !== 'clean-exit') report('crash-plan-failed', afterCrash());
  });
  webContents.on('unresponsive', () => {
    log.error('page-unresponsive');
    report('hang-plan-failed', afterHang());
  });
  webContents.on('responsive', () => log.info('page-responsive'));
}

/** The GPU and utility processes: Chromium restarts them itself, we only want to know. */
export function watchProcesses(app: Pick<App, 'on'>, log: Log): void {
  app.on('child-process-gone', (_event, details) => {
    log.error('process-gone', { type: details.type, reason: details.reason, exitCode: details.exitCode });
  });
}
