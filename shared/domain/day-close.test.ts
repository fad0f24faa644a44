import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerEvent } from '../ledger/event.ts';
import type { PlainDay } from '../lib/brand.ts';
import { plainDayAt } from '../lib/plain-day.ts';
import { coverOf, headsOf, isCovered, nextToClose, planClose, type WaitingDay } from './day-close.ts';

const day = (text: string) => text as PlainDay;
const waits = (text: string, events: number, closes = 0): WaitingDay => ({ day: day(text), events, closes });
const TODAY = day('2026-11-22');
const plan = (waiting: readonly WaitingDay[], isTodayClosed = false) =>
  planClose({ waiting, today: TODAY, isTodayClosed });
const at = (stream: string, seq: number) => ({ stream, seq, link: `${stream}-${seq}` }) as LedgerEvent;

describe('what a close covers', () => {
  test('everything of a stream up to the head it names, and nothing of a stream it does not name', () => {
    const cover = coverOf([{ heads: headsOf([at('a', 2), at('a', 5), at('b', 1), at('a', 4)]) }]);
    expect([at('a', 1), at('a', 5), at('b', 1)].map((event) => isCovered(cover, event))).toEqual([
      true,
      true,
      true,
    ]);
    expect([at('a', 6), at('b', 2), at('c', 1)].map((event) => isCovered(cover, event))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('a supplement adds to it; two tills that closed without knowing of each other never take anything away', () => {
    const first = { heads: headsOf([at('a', 5)]) };
    const second = { heads: headsOf([at('a', 3), at('b', 2)]) };
    expect(coverOf([first, second])).toEqual(coverOf([second, first]));
    expect(isCovered(coverOf([first, second]), at('a', 5))).toBe(true);
    expect(isCovered(coverOf([first, second]), at('b', 2))).toBe(true);
  });

  test('heads are the same in whatever order the events came', () => {
    const events = fc.array(
      fc
        .record({ stream: fc.constantFrom('a', 'b', 'c'), seq: fc.integer({ min: 1, max: 20 }) })
        .map(({ stream, seq }) => at(stream, seq)),
    );
    fc.assert(
      fc.property(events, (all) => {
        expect(headsOf(all.toReversed())).toEqual(headsOf(all));
        const cover = coverOf([{ heads: headsOf(all) }]);
        expect(all.every((event) => isCovered(cover, event))).toBe(true);
      }),
    );
  });
});

describe('what Enter closes', () => {
  test('today, also when nothing happened', () => {
    expect(nextToClose(plan([waits('2026-11-22', 41)]))).toEqual(waits('2026-11-22', 41));
    expect(nextToClose(plan([]))).toEqual(waits('2026-11-22', 0));
  });

  test('after midnight yesterday first, then the forgotten ones, the oldest before the others', () => {
    const waiting = [waits('2026-11-22', 3), waits('2026-11-21', 40), waits('2026-11-19', 12)];
    const before = plan(waiting);
    expect(before.forgotten.map((one) => one.day)).toEqual(['2026-11-19', '2026-11-21']);
    expect(nextToClose(before)?.day).toBe('2026-11-19');
    expect(nextToClose(plan(waiting.slice(0, 2)))?.day).toBe('2026-11-21');
    expect(nextToClose(plan(waiting.slice(0, 1)))?.day).toBe('2026-11-22');
  });

  test('what came late is taken along, and is closed alone only when nothing else waits', () => {
    const late = waits('2026-11-20', 2, 1);
    expect(plan([late, waits('2026-11-22', 1)]).late).toEqual([late]);
    expect(nextToClose(plan([late, waits('2026-11-22', 1)]))?.day).toBe('2026-11-22');
    expect(nextToClose(plan([late]))).toEqual(late);
    expect(nextToClose(plan([late], true))).toEqual(late);
  });

  test('nothing on a day that is closed; a day ahead, written by a wrong clock, waits until it comes', () => {
    expect(nextToClose(plan([], true))).toBeUndefined();
    expect(plan([waits('2031-01-01', 5)]).forgotten).toEqual([]);
  });
});

test('a night that is an hour longer or shorter is still one day: the calendar of the till decides', () => {
  const dayAt = (iso: string) => plainDayAt(Date.parse(iso), 'Europe/Berlin');
  // 25 October 2026: 03:00 becomes 02:00. 29 March 2026: 02:00 becomes 03:00.
  expect([
    dayAt('2026-10-24T22:00:00Z'),
    dayAt('2026-10-25T22:59:59Z'),
    dayAt('2026-10-25T23:00:00Z'),
  ]).toEqual(['2026-10-25', '2026-10-25', '2026-10-26']);
  expect([
    dayAt('2026-03-28T23:00:00Z'),
    dayAt('2026-03-29T21:59:59Z'),
    dayAt('2026-03-29T22:00:00Z'),
  ]).toEqual(['2026-03-29', '2026-03-29', '2026-03-30']);
});
