import { afterEach, beforeEach, expect, test } from 'vitest';
import { SyncedShop, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { UNASSIGNED_STAFF, type LedgerEvent } from '#shared/ledger/event.ts';
import { sealEvent } from '#shared/ledger/stream.ts';
import type { EventId, PlainDay, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import { sha256Hex } from '#shared/lib/sha256.ts';
import type { Hlc } from '#shared/lib/hlc.ts';

/** Pages that no endpoint of ours hands out. */

let shop: SyncedShop;
let till: SyncedTill;
beforeEach(async () => {
  shop = await SyncedShop.open(1);
  [till] = shop.tills as [SyncedTill];
  await shop.hello(till);
});
afterEach(() => shop.close());

function eventAt(seq: number, id: string, of: string = shop.shop): LedgerEvent {
  const member = till.ids.memberId();
  const data = { by: 'phone' as const, visit: 1, grants: [] };
  const draft = { id: id as EventId, type: 'enrolment' as const, staff: UNASSIGNED_STAFF, member, data };
  const head = {
    stream: 'theirs' as StreamId,
    seq: seq - 1,
    link: seq === 1 ? ('' as const) : sha256Hex(id),
  };
  return sealEvent(draft, head, {
    shop: of as ShopId,
    till: 'other' as TillId,
    hlc: `00000000000000${seq}-00000-other` as Hlc,
    wall: seq,
    tz: 'UTC',
    day: '2026-01-05' as PlainDay,
  }).event;
}

/** As the loop does it: what a page left is asked for again. */
async function pullAll(events: readonly LedgerEvent[]): Promise<number> {
  const serverEpoch = await shop.endpoint.epoch();
  const all = events.map((event, index) => ({ g: index + 1, event }));
  for (let asked = 1; ; asked += 1) {
    const { cursor } = await till.store.marks();
    if (cursor === all.length) return asked - 1;
    if (asked > 10) throw new Error(`stuck at ${cursor}`);
    const page = { serverEpoch, events: all.slice(cursor), head: all.length };
    till.run = (await till.store.takePage(page, till.run, 0.5)).run;
  }
}

const idsHere = async () => (await till.database.events.toArray()).map(({ id }) => id as string).sort();

test('two ids at one position: both are here, and nothing behind them waits', async () => {
  expect(await pullAll([eventAt(1, 'a'), eventAt(1, 'b'), eventAt(2, 'c'), eventAt(1, 'd')])).toBe(3);
  expect(await idsHere()).toEqual(['a', 'b', 'c', 'd']);
  expect(await till.database.members.count()).toBe(4);
});

test('an event of another shop: passed over and told, what is behind it is here', async () => {
  expect(await pullAll([eventAt(1, 'a'), eventAt(1, 'x', 'another-shop'), eventAt(2, 'c')])).toBe(1);
  expect(await idsHere()).toEqual(['a', 'c']);
  const { setAside } = await till.store.marks();
  expect(setAside).toEqual([{ id: 'place 2', code: 'foreign-shop', n: null }]);
  expect(await till.database.alarms.toArray()).toMatchObject([{ code: 'set-aside', about: 'place 2' }]);
});
