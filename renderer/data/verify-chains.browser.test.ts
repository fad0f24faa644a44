import { expect, test } from 'vitest';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { PhoneNumber } from '#shared/lib/brand.ts';
import { verifyChains } from './verify-chains.ts';

const openStore = deletedStores();

/** A store with two streams: one of 1 + `visits` + 1 events, and one that began after it. */
async function openWithVisits(visits: number) {
  const store = await openStore();
  const later = await openStore(store.database.name);
  for (const [index, { ledger, ids }] of [store, later].entries()) {
    const counter = createCounterCommands({ ledger, ids, staff: () => UNASSIGNED_STAFF });
    const member = ids.memberId();
    const phone = `+3361234567${index}` as PhoneNumber;
    await counter.enrol({ id: ids.eventId(), member, phone, name: '', visits: 1 });
    for (let visit = 0; visit < visits; visit += 1) {
      await counter.punch({ id: ids.eventId(), member, count: 1 });
    }
  }
  const events = await store.database.events.orderBy('n').toArray();
  const [first, ...others] = new Set(events.map(({ stream }) => stream));
  const eventAt = (stream: string | undefined, seq: number) =>
    events.find((event) => event.stream === stream && event.seq === seq) ?? expect.fail('no such event');
  return { ...store, events, first, second: others[0], eventAt };
}

test('an untouched ledger holds, over more than one slice, and says how far it is', async () => {
  const { database, events } = await openWithVisits(210);
  const seen: number[] = [];
  const result = await verifyChains(database, { report: ({ doneEvents }) => seen.push(doneEvents) });
  expect(result).toEqual({ events: events.length, streams: 2, faults: [], isCancelled: false });
  expect(seen.at(-1)).toBe(events.length);
  expect(seen.length).toBeGreaterThan(2);
});

test('a changed event is found, and the other stream is still checked', async () => {
  const { database, first, eventAt } = await openWithVisits(3);
  const visit = eventAt(first, 3);
  const data = visit.data as { count: number };
  await database.events.put({ ...visit, data: { ...data, count: 9 } });
  const result = await verifyChains(database);
  expect(result).toMatchObject({ streams: 2, faults: [{ stream: first, seq: 3, fault: 'body' }] });
});

test('an event taken out of the middle is found', async () => {
  const { database, second, eventAt } = await openWithVisits(3);
  await database.events.delete(eventAt(second, 2).n);
  expect(await verifyChains(database)).toMatchObject({
    faults: [{ stream: second, seq: 2, fault: 'position' }],
  });
});

test('an event taken off the end is found: the stream is shorter than its noted head', async () => {
  const { database, second, eventAt } = await openWithVisits(3);
  await database.events.delete(eventAt(second, 4).n);
  expect(await verifyChains(database)).toMatchObject({ faults: [{ stream: second, seq: 4, fault: 'end' }] });
});

test('a whole stream taken away is found, and so is what began after it', async () => {
  const { database, first, second } = await openWithVisits(2);
  await database.events.filter(({ stream }) => stream === first).delete();
  const { faults } = await verifyChains(database);
  expect(faults).toEqual([
    { stream: second, seq: 1, fault: 'parent' },
    { stream: first, seq: 1, fault: 'end' },
  ]);
});

test('cancelled, it stops and says so', async () => {
  const { database } = await openWithVisits(1);
  expect(await verifyChains(database, { signal: AbortSignal.abort() })).toMatchObject({
    isCancelled: true,
    events: 0,
  });
});
