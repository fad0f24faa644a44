import { describe, expect, test } from 'vitest';
import { sealEvent, type StreamHead } from '#shared/ledger/stream.ts';
import { UNASSIGNED_STAFF, type EventDraft, type KnownEvent } from '#shared/ledger/event.ts';
import type { EventId, MemberId, PlainDay, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import { formatHlc, HLC_ZERO, tickHlc } from '#shared/lib/hlc.ts';
import type { EventStore } from '#server/store/event-store.ts';

/** What every store of an endpoint promises. `withStore` gives an empty one. */
export function describeEventStore(
  name: string,
  withStore: (use: (store: EventStore) => Promise<void>) => Promise<void>,
): void {
  const SHOP = 'shop-1' as ShopId;
  const NOW = Date.UTC(2026, 0, 1);

  function eventsOf(stream: string, count: number, shop = SHOP, first = 1): KnownEvent[] {
    let head: StreamHead = { stream: stream as StreamId, seq: 0, link: '' };
    let clock = HLC_ZERO;
    const till = `till-of-${stream}` as TillId;
    return Array.from({ length: count }, (_, index) => {
      const draft: EventDraft = {
        id: `${stream}-${first + index}` as EventId,
        type: 'visit',
        staff: UNASSIGNED_STAFF,
        member: 'member-1' as MemberId,
        data: { count: 1, grants: [] },
      };
      clock = tickHlc(clock, NOW + index);
      const sealed = sealEvent(draft, head, {
        shop,
        till,
        hlc: formatHlc(clock, till),
        wall: NOW + index,
        tz: 'UTC',
        day: '2026-01-01' as PlainDay,
      });
      head = sealed.head;
      return sealed.event;
    });
  }

  const push = (store: EventStore, events: readonly unknown[], shop: string = SHOP) =>
    store.acceptBatch({ shop, till: 'till-1', events, atMs: NOW });
  const statuses = async (
    answer: Promise<readonly { readonly status: string; readonly g?: number | undefined }[]>,
  ) => (await answer).map(({ status, g }) => (g === undefined ? status : `${status} ${g}`));
  const pull = async (store: EventStore, after = 0, limit = 100, shop: string = SHOP) =>
    store.pullEvents({ shop, after, limit });

  const withShop = (use: (store: EventStore) => Promise<void>) =>
    withStore(async (store) => {
      expect(await store.createShop({ shop: SHOP, atMs: NOW })).toBe('created');
      await use(store);
    });

  describe(`an event store: ${name}`, () => {
    test('places are handed out without a hole, in the order of arrival', () =>
      withShop(async (store) => {
        expect(await statuses(push(store, eventsOf('a', 3)))).toEqual(['ok 1', 'ok 2', 'ok 3']);
        expect(await statuses(push(store, eventsOf('b', 2)))).toEqual(['ok 4', 'ok 5']);
        const { events, head } = await pull(store);
        expect(events.map(({ g }) => g)).toEqual([1, 2, 3, 4, 5]);
        expect(head).toBe(5);
      }));

    test('what comes out is what went in, unknown fields and all', () =>
      withShop(async (store) => {
        const events = eventsOf('a', 2);
        await push(store, events);
        expect((await pull(store)).events.map(({ event }) => event)).toEqual(events);
      }));

    test('the same batch again changes nothing and is success', () =>
      withShop(async (store) => {
        const events = eventsOf('a', 3);
        await push(store, events);
        expect(await statuses(push(store, events))).toEqual(['dup 1', 'dup 2', 'dup 3']);
        expect((await pull(store)).head).toBe(3);
      }));

    test('a missing event leaves the rest untouched', () =>
      withShop(async (store) => {
        const [first, , third] = eventsOf('a', 3);
        expect(await statuses(push(store, [first, third]))).toEqual(['ok 1', 'gap']);
        expect((await pull(store)).head).toBe(1);
      }));

    test('a live clone gets a conflict and the first one stays', () =>
      withShop(async (store) => {
        await push(store, eventsOf('a', 2));
        const clone = eventsOf('a', 3, SHOP, 100);
        expect(await statuses(push(store, clone))).toEqual(['conflict', 'conflict', 'conflict']);
        expect((await pull(store)).head).toBe(2);
      }));

    test('a known id with other content is a conflict', () =>
      withShop(async (store) => {
        const [event] = eventsOf('a', 1);
        await push(store, [event]);
        const [other] = eventsOf('b', 1);
        expect(await statuses(push(store, [{ ...other, id: event?.id }]))).toEqual(['conflict']);
      }));

    test('a changed event is refused, its position filled, and the stream moves on', () =>
      withShop(async (store) => {
        const [first, second, third] = eventsOf('a', 3);
        const poisoned = { ...second, data: { count: 99, grants: [] } };
        const answer = await push(store, [first, poisoned, third]);
        expect(answer.map(({ status, code }) => [status, code])).toEqual([
          ['ok', undefined],
          ['refused', 'bad-body'],
          ['ok', undefined],
        ]);
        expect((await pull(store)).events).toHaveLength(2);
        expect(await statuses(push(store, [first, poisoned, third]))).toEqual(['dup 1', 'dup', 'dup 2']);
      }));

    test.each([
      ['nothing', null],
      ['a text', 'x'],
      ['a list', []],
      ['half an event', { id: 'x', type: 'visit' }],
    ])('%s is refused and nothing else suffers', (_, raw) =>
      withShop(async (store) => {
        const [first, second] = eventsOf('a', 2);
        expect(await statuses(push(store, [first, raw, second]))).toEqual(['ok 1', 'refused', 'ok 2']);
      }),
    );

    test('an event of another shop is refused', () =>
      withShop(async (store) => {
        const foreign = eventsOf('a', 1, 'shop-2' as ShopId);
        expect(await push(store, foreign)).toMatchObject([{ status: 'refused', code: 'foreign-shop' }]);
      }));

    test('no shop sees another one', () =>
      withShop(async (store) => {
        await store.createShop({ shop: 'shop-2', atMs: NOW });
        await push(store, eventsOf('a', 2));
        expect(await statuses(push(store, eventsOf('a', 1, 'shop-2' as ShopId), 'shop-2'))).toEqual(['ok 1']);
        expect((await pull(store, 0, 100, 'shop-2')).events).toHaveLength(1);
        expect(await store.listHeads({ shop: 'shop-2', streams: ['a'] })).toMatchObject([{ lastSeq: 1 }]);
      }));

    test('an unknown type is kept, placed and relayed', () =>
      withShop(async (store) => {
        const [event] = eventsOf('a', 1);
        const { sealed } = reseal({ ...event, type: 'teleport' });
        expect(await statuses(push(store, [sealed]))).toEqual(['held 1']);
        expect((await pull(store)).events[0]?.event).toEqual(sealed);
      }));

    test('a known event on a new stream fills the place and is not doubled', () =>
      withShop(async (store) => {
        const [event] = eventsOf('a', 1);
        await push(store, [event]);
        const { sealed } = reseal({ ...event, stream: 'b' });
        expect(await statuses(push(store, [sealed]))).toEqual(['alias 1']);
        expect((await pull(store)).head).toBe(1);
        expect(await store.listHeads({ shop: SHOP, streams: ['b'] })).toMatchObject([{ lastSeq: 1 }]);
      }));

    test('many batches at once get places without a hole', () =>
      withShop(async (store) => {
        const streams = Array.from({ length: 8 }, (_, index) => eventsOf(`s${index}`, 20));
        await Promise.all(streams.map((events) => push(store, events)));
        const { events, head } = await pull(store, 0, 1000);
        expect(head).toBe(160);
        expect(events.map(({ g }) => g)).toEqual(Array.from({ length: 160 }, (_, index) => index + 1));
      }));

    test('the later profile wins, and an erased one never comes back', () =>
      withShop(async (store) => {
        const put = (...docs: Parameters<EventStore['putProfiles']>[0]['docs'][number][]) =>
          store.putProfiles({ shop: SHOP, docs });
        expect(await put({ member: 'm', hlc: '2', sealed: 'two' })).toEqual([{ member: 'm', status: 'ok' }]);
        expect(await put({ member: 'm', hlc: '1', sealed: 'one' })).toEqual([
          { member: 'm', status: 'older' },
        ]);
        expect(await put({ member: 'm', hlc: '1', erased: true })).toEqual([{ member: 'm', status: 'ok' }]);
        expect(await put({ member: 'm', hlc: '9', sealed: 'nine' })).toEqual([
          { member: 'm', status: 'older' },
        ]);
        expect(await store.pullProfiles({ shop: SHOP, after: 0, limit: 10 })).toEqual({
          docs: [{ p: 2, member: 'm', hlc: '1', erased: true }],
          docHead: 2,
        });
      }));

    test('a pairing code works once, and a revoked till is known as such', () =>
      withShop(async (store) => {
        await store.addPairingCode({ shop: SHOP, codeHash: 'code', expiresAtMs: NOW + 1000 });
        const request = {
          codeHash: 'code',
          till: 'till-1',
          name: 'Front',
          app: '1',
          tokenHash: 'token',
          atMs: NOW,
        };
        expect(await store.pair({ ...request, atMs: NOW + 2000 })).toBe('expired-code');
        expect(await store.pair(request)).toEqual({ shop: SHOP });
        expect(await store.pair({ ...request, till: 'till-2', tokenHash: 'other' })).toBe('unknown-code');
        expect(await store.findTill('token')).toMatchObject({
          shop: SHOP,
          till: 'till-1',
          revokedAtMs: null,
        });
        expect(await store.revokeTill({ shop: SHOP, till: 'till-1', atMs: NOW })).toBe(true);
        expect(await store.findTill('token')).toMatchObject({ revokedAtMs: NOW });
      }));
  });
}

/** The same event, sealed anew as the first of its stream. */
function reseal(event: object): { readonly sealed: object } {
  const { stream, shop, till, hlc, wall, tz, day, ...draft } = event as KnownEvent;
  const { v, seq, prev, parent, body, link, ...content } = draft as KnownEvent;
  const head: StreamHead = { stream, seq: 0, link: '' };
  return { sealed: sealEvent(content as EventDraft, head, { shop, till, hlc, wall, tz, day }).event };
}
