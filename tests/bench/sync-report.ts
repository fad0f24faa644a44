import { inMs, longTaskFigure, times, type Figure } from './report.ts';
import type { Summary } from './statistics.ts';
import type { Traffic } from './sync-endpoint.ts';
import type { BusyDrain, Joining, Live, QuietDrain } from './sync-rounds.ts';

/** What sync's rounds say, beside what they are judged by. */

/** With a backlog of 150,000. A small one is half over before the worker is warm. */
const DRAIN_RATE = 10_000;
const JOIN_SECONDS = 90;
const LARGE_SHOP = 100_000;
const LIVE_MS = 1000;
const PUNCH_MS = 50;
/** A day of a busy till. */
const DAY_EVENTS = 500;

const told = (size: number, name: string, measured: string): Figure => ({
  size,
  name,
  measured,
  yardstick: '',
  ratio: '',
  goal: '',
  isMet: undefined,
});

const rate = (count: number, seconds: number): string => `${whole(count / seconds)}/s`;
const whole = (value: number): string => Math.round(value).toLocaleString('en');
const kilobytes = (bytes: number): string => `${whole(bytes / 1000)} kB`;
const both = ({ p50, p99 }: Summary): string => `${inMs(p50)} / ${inMs(p99)}`;

const traffic = ({ up, down, requests, preflights }: Traffic, share = 1): string =>
  `${kilobytes(up * share)} up, ${kilobytes(down * share)} down, ${whole(requests * share)} requests` +
  (preflights > 0 ? ` (and ${whole(preflights * share)} of the browser’s own)` : '');

export function drainFigures(size: number, drain: QuietDrain): Figure[] {
  const { events, seconds, docs, docSeconds, traffic: passed, bareRate, longTasks } = drain;
  const isLarge = size >= LARGE_SHOP;
  return [
    {
      ...told(
        size,
        `sync: ${whole(events)} events of one till sent, and their places back`,
        rate(events, seconds),
      ),
      yardstick: `same requests, nothing kept: ${rate(bareRate, 1)}`,
      ratio: times(events / seconds / bareRate),
      goal: isLarge ? `≥ ${whole(DRAIN_RATE)}/s` : '',
      isMet: isLarge ? events / seconds >= DRAIN_RATE : undefined,
    },
    longTaskFigure(size, 'sync: sending, with the page of sync open', longTasks),
    told(size, 'sync: these events on the wire', traffic(passed)),
    told(size, `sync: ${whole(docs)} documents after them, sealed, sent and pulled`, rate(docs, docSeconds)),
  ];
}

export function busyFigures(size: number, busy: BusyDrain): Figure[] {
  const { events, seconds, punches, alone, longTasks } = busy;
  return [
    told(size, 'sync: the same with a cashier at the counter', rate(events, seconds)),
    {
      ...told(
        size,
        `sync: punch while events are sent, Enter to "done", ${punches.count} of them`,
        both(punches),
      ),
      yardstick: `nothing to send: ${both(alone)}`,
      ratio: `${times(punches.p50 / alone.p50)} / ${times(punches.p99 / alone.p99)}`,
      goal: `p50 ≤ ${PUNCH_MS} ms`,
      isMet: punches.p50 <= PUNCH_MS,
    },
    longTaskFigure(size, 'sync: punching while events are sent', longTasks),
  ];
}

export function joiningFigures(size: number, joining: Joining): Figure[] {
  const { events, docs, servingSeconds, seconds, steps, punches, stamps, longTasks } = joining;
  const isLarge = size >= LARGE_SHOP;
  return [
    {
      ...told(
        size,
        `sync: a new till joins a shop of ${whole(docs)} members and ${whole(events)} events: everybody is served, and its whole past is on this till’s disk`,
        `${servingSeconds.toFixed(1)} s, ${whole(steps)} steps on the screen`,
      ),
      goal: isLarge ? `≤ ${JOIN_SECONDS} s` : '',
      isMet: isLarge ? servingSeconds <= JOIN_SECONDS : undefined,
    },
    told(size, 'sync: the same, until each event has its row in the ledger', `${seconds.toFixed(1)} s`),
    told(size, 'sync: the joining on the wire', traffic(joining.traffic)),
    told(size, 'sync: a regular’s stamp while the ledger comes, Enter to "done"', both(stamps)),
    told(size, 'sync: somebody joins at the counter in the middle of it, Enter to "done"', both(punches)),
    longTaskFigure(size, 'sync: joining', longTasks),
  ];
}

export function liveFigures(size: number, { stamps, seen, missed, sent, looked }: Live): Figure[] {
  const share = DAY_EVENTS / stamps;
  return [
    {
      ...told(
        size,
        `sync: Enter at one till to the stamp on the screen of another, ${seen.count} of them`,
        both(seen),
      ),
      goal: `p99 ≤ ${LIVE_MS} ms${missed > 0 ? `, ${missed} not seen` : ''}`,
      isMet: missed === 0 && seen.p99 <= LIVE_MS,
    },
    told(
      size,
      `sync: a day of ${DAY_EVENTS} stamps one by one, on the wire of the till`,
      traffic(sent, share),
    ),
    told(size, `sync: the same at a till that only looks on`, traffic(looked, share)),
  ];
}
