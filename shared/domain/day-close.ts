import type { EventData, LedgerEvent } from '../ledger/event.ts';
import type { PlainDay } from '../lib/brand.ts';

/**
 * What a close of a business day covers, and which days wait for one.
 *
 * An event belongs to the calendar day of its till's zone at its moment (`event.day`), so a shop that is open past midnight
 * has stamps on both days and closes the first one when it gets round to it. A close names the last event of its day in
 * every stream; whatever of that day is found later is covered by no close and waits for a supplement, which is one more
 * close of the same day. So two tills that close one day without knowing of each other never disagree about what was
 * closed, and a closed day stays as it was.
 */

export type DayCloseData = EventData<'day-close'>;
export type CoveredHead = DayCloseData['heads'][number];

/** By stream: everything up to this position is covered. */
export type Cover = ReadonlyMap<string, number>;

export function coverOf(closes: readonly Pick<DayCloseData, 'heads'>[]): Cover {
  const cover = new Map<string, number>();
  for (const { stream, seq } of closes.flatMap(({ heads }) => heads)) {
    cover.set(stream, Math.max(seq, cover.get(stream) ?? 0));
  }
  return cover;
}

export const isCovered = (cover: Cover, { stream, seq }: Pick<LedgerEvent, 'stream' | 'seq'>): boolean =>
  seq <= (cover.get(stream) ?? 0);

/** Notes about closing are no part of what is closed: a close would otherwise make its own day late. */
export const isAboutClosing = ({ type }: Pick<LedgerEvent, 'type'>): boolean =>
  type === 'day-close' || type === 'export';

/** The last event of every stream, in the order of the streams: two tills with the same events name the same heads. */
export function headsOf(events: Iterable<Pick<LedgerEvent, 'stream' | 'seq' | 'link'>>): CoveredHead[] {
  const heads = new Map<string, CoveredHead>();
  for (const { stream, seq, link } of events) {
    const known = heads.get(stream);
    if (!known || known.seq < seq) heads.set(stream, { stream, seq, link });
  }
  return [...heads.values()].sort((a, b) => (a.stream < b.stream ? -1 : 1));
}

/** A day on which something happened that no close covers. */
export interface WaitingDay {
  readonly day: PlainDay;
  /** Events without those about closing. */
  readonly events: number;
  /** 0: the day was never closed. Else how often it was, and the next file is this supplement. */
  readonly closes: number;
}

export interface ClosePlan {
  /** Never closed, before today, the oldest first: each is closed alone. */
  readonly forgotten: readonly WaitingDay[];
  /** Undefined: today was closed. A quiet day can be closed as well. */
  readonly today: WaitingDay | undefined;
  /** Closed days with something that came later; the next close takes it along. */
  readonly late: readonly WaitingDay[];
}

/** @param waiting in any order. A day that lies ahead was a wrong clock's, and waits until it comes. */
export function planClose(request: {
  readonly waiting: readonly WaitingDay[];
  readonly today: PlainDay;
  readonly isTodayClosed: boolean;
}): ClosePlan {
  const { today, isTodayClosed } = request;
  const due = request.waiting.filter(({ day }) => day <= today).sort((a, b) => (a.day < b.day ? -1 : 1));
  const open = due.filter(({ closes }) => closes === 0);
  return {
    forgotten: open.filter(({ day }) => day < today),
    today: isTodayClosed
      ? undefined
      : (open.find(({ day }) => day === today) ?? { day: today, events: 0, closes: 0 }),
    late: due.filter(({ closes }) => closes > 0),
  };
}

/** What Enter closes now: the oldest day that was forgotten, else today, else only what came later. */
export function nextToClose({ forgotten, today, late }: ClosePlan): WaitingDay | undefined {
  const [oldest] = forgotten;
  if (oldest) return oldest;
  if (today && (today.events > 0 || late.length === 0)) return today;
  return late[0] ?? today;
}
