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
import { answerOf } from './native.ts';
import type { MetaRow, TillIdentity } from './rows.ts';

/** The time in an event: what the till's clock says, and stamps that only rise, whatever it says. */
export interface LedgerClock {
  moment(): Moment;
  nextHlc(): Hlc;
  /** Another window may have written since, by a clock that was ahead. Before anything is sealed. */
  follow(transaction: IDBTransaction): Promise<void>;
  /** The later edit must win, whatever clock the document's last one had. */
  pass(stamp: Hlc | undefined): void;
}

/** Row in `meta`: the last stamp of this till, from whichever window. Absent until its first event of this version. */
const STAMP_KEY = 'lastStamp';
/** How many events a start looks at besides: what other tills wrote last, and what an older version wrote. */
const RECENT_EVENTS = 100;

/** With the event that carries it. */
export function putLastStamp(transaction: IDBTransaction, hlc: Hlc): void {
  transaction.objectStore('meta').put({ key: STAMP_KEY, value: hlc } satisfies MetaRow);
}

export async function openLedgerClock(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly identity: TillIdentity;
}): Promise<LedgerClock> {
  const { clock, identity } = deps;
  let hlc = await lastHlc(deps);

  function pass(stamp: unknown): void {
    const seen = typeof stamp === 'string' ? parseHlc(stamp) : undefined;
    if (seen) hlc = raiseHlc(hlc, seen);
  }

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
    follow: async (transaction) => {
      const request = transaction.objectStore('meta').get(STAMP_KEY);
      pass((await answerOf(request as IDBRequest<MetaRow | undefined>))?.value);
    },
    pass,
  };
}

/** Our own stamps are passed with each commit, however far the clock was set back since; these are for the others. */
async function lastHlc({
  database,
  clock,
  identity,
}: Parameters<typeof openLedgerClock>[0]): Promise<HlcState> {
  const newest = await database.events.orderBy('n').reverse().limit(RECENT_EVENTS).toArray();
  return newest.reduce((state, event) => {
    const stamp = parseHlc(event.hlc);
    if (!stamp) return state;
    // A stranger's wrong clock must not bend ours.
    return event.till === identity.till ? raiseHlc(state, stamp) : observeHlc(state, stamp, clock.now());
  }, HLC_ZERO);
}
