import { describe, expect, test } from 'vitest';
import { MAX_QUARANTINED_BYTES, MAX_QUARANTINED_EVENTS, type EventStore } from '#server/store/event-store.ts';
import { resealed, visitsOf } from '#tests/fakes/visits.ts';

/** What every store of an endpoint promises. `withStore` gives an empty one. */
export function describeEventStore(
  name: string,
  withStore: (use: (store: EventStore) => Promise<void>) => Promise<void>,
): void {
  const SHOP = 'shop-1';
  const NOW = Date.UTC(2026, 0, 1);

  const eventsOf = (stream: string, count: number, shop: string = SHOP, first = 1) =>
    visitsOf({ stream, count, shop, first, atMs: NOW });

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
        expect((await pull(store)).events.map(({ json }) => JSON.parse(json) as unknown)).toEqual(events);
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
        expect(await statuses(push(store, clone))).toEqual(['conflict', 'gap', 'gap']);
        expect((await pull(store)).head).toBe(2);
      }));

    test('behind a conflict or a gap the rest of the batch waits, so no later event gets an earlier place', () =>
      withShop(async (store) => {
        const [, late] = eventsOf('a', 2);
        const other = eventsOf('b', 1);
        expect(await statuses(push(store, [late, ...other]))).toEqual(['gap', 'gap']);
        expect(await statuses(push(store, other))).toEqual(['ok 1']);
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

    test('what was refused is kept apart, once and by till; beyond the limits it is refused all the same', () =>
      withShop(async (store) => {
        expect(await store.listQuarantined(SHOP)).toEqual([]);
        const refused = (from: number, count: number, filler = '') =>
          Array.from({ length: count }, (_, index) => ({ nonsense: from + index, filler }));
        const by = (till: string, events: readonly unknown[]) =>
          store.acceptBatch({ shop: SHOP, till, events, atMs: NOW });
        for (let from = 0; from < MAX_QUARANTINED_EVENTS + 100; from += 100) {
          const answer = await by('till-1', refused(from, 100));
          expect(new Set(answer.map(({ status }) => status))).toEqual(new Set(['refused']));
        }
        // The same again is kept already, and one till's limit is not another's.
        await by('till-1', refused(0, 100));
        const size = 1024 * 1024;
        const large = refused(0, 6, 'ş'.repeat(size / 2));
        for (const event of large) expect(await by('till-2', [event])).toMatchObject([{ status: 'refused' }]);
        const [one, two] = await store.listQuarantined(SHOP);
        expect(one).toMatchObject({ till: 'till-1', events: MAX_QUARANTINED_EVENTS });
        expect(two).toMatchObject({ till: 'till-2', events: 3 });
        expect(two?.bytes).toBeGreaterThan(3 * size);
        expect(two?.bytes).toBeLessThanOrEqual(MAX_QUARANTINED_BYTES);
        // Nothing else suffers, and a position of what was refused is filled as before.
        const [first, second, third] = eventsOf('a', 3);
        const poisoned = { ...second, data: { count: 99, grants: [] } };
        expect(await statuses(push(store, [first, poisoned, third]))).toEqual(['ok 1', 'refused', 'ok 2']);
        expect((await store.listQuarantined(SHOP))[0]?.events).toBe(MAX_QUARANTINED_EVENTS);
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

    test('an event that is only half there fills its position, and its stream goes on', () =>
      withShop(async (store) => {
        const [first, second, third] = eventsOf('a', 3);
        const { staff, ...half } = second ?? {};
        expect(await statuses(push(store, [first, half, third]))).toEqual(['ok 1', 'refused', 'ok 2']);
        expect(await statuses(push(store, [half]))).toEqual(['dup']);
      }));

    test('content without a canonical form is refused', () =>
      withShop(async (store) => {
        const [event] = eventsOf('a', 1);
        expect(await push(store, [{ ...event, data: { count: 0.5 } }])).toMatchObject([
          { status: 'refused', code: 'bad-body' },
        ]);
      }));

    test.each(['\u0000', '\ud800', ' ', 'ä', '\n'])(
      'an id with %j in it is refused, not stored as another',
      (letter) =>
        withShop(async (store) => {
          const [event] = eventsOf('a', 1);
          expect(await statuses(push(store, [{ ...event, id: `a${letter}` }]))).toEqual(['refused']);
          expect(await statuses(push(store, [event]))).toEqual(['ok 1']);
        }),
    );

    test('texts of every kind come back as they were', () =>
      withShop(async (store) => {
        const data = { text: '\u0000 \ud800 \\ " \n \u2028 {a,b} NULL 😀', ['__proto__']: 1 };
        const [event] = eventsOf('a', 1);
        const sealed = resealed({
          ...event,
          type: 'note',
          data: JSON.parse(JSON.stringify(data)) as unknown,
        });
        expect(await statuses(push(store, [sealed]))).toEqual(['held 1']);
        expect((await pull(store)).events[0]?.json).toBe(JSON.stringify(sealed));
      }));

    test('a known type with content nobody understands is kept and relayed', () =>
      withShop(async (store) => {
        const [event] = eventsOf('a', 1);
        const sealed = resealed({ ...event, data: { count: 'many' } });
        expect(await statuses(push(store, [sealed]))).toEqual(['held 1']);
      }));

    test('nothing is written for a shop nobody made', () =>
      withShop(async (store) => {
        await expect(push(store, eventsOf('a', 1), 'shop-9')).rejects.toThrow('shop-9');
        await expect(store.heads('shop-9')).rejects.toThrow('shop-9');
        expect(await store.createShop({ shop: SHOP, atMs: NOW })).toBe('taken');
        expect(await store.listShops()).toEqual([SHOP]);
      }));

    test('a page of the feed is as long as asked', () =>
      withShop(async (store) => {
        await push(store, eventsOf('a', 5));
        const page = await pull(store, 2, 2);
        expect(page.events.map(({ g }) => g)).toEqual([3, 4]);
        expect(page.head).toBe(5);
        expect((await pull(store, 9)).events).toEqual([]);
      }));

    test('an event of another shop is refused', () =>
      withShop(async (store) => {
        const foreign = eventsOf('a', 1, 'shop-2');
        expect(await push(store, foreign)).toMatchObject([{ status: 'refused', code: 'foreign-shop' }]);
      }));

    test('no shop sees another one', () =>
      withShop(async (store) => {
        await store.createShop({ shop: 'shop-2', atMs: NOW });
        await push(store, eventsOf('a', 2));
        expect(await statuses(push(store, eventsOf('a', 1, 'shop-2'), 'shop-2'))).toEqual(['ok 1']);
        expect((await pull(store, 0, 100, 'shop-2')).events).toHaveLength(1);
        expect(await store.listHeads({ shop: 'shop-2', streams: ['a'] })).toMatchObject([{ lastSeq: 1 }]);
      }));

    test('an unknown type is kept, placed and relayed', () =>
      withShop(async (store) => {
        const [event] = eventsOf('a', 1);
        const sealed = resealed({ ...event, type: 'teleport' });
        expect(await statuses(push(store, [sealed]))).toEqual(['held 1']);
        expect(JSON.parse((await pull(store)).events[0]?.json ?? '')).toEqual(sealed);
      }));

    test('a known event on a new stream fills the place and is not doubled', () =>
      withShop(async (store) => {
        const [event] = eventsOf('a', 1);
        await push(store, [event]);
        const sealed = resealed({ ...event, stream: 'b' });
        expect(await statuses(push(store, [sealed]))).toEqual(['alias 1']);
        expect((await pull(store)).head).toBe(1);
        expect(await store.listHeads({ shop: SHOP, streams: ['b'] })).toMatchObject([{ lastSeq: 1 }]);
      }));

    test('one event twice in a batch, at two places, is one entry', () =>
      withShop(async (store) => {
        const [event] = eventsOf('a', 1);
        const moved = resealed({ ...event, stream: 'b' });
        expect(await statuses(push(store, [event, event, moved]))).toEqual(['ok 1', 'dup 1', 'alias 1']);
        expect((await pull(store)).head).toBe(1);
      }));

    test('what is refused is refused as often as it is sent', () =>
      withShop(async (store) => {
        expect(await statuses(push(store, [null, null]))).toEqual(['refused', 'refused']);
        expect(await statuses(push(store, [null]))).toEqual(['refused']);
      }));

    test('a batch of old and new, moved to another stream, doubles nothing', () =>
      withShop(async (store) => {
        const [first, second] = eventsOf('a', 2);
        await push(store, [first]);
        const moved = resealed({ ...first, stream: 'b' });
        const fresh = resealed({ ...second, stream: 'c' });
        expect(await statuses(push(store, [fresh, moved]))).toEqual(['ok 2', 'alias 1']);
        expect(await statuses(push(store, [resealed({ ...second, stream: 'd' })]))).toEqual(['alias 2']);
        expect((await pull(store)).head).toBe(2);
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

    test('stamps are compared as bytes', () =>
      withShop(async (store) => {
        const put = (hlc: string) =>
          store.putProfiles({ shop: SHOP, docs: [{ member: 'm', hlc, sealed: 'x' }] });
        expect(await put('1-B')).toMatchObject([{ status: 'ok' }]);
        expect(await put('1-a')).toMatchObject([{ status: 'ok' }]);
        expect(await put('1-C')).toMatchObject([{ status: 'older' }]);
      }));

    const pairing = {
      codeHash: 'code',
      till: 'till-1',
      name: 'Front',
      app: '1',
      tokenHash: 'token',
      atMs: NOW,
    };
    const withCode = (use: (store: EventStore) => Promise<void>) =>
      withShop(async (store) => {
        await store.addPairingCode({ shop: SHOP, codeHash: 'code', expiresAtMs: NOW + 1000 });
        await use(store);
      });

    test('a pairing code lets one till in while it lasts', () =>
      withCode(async (store) => {
        expect(await store.pair({ ...pairing, codeHash: 'other' })).toBe('unknown-code');
        expect(await store.pair({ ...pairing, atMs: NOW + 2000 })).toBe('expired-code');
        expect(await store.pair(pairing)).toEqual({ shop: SHOP });
        expect(await store.pair({ ...pairing, till: 'till-2', tokenHash: 'other' })).toBe('unknown-code');
        expect(await store.findTill('token')).toMatchObject({
          shop: SHOP,
          till: 'till-1',
          revokedAtMs: null,
        });
        expect(await store.findTill('other')).toBeUndefined();
      }));

    test('a till whose answer was lost asks again, and only its last token counts', () =>
      withCode(async (store) => {
        await store.pair(pairing);
        expect(await store.pair({ ...pairing, tokenHash: 'second' })).toEqual({ shop: SHOP });
        expect(await store.findTill('token')).toBeUndefined();
        expect(await store.findTill('second')).toMatchObject({ till: 'till-1' });
        expect(await store.listTills(SHOP)).toHaveLength(1);
      }));

    test('the first till brings its ledger, and the shop goes by its id', () =>
      withCode(async (store) => {
        await store.addPairingCode({ shop: SHOP, codeHash: 'second', expiresAtMs: NOW + 1000 });
        expect(await store.pair({ ...pairing, ledger: 'ledger-1' })).toEqual({ shop: 'ledger-1' });
        expect(await store.pair({ ...pairing, ledger: 'ledger-1', tokenHash: 'again' })).toEqual({
          shop: 'ledger-1',
        });
        expect(await store.listShops()).toEqual(['ledger-1']);
        const next = { ...pairing, codeHash: 'second', till: 'till-2', tokenHash: 'two' };
        expect(await store.pair({ ...next, ledger: 'ledger-2' })).toBe('other-shop');
        expect(await store.pair(next)).toEqual({ shop: 'ledger-1' });
      }));

    test('nobody takes over the id of another shop', () =>
      withCode(async (store) => {
        await store.createShop({ shop: 'shop-2', atMs: NOW });
        expect(await store.pair({ ...pairing, ledger: 'shop-2' })).toBe('other-shop');
        expect(await store.listShops()).toEqual([SHOP, 'shop-2']);
      }));

    test('a revoked till is known as such, and one of another shop is not touched', () =>
      withCode(async (store) => {
        await store.pair(pairing);
        const revoke = (till: string, shop: string = SHOP) => store.revokeTill({ shop, till, atMs: NOW });
        expect(await revoke('till-1', 'shop-2')).toBe('unknown');
        expect(await revoke('till-1')).toBe('revoked');
        expect(await revoke('till-1')).toBe('was-revoked');
        expect(await store.findTill('token')).toMatchObject({ revokedAtMs: NOW });
      }));

    test('no code that was out when a till was revoked lets anybody in', () =>
      withCode(async (store) => {
        await store.addPairingCode({ shop: SHOP, codeHash: 'unused', expiresAtMs: NOW + 1000 });
        await store.createShop({ shop: 'shop-2', atMs: NOW });
        await store.addPairingCode({ shop: 'shop-2', codeHash: 'theirs', expiresAtMs: NOW + 1000 });
        await store.pair(pairing);
        await store.revokeTill({ shop: SHOP, till: 'till-1', atMs: NOW });
        // Its own code once more, and one that it may have asked for and kept.
        expect(await store.pair({ ...pairing, tokenHash: 'again' })).toBe('unknown-code');
        const other = { ...pairing, codeHash: 'unused', till: 'till-2', tokenHash: 'two' };
        expect(await store.pair(other)).toBe('unknown-code');
        expect(await store.findTill('token')).toMatchObject({ revokedAtMs: NOW });
        expect(await store.pair({ ...other, codeHash: 'theirs' })).toEqual({ shop: 'shop-2' });
        await store.addPairingCode({ shop: SHOP, codeHash: 'new', expiresAtMs: NOW + 1000 });
        expect(await store.pair({ ...pairing, codeHash: 'new', tokenHash: 'new' })).toEqual({ shop: SHOP });
      }));

    test('the app a till runs is kept', () =>
      withCode(async (store) => {
        await store.pair(pairing);
        await store.noteApp({ shop: SHOP, till: 'till-1', app: '2' });
        expect(await store.listTills(SHOP)).toMatchObject([{ till: 'till-1', app: '2' }]);
      }));
  });
}
