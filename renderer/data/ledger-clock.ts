import {
  formatHlc,
  HLC_ZERO,
  observeHlc,
  parseHlc,
  raiseHlc,
  tickHlc,
  type Hlc,
  type HlcState,
} from '#shared/lib/hlc.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import type { Clock } from '#shared/lib/ports.ts';
import type { Database } from './database.ts';
import type { Moment } from './ledger-port.ts';
import type { TillIdentity } from './rows.ts';

/** The time in an event: what the till's clock says, and stamps that only rise, whatever it says. */
export interface LedgerClock {
  moment(): Moment;
  nextHlc(): Hlc;
  /** The later edit must win, whatever clock the document's last one had. */
  pass(stamp: Hlc | undefined): void;
}

/** Where a start looks for the latest stamp of its till: a window each, and what they wrote last. */
const RECENT_STREAMS = 32;
const RECENT_EVENTS = 100;

export async function openLedgerClock(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly identity: TillIdentity;
}): Promise<LedgerClock> {
  const { clock, identity } = deps;
  let hlc = await lastHlc(deps);
  return {
    moment: () => {
      const wall = Math.floor(clock.now());
      const tz = clock.timeZone();
      return { wall, tz, day: plainDayAt(wall, tz) };
    },
    nextHlc: () => {
      hlc = tickHlc(hlc, clock.now());
      return formatHlc(hlc, identity.till);
    },
    pass: (stamp) => {
      const seen = stamp === undefined ? undefined : parseHlc(stamp);
      if (seen) hlc = raiseHlc(hlc, seen);
    },
  };
}

/** Stamps rise within a stream, so its last one stands for all; another window's clock may have been ahead of ours. */
async function lastHlc({
  database,
  clock,
  identity,
}: Parameters<typeof openLedgerClock>[0]): Promise<HlcState> {
  const { events, streams } = database;
  const recent = await streams.orderBy('stream').reverse().limit(RECENT_STREAMS).toArray();
  const [newest, heads] = await Promise.all([
    events.orderBy('n').reverse().limit(RECENT_EVENTS).toArray(),
    events
      .where('[stream+seq]')
      .anyOf(recent.map(({ stream, seq }) => [stream, seq]))
      .toArray(),
  ]);
  return [...newest, ...heads].reduce((state, event) => {
    const stamp = parseHlc(event.hlc);
    if (!stamp) return state;
    // Our own stamps hold however far the clock was set back since; a stranger's wrong clock must not bend ours.
    return event.till === identity.till ? raiseHlc(state, stamp) : observeHlc(state, stamp, clock.now());
  }, HLC_ZERO);
}
