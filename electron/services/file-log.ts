import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '#shared/lib/ports.ts';

/** Two files of this size hold months of incidents and never fill a small disk. */
export const MAX_LOG_BYTES = 512 * 1024;

/**
 * A log of JSON lines in `<folder>/main.log`, the one before it in `main.1.log`. Synchronous on purpose: the entry that
 * matters is the last one before the process ends.
 */
export function createFileLog(setting: { folder: string; now: () => number }): Log {
  const { folder, now } = setting;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'main.log');
  const write = (level: 'info' | 'error', code: string, details: Parameters<Log['info']>[1]): void => {
    const line = JSON.stringify({ at: new Date(now()).toISOString(), level, code, ...details });
    try {
      if (sizeOf(file) > MAX_LOG_BYTES) renameSync(file, join(folder, 'main.1.log'));
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    } catch {
      // A full or read-only disk must not stop the till from selling; stderr is what is left.
      process.stderr.write(`${line}\n`);
    }
  };
  return {
    info: (code, details) => write('info', code, details),
    error: (code, details) => write('error', code, details),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
