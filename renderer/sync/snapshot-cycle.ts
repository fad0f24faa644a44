import type { Page } from '#shared/sync/apply-pull.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import { createPastFold, type PastFold } from '#shared/sync/fold-past.ts';
import type { NoAnswer } from '#shared/sync/read-reply.ts';
import type { SyncMarks } from '#shared/sync/sync-state.ts';
import type { LoopParts } from './loop-parts.ts';
import { followsOn, type OrderPages, type PulledReply } from './order-pages.ts';
import type { StatusBoard } from './status-board.ts';

/**
 * Everybody's card before a long past is in the ledger: the shop's order goes by once, or twice, is folded in memory, and its
 * pages are kept. The ledger is filled from those afterwards, page by page, as ever. One page or one slice of cards at a time.
 */
export interface SnapshotCycle {
  /**
   * @param isAlone nobody answers: what was kept must do, and waits for the rest where it does not.
   * @returns `none`: nothing is to be done, or an answer did not fit; the past comes without it, too.
   */
  next(marks: SyncMarks, isAlone?: boolean): Promise<'none' | 'more' | NoAnswer>;
  /** There is no long past any more. */
  stop(): void;
  /** It is being read, or its cards are being written. */
  isUnderWay(): boolean;
}

/** A past that is being read. */
interface Reading {
  readonly id: string;
  readonly serverEpoch: string | null;
  readonly fold: PastFold;
  /** The last place that is read: what comes later is pulled with the rest. */
  upTo: number;
  after: number;
  /** Those of earlier readings too. */
  read: number;
  ahead: Promise<PulledReply> | undefined;
  isRead: boolean;
  /** All is read, and the writing has begun. */
  cards: readonly MemberState[] | undefined;
  written: number;
}

/** A few milliseconds: what somebody asks of the worker meanwhile is answered in between. */
const FOLDED_AT_ONCE = 500;

export function createSnapshotCycle(
  { store, pace, batchId }: Pick<LoopParts, 'store' | 'pace' | 'batchId'>,
  pages: OrderPages,
  board: StatusBoard,
): SnapshotCycle {
  let reading: Reading | undefined;
  let isGivenUp = false;

  const ask = ({ serverEpoch }: Reading, after: number): Promise<PulledReply> =>
    pages.readAhead({ after, serverEpoch });

  async function findKept({ serverEpoch, after }: Reading): Promise<PulledReply | undefined> {
    const value = await pages.findKept({ after, serverEpoch });
    return value && { kind: 'answer', value };
  }

  function giveUp(): 'none' {
    isGivenUp = true;
    stop();
    return 'none';
  }

  function stop(): void {
    if (!reading) return;
    reading = undefined;
    board.snapshot(null);
  }

  /** Null: the reply says nothing that could be read on. */
  async function readPage(current: Reading, isAlone: boolean): Promise<'more' | 'none' | NoAnswer | null> {
    const { ahead } = current;
    current.ahead = undefined;
    const reply = isAlone ? await findKept(current) : await (ahead ?? ask(current, current.after));
    if (!reply) return 'none';
    if (reply.kind === 'rejected') return null;
    if (reply.kind !== 'answer') return reply;
    const { events, head, serverEpoch } = reply.value;
    const isNext = followsOn(current.after, events);
    const last = events.at(-1)?.g;
    if (serverEpoch !== current.serverEpoch || !isNext || last === undefined) return null;
    if (current.upTo === 0) current.upTo = head;
    if (last < current.upTo && !isAlone) current.ahead = ask(current, last);
    await foldSlices(current, events.slice(0, current.upTo - current.after));
    current.read += last - current.after;
    current.after = last;
    if (last < current.upTo) return 'more';
    if (current.fold.endReading()) current.after = 0;
    else current.isRead = true;
    return 'more';
  }

  async function foldSlices(current: Reading, events: Page['events']): Promise<void> {
    for (let from = 0; from < events.length; from += FOLDED_AT_ONCE) {
      await pace.turn();
      current.fold.take(events.slice(from, from + FOLDED_AT_ONCE));
    }
  }

  async function begin(current: Reading): Promise<void> {
    const { id, upTo, fold } = current;
    if (await store.beginSnapshot({ id, upTo, shopEvents: fold.shopEvents() })) current.cards = fold.cards();
    else stop();
  }

  async function writeSlice(current: Reading, cards: readonly MemberState[]): Promise<void> {
    const slice = cards.slice(current.written, current.written + pace.rows());
    const isLast = current.written + slice.length === cards.length;
    const startedAt = pace.steadyNow();
    const stands = await store.putSnapshot({ id: current.id, cards: slice, isLast });
    pace.measured({ rows: slice.length, durationMs: pace.steadyNow() - startedAt });
    current.written += slice.length;
    // Another window may have made everything anew: then it begins anew, too, if it is still wanted.
    if (isLast || !stands) stop();
  }

  return {
    stop,
    isUnderWay: () => reading !== undefined,
    async next({ serverEpoch }, isAlone = false) {
      if (reading && reading.serverEpoch !== serverEpoch) stop();
      if (isGivenUp) return 'none';
      if (!reading) {
        if (!(await store.isSnapshotDue())) return 'none';
        const fresh = { upTo: 0, after: 0, read: 0, ahead: undefined };
        const unwritten = { isRead: false, cards: undefined, written: 0 };
        const fold = createPastFold(store.shop);
        reading = { id: batchId(), serverEpoch, fold, ...fresh, ...unwritten };
      }
      const current = reading;
      if (current.cards) {
        await writeSlice(current, current.cards);
      } else if (current.isRead) {
        await begin(current);
      } else {
        const outcome = await readPage(current, isAlone);
        if (outcome === null) return giveUp();
        if (outcome !== 'more') return outcome;
      }
      if (reading) board.snapshot(progressOf(current));
      return 'more';
    },
  };
}

/** A card counts as ten events: so it is about even. */
const EVENTS_PER_CARD = 10;

function progressOf({ read, after, upTo, cards, written }: Reading): { done: number; total: number } {
  const left = cards ? (cards.length - written) * EVENTS_PER_CARD : upTo - after;
  const done = read + written * EVENTS_PER_CARD;
  return { done, total: done + left };
}
