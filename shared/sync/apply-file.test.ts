import { describe, expect, test } from 'vitest';
import { UNASSIGNED_STAFF, type LedgerEvent } from '../ledger/event.ts';
import { sealEvent, type StreamHead } from '../ledger/stream.ts';
import type { EventId, PlainDay, ShopId, StreamId, TillId } from '../lib/brand.ts';
import { formatHlc } from '../lib/hlc.ts';
import { applyFile } from './apply-file.ts';
import type { Held } from './sync-state.ts';

function eventsOf(stream: string, count: number, { till = 'other', shop = 'shop', prefix = stream } = {}) {
  let head: StreamHead = { stream: stream as StreamId, seq: 0, link: '' };
  return Array.from({ length: count }, (_, index): LedgerEvent => {
    const data = { kind: 'sync-file' as const, files: 1 };
    const sealed = sealEvent(
      { id: `${prefix}-${index + 1}` as EventId, type: 'export', staff: UNASSIGNED_STAFF, data },
      head,
      {
        shop: shop as ShopId,
        till: till as TillId,
        hlc: formatHlc({ wallMs: index, counter: 0 }, till as TillId),
        wall: index,
        tz: 'UTC',
        day: '2026-01-01' as PlainDay,
      },
    );
    head = sealed.head;
    return sealed.event;
  });
}

function take(events: readonly unknown[], here: readonly LedgerEvent[] = []) {
  const held = here.map((event, index): Held<LedgerEvent> => ({ n: index + 1, event, g: null }));
  return applyFile(events, {
    shop: 'shop',
    till: 'ours',
    find: (id) => held.find(({ event }) => event.id === id),
    findAt: (stream, seq) => held.find(({ event }) => event.stream === stream && event.seq === seq),
  });
}

describe('a sync file at another till', () => {
  test('adds what is new, in the order of the file, and counts the rest', () => {
    const events = eventsOf('a', 3);
    const step = take([...events, events[2], 'nothing'], events.slice(0, 1));
    expect(step).toEqual({ effects: [], added: events.slice(1), known: 2, refused: 1 });
  });

  test('refuses what is of another shop or was changed on its way', () => {
    const [changed] = eventsOf('a', 1);
    const foreign = eventsOf('b', 2, { shop: 'another' });
    expect(take([{ ...changed, day: '2026-01-02' }, ...foreign])).toMatchObject({ added: [], refused: 3 });
  });

  test('clears a position that somebody else’s event stands at', () => {
    const here = eventsOf('a', 2, { prefix: 'copy' });
    const step = take(eventsOf('a', 2), here);
    expect(step.effects).toEqual([{ do: 'move-tail', stream: 'a', fromN: 1, all: true }]);
    expect(step.added).toHaveLength(2);
  });

  test('never adds two events at one position', () => {
    const [one] = eventsOf('a', 1);
    const [two] = eventsOf('a', 1, { prefix: 'b' });
    expect(take([one, two])).toMatchObject({ added: [one], refused: 1 });
  });

  test('tells of a copy of this very till', () => {
    const step = take(eventsOf('a', 2, { till: 'ours' }));
    expect(step.effects).toEqual([{ do: 'raise', code: 'fork', about: 'a' }]);
  });
});
