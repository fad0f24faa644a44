import type { Clock } from '#shared/lib/ports.ts';

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  nowMs: number;

  constructor(nowMs = Date.UTC(2026, 0, 5, 9)) {
    this.nowMs = nowMs;
  }

  now(): number {
    return this.nowMs;
  }

  timeZone(): string {
    return 'Europe/Istanbul';
  }

  advance(milliseconds: number): void {
    this.nowMs += milliseconds;
  }
}
