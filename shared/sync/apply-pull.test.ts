import { describe, expect, test } from 'vitest';
import { UNASSIGNED_STAFF, type LedgerEvent } from '../ledger/event.ts';
import { findChainFault, moveEvent, sealEvent, type StreamHead } from '../ledger/stream.ts';
import type { EventId, MemberId, PlainDay, ShopId, StreamId, TillId } from '../lib/brand.ts';
import { formatHlc } from '../lib/hlc.ts';
import { takeHello } from './after-hello.ts';
import { applyPull } from './apply-pull.ts';
import { inShopOrder } from './card-order.ts';
import { decideHandOver } from './hand-over.ts';
import { FRESH_MARKS, hearOfHead, offerAgain, planNext, startRun, type Held } from './sync-state.ts';

const RUN = startRun({ isPaired: true, batchLimit: 500 });
const MARKS = { ...FRESH_MARKS, serverEpoch: 'one' };

function eventsOf(stream: string, count: number, till = 'other', shop = 'shop'): LedgerEvent[] {
  let head: StreamHead = { stream: stream as StreamId, seq: 0, link: '' };
  return Array.from({ length: count }, (_, index) => {
    const sealed = sealEvent(
      {
        id: `${stream}-${index + 1}` as EventId,
        type: 'visit',
        staff: UNASSIGNED_STAFF,
        member: 'member' as MemberId,
        data: { count: 1, grants: [] },
      },
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

/** At the same position, with hashes that fit. */
function sealAgain(event: LedgerEvent): LedgerEvent {
  const { stream, seq, prev: link, body: _body, link: _link, ...draft } = event;
  const { shop, till, hlc, wall, tz, day } = event;
  return sealEvent(draft as never, { stream, seq: seq - 1, link }, { shop, till, hlc, wall, tz, day }).event;
}

const ledgerOf = (held: readonly Held<LedgerEvent>[] = []) => ({
  shop: 'shop',
  till: 'ours',
  find: (id: string) => held.find(({ event }) => event.id === id),
  findAt: (stream: string, seq: number) =>
    held.find(({ event }) => event.stream === stream && event.seq === seq),
});
const pageOf = (events: readonly unknown[], from = 1, head = from + events.length - 1) => ({
  serverEpoch: 'one',
  events: events.map((event, index) => ({ g: from + index, event })),
  head,
});
const pull = (page: ReturnType<typeof pageOf>, held: readonly Held<LedgerEvent>[] = [], run = RUN) =>
  applyPull(page, { marks: MARKS, run }, ledgerOf(held), 0.5);

describe('a page of the shop’s order', () => {
  test('is taken in order, to the last event', () => {
    const step = pull(pageOf(eventsOf('a', 3)));
    expect(step.writes.map(({ write, g }) => [write, g])).toEqual([
      ['insert', 1],
      ['insert', 2],
      ['insert', 3],
    ]);
    expect(step).toMatchObject({ marks: { cursor: 3 }, run: { isBehind: false } });
  });

  test('with something so deep that no stack holds it is taken up to that', () => {
    const [first, second] = eventsOf('a', 2);
    const data = JSON.parse(`${'['.repeat(9999)}${']'.repeat(9999)}`) as unknown;
    const step = pull(pageOf([first, { ...second, data }]));
    expect(step).toMatchObject({ marks: { cursor: 1 }, run: { damaged: { g: 2, times: 1 } } });
  });

  test('with a hole is taken up to the hole, and asked for again', () => {
    const [first, , third] = pageOf(eventsOf('a', 3)).events;
    const step = pull({
      serverEpoch: 'one',
      events: [first, third].flatMap((entry) => entry ?? []),
      head: 3,
    });
    expect(step).toMatchObject({ marks: { cursor: 1 }, run: { isBehind: true } });
    const stuck = pull({ serverEpoch: 'one', events: third ? [third] : [], head: 3 });
    expect(stuck).toMatchObject({ marks: { cursor: 0 }, run: { phase: { kind: 'waiting' } }, writes: [] });
  });

  test('of an endpoint that was restored changes nothing', () => {
    const step = pull({ ...pageOf(eventsOf('a', 2)), serverEpoch: 'two' });
    expect(step).toMatchObject({ marks: MARKS, writes: [], run: { needsHello: true } });
  });

  test('gives our own events their place, once', () => {
    const [event] = eventsOf('a', 1);
    const held = event ? [{ n: 7, g: null, event }] : [];
    expect(pull(pageOf([event, event]), held).writes).toEqual([{ write: 'place', g: 1, n: 7 }]);
  });

  test('keeps what it does not know', () => {
    const [event] = eventsOf('a', 1);
    const { body, link, prev, seq, stream, ...content } = event as LedgerEvent;
    const head: StreamHead = { stream, seq: 0, link: '' };
    const strange = { ...content, type: 'teleport' } as never;
    const odd = sealEvent(strange, head, strange).event;
    expect(pull(pageOf([odd])).writes).toMatchObject([{ write: 'insert', event: { type: 'teleport' } }]);
  });

  test.each([
    ['changed', (event: LedgerEvent) => ({ ...event, data: { count: 9, grants: [] } })],
    ['with a fraction', (event: LedgerEvent) => ({ ...event, data: { count: 0.5 } })],
    ['cut', ({ id }: LedgerEvent) => ({ id })],
    ['nothing', () => null],
  ])('that holds a damaged event (%s) waits for a better one, and in the end passes it', (_, damage) => {
    const [first, second, third] = eventsOf('a', 3);
    const page = pageOf([first, damage(second as LedgerEvent), third]);
    let step = pull(page);
    expect(step.marks.cursor).toBe(1);
    for (let times = 2; times <= 5; times += 1)
      step = applyPull({ ...page, events: page.events.slice(1) }, step, ledgerOf(), 0.5);
    expect(step.marks).toMatchObject({ cursor: 3, setAside: [{ id: 'place 2', code: 'damaged', n: null }] });
  });

  test('heals a copy of ours that was damaged on the disk', () => {
    const [event] = eventsOf('a', 1, 'ours');
    const damaged = { ...(event as LedgerEvent), data: { count: 9, grants: [] } };
    const { writes } = pull(pageOf([event]), [{ n: 1, g: null, event: damaged }]);
    expect(writes).toMatchObject([{ write: 'replace', n: 1, event: { data: { count: 1 } } }]);
  });

  test('tells of a copy of this till, and clears the position it took', () => {
    const theirs = eventsOf('a', 2, 'ours');
    const [first] = eventsOf('a', 1, 'ours');
    const mine = first && { ...first, id: 'mine' as EventId };
    const { effects } = pull(pageOf(theirs), mine ? [{ n: 4, g: null, event: mine }] : []);
    expect(effects).toEqual([
      { do: 'raise', code: 'fork', about: 'a' },
      { do: 'move-tail', stream: 'a', fromN: 4, all: true },
    ]);
  });

  test('with an event of another shop: passed over at once and told, what is behind it is taken', () => {
    const [first, second] = eventsOf('a', 2) as [LedgerEvent, LedgerEvent];
    const foreign = eventsOf('b', 1, 'other', 'elsewhere')[0];
    const step = pull(pageOf([first, foreign, second]));
    expect(step.marks).toMatchObject({
      cursor: 3,
      setAside: [{ id: 'place 2', code: 'foreign-shop', n: null }],
    });
    expect(step.writes.map(({ g }) => g)).toEqual([1, 3]);
    expect(step.effects).toEqual([{ do: 'raise', code: 'set-aside', about: 'place 2' }]);
  });

  test('with two ids at one position: what came before is kept, and then the first makes way', () => {
    const [first, second] = eventsOf('a', 2) as [LedgerEvent, LedgerEvent];
    const twin = { ...first, id: 'twin' as EventId };
    const stamped = sealAgain(twin);
    const step = pull(pageOf([first, stamped, second]));
    expect(step.marks.cursor).toBe(1);
    expect(step.run).toMatchObject({ isBehind: true, phase: { kind: 'idle' } });
    const held = [{ n: 1, g: 1, event: first }];
    const next = applyPull(pageOf([stamped, second], 2), step, ledgerOf(held), 0.5);
    expect(next.marks.cursor).toBe(3);
    expect(next.effects).toEqual([{ do: 'move-tail', stream: 'a', fromN: 1, all: true }]);
    expect(next.writes).toHaveLength(2);
  });

  test('with positions taken in the other order: each is cleared', () => {
    const theirs = eventsOf('a', 3) as [LedgerEvent, LedgerEvent, LedgerEvent];
    const held = theirs.map((event, index) => ({
      n: index + 1,
      g: null,
      event: { ...event, id: `mine-${index}` as EventId },
    }));
    const { effects, writes } = pull(pageOf([theirs[2], theirs[0], theirs[1]]), held);
    expect(effects).toEqual([
      { do: 'move-tail', stream: 'a', fromN: 3, all: true },
      { do: 'move-tail', stream: 'a', fromN: 1, all: true },
    ]);
    expect(writes).toHaveLength(3);
  });

  test('with another content of an id, at a position that is taken: both make way', () => {
    const [first, second] = eventsOf('a', 2) as [LedgerEvent, LedgerEvent];
    const other = sealAgain({ ...second, id: 'x' as EventId });
    const ours = { ...eventsOf('b', 1)[0], id: 'x' as EventId } as LedgerEvent;
    const held = [
      { n: 1, g: null, event: first },
      { n: 2, g: null, event: second },
      { n: 3, g: null, event: ours },
    ];
    const { effects, writes } = pull(pageOf([other]), held);
    expect(effects).toEqual([
      { do: 'raise', code: 'id-taken', about: 'x' },
      { do: 'move-tail', stream: 'a', fromN: 2, all: true },
    ]);
    expect(writes).toEqual([{ write: 'replace', g: 1, n: 3, event: other }]);
  });

  test('from an endpoint that is another one with every request: a hello after a wait', () => {
    const step = applyPull(
      { ...pageOf(eventsOf('a', 1)), serverEpoch: 'two' },
      { marks: MARKS, run: RUN },
      ledgerOf(),
      0.5,
    );
    expect(step).toMatchObject({ marks: MARKS, writes: [] });
    expect(step.run).toMatchObject({ needsHello: true, phase: { kind: 'waiting', forMs: 1000 } });
  });

  test('that is older than the news leaves the till behind', () => {
    expect(pull(pageOf(eventsOf('a', 3)), [], hearOfHead(RUN, 5)).run.isBehind).toBe(true);
  });
});

describe('a hello', () => {
  const answer = { serverEpoch: 'one', head: 10, streams: [], flags: [] };
  const standing = { marks: { ...MARKS, cursor: 10, uploaded: 4 }, run: RUN };

  test.each([
    ['another epoch', { ...answer, serverEpoch: 'two' }],
    ['fewer places than were handed out', { ...answer, head: 9 }],
  ])('from an endpoint with %s begins the order anew', (_, given) => {
    const step = takeHello(given, standing, { queue: [], findAt: () => undefined, acknowledged: [] });
    expect(step.marks).toMatchObject({ serverEpoch: given.serverEpoch, cursor: 0, uploaded: 0 });
    expect(step.effects).toContainEqual({ do: 'forget-places' });
  });

  test.each([
    ['is there and was not pulled yet', 2, 10],
    ['is gone: the store was put back without a new epoch', 1, 0],
    ['is gone with its whole stream', undefined, 0],
  ])('what was acknowledged %s', (_, lastSeq, cursor) => {
    const [, second] = eventsOf('a', 2, 'ours');
    const acknowledged = second ? [{ event: second }] : [];
    const streams = lastSeq === undefined ? [] : [{ stream: 'a', lastSeq }];
    // Nothing waits: the till was started again since.
    const step = takeHello({ ...answer, streams }, standing, {
      queue: [],
      findAt: () => undefined,
      acknowledged,
    });
    expect(step.marks.cursor).toBe(cursor);
    expect(step.effects.some((effect) => effect.do === 'forget-places')).toBe(cursor === 0);
    expect(step.marks.uploaded).toBe(cursor === 0 ? 0 : standing.marks.uploaded);
  });

  test('goes on where the endpoint is, as far as that can be filled', () => {
    const held = eventsOf('a', 5, 'ours').map((event, index) => ({ n: index + 1, g: null, event }));
    const queue = held.slice(4);
    const findAt = (stream: string, seq: number) => ledgerOf(held).findAt(stream, seq);
    const back = takeHello({ ...answer, streams: [{ stream: 'a', lastSeq: 2 }] }, standing, {
      queue,
      findAt,
      acknowledged: [],
    });
    expect(back.marks.uploaded).toBe(2);
    const lost = takeHello(answer, standing, { queue, findAt: () => undefined, acknowledged: [] });
    expect(lost.effects).toEqual([{ do: 'move-tail', stream: 'a', fromN: 5 }]);
  });

  test('two files of one stream were taken, the later one first: the stream moves instead of a gap for ever', () => {
    const [first, second, third] = eventsOf('a', 3) as [LedgerEvent, LedgerEvent, LedgerEvent];
    const held = [third, first, second].map((event, index) => ({ n: index + 5, g: null, event }));
    const { marks, effects } = takeHello(answer, standing, {
      queue: held,
      findAt: (stream, seq) => held.find(({ event }) => event.stream === stream && event.seq === seq),
      acknowledged: [],
    });
    expect(marks.uploaded).toBe(standing.marks.uploaded);
    expect(effects).toEqual([{ do: 'move-tail', stream: 'a', fromN: 5 }]);
  });
});

describe('what counts', () => {
  test('is in the order of places, then as committed here; what is set aside is not', () => {
    const held = [
      { n: 1, g: 5, event: 'e' },
      { n: 2, g: null, event: 'own' },
      { n: 3, g: 2, event: 'b' },
      { n: 4, g: null, event: 'aside' },
    ];
    const setAside = [{ id: 'x', code: 'c', n: 4 }];
    expect(inShopOrder(held, setAside)).toEqual(['b', 'e', 'own']);
    expect(inShopOrder(held.toReversed(), setAside)).toEqual(['b', 'e', 'own']);
  });

  test('what is offered again is no longer set aside', () => {
    const marks = { ...MARKS, uploaded: 9, setAside: [{ id: 'x', code: 'c', n: 4 }] };
    expect(offerAgain(marks, 'x')).toMatchObject({ uploaded: 3, setAside: [] });
  });

  test('an event that moves keeps its content, and its new stream holds', () => {
    const head: StreamHead = { stream: 'b' as StreamId, seq: 0, link: '' };
    const [first, second] = eventsOf('a', 2);
    const one = moveEvent(first as LedgerEvent, head);
    const two = moveEvent(second as LedgerEvent, one.head);
    expect(findChainFault([one.event, two.event])).toBeUndefined();
    expect([one.event.id, one.event.body]).toEqual([first?.id, first?.body]);
  });
});

describe('what a till does next', () => {
  test.each([
    ['greets first', RUN, 'hello'],
    ['pulls before it pushes', { ...RUN, needsHello: false }, 'pull'],
    ['pushes what it has', { ...RUN, needsHello: false, isBehind: false }, 'push'],
    ['rests when it is stopped', { ...RUN, phase: { kind: 'stopped', because: 'tls' } as const }, 'rest'],
    ['rests before it is paired', startRun({ isPaired: false, batchLimit: 500 }), 'rest'],
  ])('it %s', (_, run, action) => {
    expect(planNext(run, { hasQueue: true })).toBe(action);
  });
});

describe('handing a reward over', () => {
  const request = {
    redemption: 'r',
    confirmed: undefined,
    rule: 'allow',
    isMainTill: false,
    isApproved: false,
  } as const;
  const excess = {
    exceptions: [{ event: 'r' as EventId, kind: 'excess-redemption' as const }],
    needsUpdate: false,
  };
  const unread = { exceptions: [], needsUpdate: true };

  test.each([
    [
      'confirmed',
      { confirmed: { exceptions: [], needsUpdate: false } },
      { do: 'hand-over', isConfirmed: true },
    ],
    ['redeemed elsewhere', { confirmed: excess }, { do: 'void', because: 'already-redeemed' }],
    ['on a card of a newer app', { confirmed: unread }, { do: 'hand-over', isConfirmed: false }],
    [
      'in excess, on a card of a newer app',
      { confirmed: { ...excess, needsUpdate: true }, rule: 'manager-pin' },
      { do: 'ask-manager' },
    ],
    ['refused, whatever the rule', { isSetAside: true }, { do: 'void', because: 'set-aside' }],
    ['offline, allowed', {}, { do: 'hand-over', isConfirmed: false }],
    ['offline, allowed no more today', { isCapReached: true }, { do: 'ask-manager' }],
    [
      'offline, allowed no more today, with the manager',
      { isCapReached: true, isApproved: true },
      { do: 'hand-over', isConfirmed: false },
    ],
    ['offline, without the manager', { rule: 'manager-pin' }, { do: 'ask-manager' }],
    [
      'offline, with the manager',
      { rule: 'manager-pin', isApproved: true },
      { do: 'hand-over', isConfirmed: false },
    ],
    [
      'offline, at the main till',
      { rule: 'main-till', isMainTill: true },
      { do: 'hand-over', isConfirmed: false },
    ],
    ['offline, at another till', { rule: 'main-till' }, { do: 'void', because: 'only-main-till' }],
  ] as const)('%s', (_, change, decided) => {
    expect(decideHandOver({ ...request, ...change })).toEqual(decided);
  });
});
