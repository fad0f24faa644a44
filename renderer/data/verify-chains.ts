import Dexie from 'dexie';
import { CHAIN_START, findEventFault, type ChainFault, type ChainPosition } from '#shared/ledger/stream.ts';
import type { StreamId } from '#shared/lib/brand.ts';
import type { Database } from './database.ts';
import { eventOf } from './event-of-row.ts';
import { withPlacesOf } from './place-runs.ts';
import type { EventRow } from './rows.ts';

/**
 * Checks that the ledger is what was written: every event's hash, every link to the one before, every stream's end and
 * the event it claims to have begun after. Reads in slices, so that the counter goes on meanwhile.
 */

/** Events checked between two looks at the cancel button; about 20 ms of hashing. */
const SLICE = 200;

/**
 * `end`: events are missing at the end of the stream, or the note of its end is.
 * `parent`: the event this stream began after is not there, or not the same any more.
 */
export type StreamFault = ChainFault | 'end' | 'parent';

export interface FoundFault {
  readonly stream: StreamId;
  /** Position in the stream, from 1. */
  readonly seq: number;
  readonly fault: StreamFault;
}

export interface VerifyProgress {
  readonly doneEvents: number;
  readonly totalEvents: number;
}

export interface VerifyReport {
  readonly events: number;
  readonly streams: number;
  /** The first fault of each damaged stream. */
  readonly faults: readonly FoundFault[];
  readonly isCancelled: boolean;
}

export async function verifyChains(
  database: Database,
  options: {
    readonly signal?: AbortSignal;
    readonly report?: (progress: VerifyProgress) => void;
  } = {},
): Promise<VerifyReport> {
  const { signal, report } = options;
  const totalEvents = await database.events.count();
  const faults: FoundFault[] = [];
  let events = 0;
  let streams = 0;
  for await (const stream of streamsInOrder(database)) {
    streams += 1;
    let before = CHAIN_START;
    let fault: FoundFault | undefined;
    for await (const { page, head } of pagesOf(database, stream)) {
      if (signal?.aborted) return { events, streams, faults, isCancelled: true };
      const checked = fault ? { before, fault } : await checkPage(database, { stream, page, before, head });
      ({ before, fault } = checked);
      events += page.length;
      report?.({ doneEvents: Math.min(events, totalEvents), totalEvents });
    }
    if (fault) faults.push(fault);
  }
  return { events, streams, faults, isCancelled: false };
}

interface Checked {
  readonly before: ChainPosition;
  readonly fault: FoundFault | undefined;
}

async function checkPage(
  database: Database,
  request: {
    readonly stream: StreamId;
    readonly page: readonly EventRow[];
    readonly before: ChainPosition;
    readonly head: ChainPosition | undefined;
  },
): Promise<Checked> {
  const { stream, page, head } = request;
  let { before } = request;
  for (const row of page) {
    const event = eventOf(row);
    // Of a stream that was pulled, an event may be missing that the endpoint refused: what came after it holds by itself.
    if (row.seq > before.seq + 1 && (await isPlaced(database, row))) {
      before = { seq: row.seq - 1, link: row.prev };
    }
    const fault =
      findEventFault(event, before) ?? ((await hasParent(database, event.parent)) ? undefined : 'parent');
    if (fault) return { before, fault: { stream, seq: before.seq + 1, fault } };
    before = event;
  }
  // Page and head were read in one transaction: on the last page they must agree.
  const isAtEnd = page.length < SLICE;
  const isCut = isAtEnd && (head?.seq !== before.seq || head.link !== before.link);
  return { before, fault: isCut ? { stream, seq: before.seq + 1, fault: 'end' } : undefined };
}

async function isPlaced(database: Database, row: EventRow): Promise<boolean> {
  const [placed] = await withPlacesOf(database, [row]);
  return placed?.g !== undefined;
}

async function hasParent(database: Database, parent: EventRow['parent']): Promise<boolean> {
  if (!parent) return true;
  const found = await database.events.where('[stream+seq]').equals([parent.stream, parent.seq]).first();
  return found?.link === parent.link;
}

/** Ids of all streams, those whose events are all gone included. */
async function* streamsInOrder(database: Database): AsyncGenerator<StreamId> {
  const known = new Set(await database.streams.toCollection().primaryKeys());
  for (let after = ''; ;) {
    const next = await database.events.where('[stream+seq]').above([after, Dexie.maxKey]).first();
    if (!next) break;
    known.delete(next.stream);
    yield next.stream;
    after = next.stream;
  }
  for (const stream of known) yield stream as StreamId;
}

/** A stream's events in order, the last page shorter than a slice, each with the head noted at that moment. */
async function* pagesOf(
  database: Database,
  stream: StreamId,
): AsyncGenerator<{ readonly page: readonly EventRow[]; readonly head: ChainPosition | undefined }> {
  for (let seq: number = -Infinity; ;) {
    const from = seq;
    const read = await database.transaction('r', [database.events, database.streams], async () => ({
      page: await database.events
        .where('[stream+seq]')
        .between([stream, from], [stream, Dexie.maxKey], false)
        .limit(SLICE)
        .toArray(),
      head: await database.streams.get(stream),
    }));
    yield read;
    if (read.page.length < SLICE) return;
    seq = read.page.at(-1)?.seq ?? seq;
  }
}
