import { afterEach, beforeEach, expect, test } from 'vitest';
import { COFFEE, SyncedShop, type SyncedTill } from '#tests/fakes/synced-tills.ts';

/** An endpoint whose files were put back by hand: the epoch is the one it was, and the end of its order is gone. */

let shop: SyncedShop;
let one: SyncedTill;
let two: SyncedTill;
beforeEach(async () => {
  shop = await SyncedShop.open(2);
  [one, two] = shop.tills as [SyncedTill, SyncedTill];
});
afterEach(() => shop.close());

const join = (till: SyncedTill) =>
  till.append({ type: 'enrolment', data: { by: 'phone', visit: 1, grants: [] } }, till.ids.memberId());

async function idsAt(): Promise<readonly string[]> {
  const { events } = await shop.readPage(0);
  return events.map(({ event }) => (event as { readonly id: string }).id);
}

test('what was acknowledged, never pulled, and is gone, is offered again after the next start', async () => {
  await one.append({ type: 'program', data: { program: COFFEE } });
  await shop.settle();
  // Among others' events no place comes with the verdict.
  await join(two);
  await shop.push(two);
  const backup = shop.endpoint.backUp();
  const lost = await join(one);
  await shop.push(one);
  expect(await idsAt()).toContain(lost.id);
  expect(await one.store.queue(10)).toEqual([]);
  shop.putBackEndpoint(backup);
  expect(await idsAt()).not.toContain(lost.id);

  const again = await one.restart();
  const named = await again.store.queuedStreams();
  expect(named).toEqual([{ stream: lost.stream, lastSeq: lost.seq, link: lost.link }]);
  shop.tills[0] = again;
  await shop.settle();
  expect(await idsAt()).toContain(lost.id);
  const alarms = await again.database.alarms.toArray();
  expect(alarms).toMatchObject([{ code: 'endpoint-restored' }]);
});

test('what was acknowledged and is still there is pulled, and nothing begins anew', async () => {
  await one.append({ type: 'program', data: { program: COFFEE } });
  await shop.settle();
  await join(two);
  await shop.push(two);
  await join(one);
  await shop.push(one);
  const again = await one.restart();
  shop.tills[0] = again;
  await shop.hello(again);
  expect((await again.store.marks()).cursor).toBe(1);
  await shop.settle();
  expect(await again.database.alarms.toArray()).toEqual([]);
});
