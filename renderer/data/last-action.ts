import { UNDO_WINDOW_MS } from '#shared/domain/undo.ts';
import { readEvent, VOIDABLE_TYPES, type LedgerEvent } from '#shared/ledger/event.ts';
import type { EventId, MemberId, StreamId, TillId } from '#shared/lib/brand.ts';
import { findCanonical } from './aliases.ts';
import type { Database } from './database.ts';
import { eventOf } from './event-of-row.ts';
import type { Ledger } from './ledger-port.ts';
import type { EventRow, MemberRow } from './rows.ts';

export interface LastAction {
  readonly event: LedgerEvent;
  readonly id: EventId;
  readonly member: MemberId;
  readonly row: MemberRow | undefined;
}

/** A slice of the walk: usually the first event is the answer, and an import writes hundreds of events at a time. */
const SLICE = 200;
/** What an import writes in five minutes hides an action behind it, which is too old by then anyway. */
const LONGEST_WALK = 5000;

/**
 * The newest thing a cashier did that one key may take back: at this window, or, when this window has done nothing yet
 * (after a reload), at this till. Nothing after an undo, so that pressing the key twice never takes back two things.
 * Imports, which a worker writes beside the counter, have an undo of their own and are passed over.
 *
 * @param window its ledger.
 */
export async function findLastAction(
  database: Database,
  till: TillId,
  window?: Pick<Ledger, 'stream' | 'lastEvent'>,
): Promise<LastAction | undefined> {
  const { events } = database;
  const own =
    (await findOfWindow()) ?? (await walk({ database, till, list: listOfStore, reachMs: UNDO_WINDOW_MS }));
  if (!own?.member || own.type === 'void') return undefined;
  return { event: eventOf(own), id: own.id, member: own.member, row: await findRow(own.member) };

  /** Who was merged since is told by the name of the person they are. */
  async function findRow(member: MemberId): Promise<MemberRow | undefined> {
    return await database.members.get(await findCanonical(database, member));
  }

  async function findOfWindow(): Promise<EventRow | undefined> {
    if (!window) return undefined;
    const id = window.lastEvent();
    const last = id && (await events.where('id').equals(id).first());
    // Where sync has moved the end of our stream, the newest stands there; and what is older where it was.
    for (const stream of new Set([last?.stream ?? window.stream(), window.stream()])) {
      const found = await walk({ database, till, list: listOfStream(stream), reachMs: Infinity });
      if (found) return found;
    }
    return undefined;
  }

  function listOfStream(of: StreamId) {
    return (before: EventRow | undefined) =>
      events
        .where('[stream+seq]')
        .between([of, 0], [of, before?.seq ?? Infinity])
        .reverse();
  }

  function listOfStore(before: EventRow | undefined) {
    return events
      .where('n')
      .below(before?.n ?? Infinity)
      .reverse();
  }
}

type Backwards = (before: EventRow | undefined) => ReturnType<Database['events']['reverse']>;

/** The newest action or void of the counter, looking from the end; undefined when there is none within reach. */
async function walk(request: {
  readonly database: Database;
  readonly till: TillId;
  readonly list: Backwards;
  /** How much older than the newest event it may be. */
  readonly reachMs: number;
}): Promise<EventRow | undefined> {
  const { database, till, list, reachMs } = request;
  let newestWall: number | undefined;
  let last: EventRow | undefined;
  for (let seen = 0; seen < LONGEST_WALK; seen += SLICE) {
    const slice = await list(last).limit(SLICE).toArray();
    const own = slice.filter((event) => event.till === till);
    const undone = await listUndoneImports(database, own);
    for (const event of own) {
      newestWall ??= event.wall;
      // Nobody may take it back with one key any more, nor what lies behind it.
      if (newestWall - event.wall > reachMs) return undefined;
      if (isAction(event) && !isImported(event) && !undone.has(event.id)) return event;
    }
    last = slice.at(-1);
    if (slice.length < SLICE) return undefined;
  }
  return undefined;
}

/** Voids among `events` that take back something imported: an import's undo, and nothing a cashier did. */
async function listUndoneImports(
  database: Database,
  events: readonly EventRow[],
): Promise<ReadonlySet<EventId>> {
  const voids = events.flatMap((event) => {
    const known = readEvent(event);
    return known?.type === 'void' ? [{ id: event.id, target: known.data.target }] : [];
  });
  if (voids.length === 0) return new Set();
  const targets = await database.events
    .where('id')
    .anyOf(voids.map(({ target }) => target))
    .toArray();
  const imported = new Set<string>(targets.filter(isImported).map(({ id }) => id));
  return new Set(voids.filter(({ target }) => imported.has(target)).map(({ id }) => id));
}

/** A referral is the other side of a first visit and goes with it. */
const isAction = ({ type }: EventRow): boolean =>
  type === 'void' || (VOIDABLE_TYPES.has(type) && type !== 'referral');

const isImported = (event: EventRow): boolean =>
  typeof event.data === 'object' && event.data !== null && 'import' in event.data;
