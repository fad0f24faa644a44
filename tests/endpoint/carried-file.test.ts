import { expect, test } from 'vitest';
import type { KnownEvent, LedgerEvent } from '#shared/ledger/event.ts';
import { readSyncFile } from '#shared/sync/read-sync-file.ts';
import type { Held } from '#shared/sync/sync-state.ts';
import { createSyncFileWriter } from '#shared/sync/write-sync-file.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import { createTestEndpoint } from './test-endpoint.ts';

// What a till writes at the close of a day is what the endpoint takes: the same text, byte for byte, carried by a person.

const COUNT = 1203;

function writeFile(events: readonly KnownEvent[], first = 1): string {
  let batches = 0;
  const writer = createSyncFileWriter({
    shop: 'shop-1',
    till: 'till-of-s',
    batchId: () => `batch-${(batches += 1)}`,
  });
  const held = events.map((event, index): Held<LedgerEvent> => ({ n: first + index, event, g: null }));
  for (let from = 0; from < held.length; from += 300) writer.addEvents(held.slice(from, from + 300));
  writer.addDocs([
    { member: 'member-1', hlc: '1', sealed: 'AQID' },
    { member: 'member-2', hlc: '1', erased: true },
  ]);
  const [file, ...more] = writer.finish();
  expect(more).toEqual([]);
  return file?.text ?? '';
}

interface Answer {
  readonly results: readonly { readonly results: readonly { readonly status: string }[] }[];
  readonly profiles: readonly { readonly status: string }[];
}
const countsOf = (body: unknown) => {
  const { results, profiles } = body as Answer;
  const statuses = results.flatMap((batch) => batch.results.map(({ status }) => status));
  return {
    statuses: [...new Set(statuses)],
    events: statuses.length,
    profiles: profiles.map(({ status }) => status),
  };
};

test('a file of a till is taken, twice, and nothing is doubled', async () => {
  const endpoint = createTestEndpoint();
  const token = await endpoint.pair('till-1');
  const events = visitsOf({ stream: 's', count: COUNT });
  const text = writeFile(events);
  const first = await endpoint.ask('importSyncFile', { token, body: text });
  expect(first.status).toBe(200);
  expect(countsOf(first.body)).toEqual({ statuses: ['ok'], events: COUNT, profiles: ['ok', 'ok'] });
  const second = await endpoint.ask('importSyncFile', { token, body: text });
  expect(countsOf(second.body)).toMatchObject({ statuses: ['dup'], events: COUNT });
  const pulled = await endpoint.ask('pullEvents', { token, query: '?after=0&limit=5000' });
  const { events: feed } = pulled.body as { events: { g: number; event: KnownEvent }[] };
  expect(feed.map(({ event }) => event)).toEqual(events);
  expect(feed.map(({ g }) => g)).toEqual(events.map((_, index) => index + 1));
});

test('the next file may overlap the one before, and what comes over the network meanwhile is known', async () => {
  const endpoint = createTestEndpoint();
  const token = await endpoint.pair('till-1');
  const events = visitsOf({ stream: 's', count: 700 });
  await endpoint.ask('importSyncFile', { token, body: writeFile(events.slice(0, 400)) });
  await endpoint.ask('pushEvents', { token, body: { batch: 'wire', events: events.slice(400, 500) } });
  const { body } = await endpoint.ask('importSyncFile', { token, body: writeFile(events.slice(300), 301) });
  expect(countsOf(body)).toMatchObject({ statuses: ['dup', 'ok'], events: 400 });
  const pulled = await endpoint.ask('pullEvents', { token, query: '?after=0&limit=5000' });
  expect((pulled.body as { events: unknown[] }).events).toHaveLength(700);
});

test('a file of another shop is refused by the endpoint and by a till alike', async () => {
  const endpoint = createTestEndpoint();
  await endpoint.pair('till-1');
  const other = await endpoint.pair('till-2', 'shop-2');
  const text = writeFile(visitsOf({ stream: 's', count: 3 }));
  expect(await endpoint.ask('importSyncFile', { token: other, body: text })).toMatchObject({
    code: 'other-shop',
  });
  expect(readSyncFile(new TextEncoder().encode(text), 'shop-2')).toEqual({
    ok: false,
    error: { code: 'other-shop' },
  });
});
