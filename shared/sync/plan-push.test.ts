import { describe, expect, test } from 'vitest';
import { UNASSIGNED_STAFF, type LedgerEvent } from '../ledger/event.ts';
import { sealEvent } from '../ledger/stream.ts';
import type { EventId, PlainDay, ShopId, StreamId, TillId } from '../lib/brand.ts';
import { formatHlc } from '../lib/hlc.ts';
import { planPush, takeRejection, takeVerdicts, type Batch } from './plan-push.ts';
import { FRESH_MARKS, isQueued, offerAgain, startRun, type Held } from './sync-state.ts';
import { pushRequestSchema, type EventVerdict } from './wire.ts';

const RUN = startRun({ isPaired: true, batchLimit: 500 });
const STANDING = { marks: FRESH_MARKS, run: RUN };

const heldAt = (n: number, stream = 'a', text = ''): Held<LedgerEvent> => ({
  n,
  g: null,
  event: { id: `event-${n}`, stream, seq: n, data: text } as unknown as LedgerEvent,
});
const queue = (count: number): Held<LedgerEvent>[] =>
  Array.from({ length: count }, (_, index) => heldAt(index + 1));

function batchOf(
  items: readonly Held<LedgerEvent>[],
  run: Pick<typeof RUN, 'batchLimit' | 'suspects'> = RUN,
) {
  const batch = planPush(items, run, 'batch');
  if (!batch) throw new Error('nothing to send');
  return batch;
}

const answersOf = (batch: Batch, ...statuses: readonly Partial<EventVerdict>[]): EventVerdict[] =>
  batch.items.map(({ event }, index) => ({ id: event.id, status: 'ok', g: index + 1, ...statuses[index] }));

const take = (batch: Batch, ...statuses: readonly Partial<EventVerdict>[]) =>
  takeVerdicts(batch, answersOf(batch, ...statuses), STANDING);

describe('the next batch', () => {
  test('holds the head of the queue and never more than the wire allows', () => {
    expect(batchOf(queue(2000)).items).toHaveLength(500);
    const large = Array.from({ length: 5 }, (_, index) => heldAt(index + 1, 'a', 'é'.repeat(200_000)));
    const batch = batchOf(large);
    expect(batch.items).toHaveLength(2);
    expect(new TextEncoder().encode(batch.text).length).toBeLessThan(1024 * 1024);
  });

  test('holds one event however large, and is none when the queue is empty', () => {
    expect(batchOf([heldAt(1, 'a', 'x'.repeat(3_000_000))]).items).toHaveLength(1);
    expect(planPush([], RUN, 'batch')).toBeUndefined();
  });

  test('is a request that the endpoint reads', () => {
    expect(JSON.parse(batchOf(queue(2)).text)).toMatchObject({
      batch: 'batch',
      events: [{ id: 'event-1' }, {}],
    });
  });

  test('names the endpoint it is for, once a hello said which one that is', () => {
    expect(batchOf(queue(1)).text).not.toContain('serverEpoch');
    const text = planPush(queue(1), RUN, 'batch', 'epoch-1')?.text ?? '';
    expect(pushRequestSchema.parse(JSON.parse(text))).toMatchObject({
      batch: 'batch',
      serverEpoch: 'epoch-1',
    });
  });
});

describe('verdicts', () => {
  test.each(['ok', 'held', 'alias', 'dup'] as const)('%s settles the event', (status) => {
    expect(take(batchOf(queue(3)), {}, { status })?.marks.uploaded).toBe(3);
  });

  test('a refused event is set aside and the next ones go on', () => {
    const step = take(batchOf(queue(3)), {}, { status: 'refused', code: 'bad-body' });
    expect(step?.marks).toMatchObject({ uploaded: 3, setAside: [{ id: 'event-2', code: 'bad-body', n: 2 }] });
  });

  test('settle nothing behind what a manager has offered again meanwhile', () => {
    const [first, ...others] = queue(4);
    const marks = { ...FRESH_MARKS, setAside: [{ id: 'event-1', code: 'refused', n: 1 }], uploaded: 1 };
    const batch = batchOf(others);
    const again = { marks: offerAgain(marks, 'event-1'), run: RUN, queueHead: 1 };
    const step = takeVerdicts(batch, answersOf(batch, {}, { status: 'refused' }), again);
    expect(step?.marks).toMatchObject({ uploaded: 0, setAside: [{ id: 'event-3' }] });
    expect(first && step && isQueued(first, step.marks)).toBe(true);
    const alone = batchOf(others.slice(0, 1));
    const refused = takeRejection(alone, { kind: 'rejected', status: 400, isOurs: true }, again, 0);
    expect(refused.marks).toMatchObject({ uploaded: 0, setAside: [{ id: 'event-2' }] });
  });

  test('a known position without a place was refused before: it is set aside, not counted', () => {
    const batch = batchOf(queue(1));
    const step = takeVerdicts(batch, [{ id: 'event-1', status: 'dup' }], STANDING);
    expect(step?.marks.setAside).toMatchObject([{ id: 'event-1', code: 'refused-before' }]);
  });

  test('of which a damaged copy came in a file first finds another position, if it is whole here', () => {
    const { event } = sealEvent(
      {
        id: 'event-1' as EventId,
        type: 'export',
        staff: UNASSIGNED_STAFF,
        data: { kind: 'sync-file', files: 1 },
      },
      { stream: 'a' as StreamId, seq: 0, link: '' },
      {
        shop: 'shop' as ShopId,
        till: 'till' as TillId,
        hlc: formatHlc({ wallMs: 1, counter: 0 }, 'till' as TillId),
        wall: 1,
        tz: 'UTC',
        day: '2026-01-01' as PlainDay,
      },
    );
    const step = takeVerdicts(
      batchOf([{ n: 1, g: null, event }]),
      [{ id: 'event-1', status: 'dup' }],
      STANDING,
    );
    expect(step).toMatchObject({
      marks: { uploaded: 0, setAside: [] },
      effects: [{ do: 'move-tail', stream: 'a', fromN: 1 }],
    });
  });

  test('behind a conflict nothing is believed, and the tail moves', () => {
    const step = take(batchOf(queue(3)), {}, { status: 'conflict', code: 'position-taken' });
    expect(step?.marks.uploaded).toBe(1);
    expect(step?.effects).toContainEqual({ do: 'move-tail', stream: 'a', fromN: 2 });
  });

  test('an id that means something else is set aside: moving it would not help', () => {
    const step = take(batchOf(queue(1)), { status: 'conflict', code: 'id-taken' });
    expect(step?.marks.setAside).toMatchObject([{ id: 'event-1' }]);
  });

  test('a gap asks what the endpoint has', () => {
    const step = take(batchOf(queue(3)), {}, { status: 'gap' });
    expect(step).toMatchObject({ marks: { uploaded: 1 }, run: { needsHello: true } });
  });

  test('an ok right behind the cursor is a place: nothing of it needs to be pulled', () => {
    const batch = batchOf(queue(3));
    const step = take(batch);
    expect(step?.writes).toEqual([1, 2, 3].map((n) => ({ write: 'place', n, g: n })));
    expect(step).toMatchObject({ marks: { cursor: 3, uploaded: 3 }, run: { isBehind: false } });
  });

  test('what somebody else’s stands before, what was there before, and what another till brought is pulled', () => {
    const batch = batchOf(queue(3));
    const behindAnother = take(batch, { g: 2 }, { g: 3 }, { g: 4 });
    expect(behindAnother).toMatchObject({
      writes: [],
      marks: { cursor: 0, uploaded: 3 },
      run: { isBehind: true },
    });
    const inBetween = take(batch, {}, { g: 3 }, { g: 4 });
    expect(inBetween).toMatchObject({ writes: [{ n: 1 }], marks: { cursor: 1 }, run: { isBehind: true } });
    const wasThere = take(batch, { status: 'dup' }, { g: 2 }, { g: 3 });
    expect(wasThere).toMatchObject({ writes: [], marks: { cursor: 0 }, run: { isBehind: true } });
  });

  test('a fork among what others wrote moves their tail, and is theirs to tell', () => {
    const batch = batchOf([{ ...heldAt(1), event: { ...heldAt(1).event, till: 'till-2' as TillId } }]);
    const taken: EventVerdict[] = [{ id: 'event-1', status: 'conflict', code: 'position-taken' }];
    const move = { do: 'move-tail', stream: 'a', fromN: 1 };
    expect(takeVerdicts(batch, taken, { ...STANDING, till: 'till-1' })?.effects).toEqual([move]);
    const told = { do: 'raise', code: 'fork', about: 'a' };
    expect(takeVerdicts(batch, taken, { ...STANDING, till: 'till-2' })?.effects).toEqual([move, told]);
  });

  test('whoever heard of more goes on pulling', () => {
    const batch = batchOf(queue(1));
    const step = takeVerdicts(batch, answersOf(batch), { ...STANDING, run: { ...RUN, heardHead: 2 } });
    expect(step).toMatchObject({ marks: { cursor: 1 }, run: { isBehind: true } });
  });

  test('verdicts on something else settle nothing', () => {
    const batch = batchOf(queue(2));
    expect(takeVerdicts(batch, answersOf(batch).slice(1), STANDING)).toBeUndefined();
    expect(takeVerdicts(batch, answersOf(batch).toReversed(), STANDING)).toBeUndefined();
  });
});

describe('a batch that is refused whole', () => {
  test('one poisonous event among 500 is set aside within ten refusals, and all others arrive', () => {
    for (const poison of [1, 137, 250, 251, 500]) {
      let { marks, run } = STANDING;
      let refusals = 0;
      const arrived: number[] = [];
      const all = queue(500);
      for (;;) {
        const batch = planPush(
          all.filter((held) => isQueued(held, marks)),
          run,
          'batch',
        );
        if (!batch) break;
        const isRefused = batch.items.some(({ n }) => n === poison);
        if (isRefused) refusals += 1;
        else arrived.push(...batch.items.map(({ n }) => n));
        const step = isRefused
          ? takeRejection(batch, { kind: 'rejected', status: 422, isOurs: true }, { marks, run }, 0.5)
          : takeVerdicts(batch, answersOf(batch), { marks, run });
        if (!step) throw new Error('no step');
        ({ marks, run } = step);
      }
      expect(refusals).toBeLessThanOrEqual(10);
      expect(arrived).toHaveLength(499);
      expect(marks.setAside.map(({ n }) => n)).toEqual([poison]);
    }
  });

  test('what is too large for somebody on the way is sent in smaller batches from then on', () => {
    const step = takeRejection(
      batchOf(queue(500)),
      { kind: 'rejected', status: 413, isOurs: false },
      STANDING,
      0.5,
    );
    expect(step.run).toMatchObject({ batchLimit: 250, suspects: 0 });
  });

  test('a captive portal sets nothing aside at once', () => {
    const step = takeRejection(
      batchOf(queue(1)),
      { kind: 'rejected', status: 400, isOurs: false },
      STANDING,
      0.5,
    );
    expect(step.marks).toEqual(FRESH_MARKS);
    expect(step.run).toMatchObject({ needsHello: true, phase: { kind: 'waiting' } });
  });
});
