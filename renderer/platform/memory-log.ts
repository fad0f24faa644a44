import type { Clock, Log } from '#shared/lib/ports.ts';

/** Enough to see what led to a report, small enough to paste into one. */
export const LOG_CAPACITY = 500;

export type LogDetails = Readonly<Record<string, string | number | boolean>>;

export interface LogEntry {
  readonly at: number;
  readonly level: 'info' | 'error';
  readonly code: string;
  readonly details: LogDetails;
}

export interface MemoryLog extends Log {
  /** Oldest first. A copy: later entries do not change it. */
  entries(): readonly LogEntry[];
}

/** The last entries for the diagnostics screen. Gone with the page, on purpose: nothing here is worth keeping. */
export function createMemoryLog(clock: Pick<Clock, 'now'>, capacity: number = LOG_CAPACITY): MemoryLog {
  const entries: LogEntry[] = [];
  const add = (level: LogEntry['level'], code: string, details: LogDetails = {}): void => {
    entries.push({ at: clock.now(), level, code, details: withoutFreeText(details) });
    if (entries.length > capacity) entries.shift();
  };
  return {
    info: (code, details) => add('info', code, details),
    error: (code, details) => add('error', code, details),
    entries: () => [...entries],
  };
}

const WITHHELD = '[withheld]';

/**
 * A backstop, not the rule: callers pass ids, counts and codes only. Text with spaces, accents or an @, and bare
 * digits as long as a phone number, are what names, notes and numbers look like.
 */
function withoutFreeText(details: LogDetails): LogDetails {
  const isSafe = (value: string) => /^[\w.:/-]{0,100}$/.test(value) && !/^\d{7,}$/.test(value);
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [
      key,
      typeof value !== 'string' || isSafe(value) ? value : WITHHELD,
    ]),
  );
}
