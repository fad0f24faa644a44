import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventsOf, history, PROGRAM_DEFINITIONS } from '#tests/arbitraries/member-events.ts';
import type { ProgramDefinition } from '../domain/program.ts';
import type { LedgerEvent } from './event.ts';
import { findChainFault, positionOf, sealEvent } from './stream.ts';

const stamps = (count: number) =>
  Array.from({ length: count }, () => ({
    kind: 'grant' as const,
    type: 'visit' as const,
    program: PROGRAM_DEFINITIONS[0] as ProgramDefinition,
    units: 1,
  }));

test('every stream of sealed events holds, and positions are 1, 2, 3 …', () => {
  fc.assert(
    fc.property(history, (events) => {
      expect(findChainFault(events)).toBeUndefined();
      expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    }),
  );
});

test.each<[string, (events: LedgerEvent[]) => LedgerEvent[], { seq: number; fault: string }]>([
  [
    'changed content',
    (events) => edit(events, 1, { day: '1999-01-01' as LedgerEvent['day'] }),
    { seq: 2, fault: 'body' },
  ],
  [
    'an added field',
    (events) => edit(events, 1, { extra: 1 } as Partial<LedgerEvent>),
    { seq: 2, fault: 'body' },
  ],
  ['a removed event', (events) => events.toSpliced(1, 1), { seq: 2, fault: 'position' }],
  [
    'swapped events',
    (events) => [events[1], events[0], events[2]] as LedgerEvent[],
    { seq: 1, fault: 'position' },
  ],
  [
    'a rewritten link',
    (events) => edit(events, 2, { link: 'f'.repeat(64) as LedgerEvent['link'] }),
    { seq: 3, fault: 'link' },
  ],
])('%s is found', (_, damage, expected) => {
  expect(findChainFault(damage(eventsOf(stamps(3))))).toEqual(expected);
});

test('the first event of a new stream names the last event the disk held', () => {
  const [first, last] = eventsOf(stamps(2)) as [LedgerEvent, LedgerEvent];
  const { id, type, staff, data, shop, till, hlc, wall, tz, day } = first;
  const { event } = sealEvent(
    { id, type, staff, data } as Parameters<typeof sealEvent>[0],
    { stream: 'stream-2' as LedgerEvent['stream'], seq: 0, link: '', parent: positionOf(last) },
    { shop, till, hlc, wall, tz, day },
  );
  expect(event.parent).toEqual({ stream: 'stream-1', seq: 2, link: last.link });
  expect(findChainFault([event])).toBeUndefined();
});

function edit(events: LedgerEvent[], index: number, change: Partial<LedgerEvent>): LedgerEvent[] {
  return events.map((event, position) => (position === index ? { ...event, ...change } : event));
}
