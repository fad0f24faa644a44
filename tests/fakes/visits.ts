import { UNASSIGNED_STAFF, type EventDraft, type KnownEvent } from '#shared/ledger/event.ts';
import { sealEvent, type StreamHead } from '#shared/ledger/stream.ts';
import type { EventId, MemberId, PlainDay, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import { formatHlc, HLC_ZERO, tickHlc } from '#shared/lib/hlc.ts';

export const VISITS_AT_MS = Date.UTC(2026, 0, 1);

/** A stream of visits as a till would seal it. `first` numbers the ids: two lives of one stream differ in it. */
export function visitsOf({
  stream,
  count,
  shop = 'shop-1',
  first = 1,
  atMs = VISITS_AT_MS,
}: {
  readonly stream: string;
  readonly count: number;
  readonly shop?: string;
  readonly first?: number;
  readonly atMs?: number;
}): KnownEvent[] {
  const till = `till-of-${stream}` as TillId;
  let head: StreamHead = { stream: stream as StreamId, seq: 0, link: '' };
  let clock = HLC_ZERO;
  return Array.from({ length: count }, (_, index) => {
    const wall = atMs + index;
    const draft: EventDraft = {
      id: `${stream}-${first + index}` as EventId,
      type: 'visit',
      staff: UNASSIGNED_STAFF,
      member: `member-${index % 100}` as MemberId,
      data: { count: 1, grants: [] },
    };
    clock = tickHlc(clock, wall);
    const sealed = sealEvent(draft, head, {
      shop: shop as ShopId,
      till,
      hlc: formatHlc(clock, till),
      wall,
      tz: 'UTC',
      day: '2026-01-01' as PlainDay,
    });
    head = sealed.head;
    return sealed.event;
  });
}

/** The same event, changed and sealed anew as the first of its stream. */
export function resealed(event: object): object {
  const { stream, shop, till, hlc, wall, tz, day, ...draft } = event as KnownEvent;
  const { v, seq, prev, parent, body, link, ...content } = draft as KnownEvent;
  const head: StreamHead = { stream, seq: 0, link: '' };
  return sealEvent(content, head, { shop, till, hlc, wall, tz, day }).event;
}
