import { describe, expect, test } from 'vitest';
import { SYNC_FILE_FORMAT } from '#shared/sync/wire.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import { createTestEndpoint, hello, push } from './test-endpoint.ts';

describe('events', () => {
  test('what one till pushes another pulls, page by page', async () => {
    const endpoint = createTestEndpoint();
    const [token, other] = [await endpoint.pair('till-1'), await endpoint.pair('till-2')];
    const events = visitsOf({ stream: 'a', count: 3 });
    expect((await push(endpoint, token, events)).body).toMatchObject({
      results: events.map(({ id }, index) => ({ id, status: 'ok', g: index + 1 })),
    });
    expect((await endpoint.ask('pullEvents', { token: other, query: '?after=1&limit=1' })).body).toEqual({
      serverEpoch: 'epoch-1',
      events: [{ g: 2, event: events[1] }],
      head: 3,
    });
  });

  test('a restored endpoint takes nothing from a till that does not know it yet', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    const events = visitsOf({ stream: 'a', count: 1 });
    const docs = [{ member: 'm', hlc: '1', sealed: 'x' }];
    const offer = async (serverEpoch: string | undefined) => {
      const epoch = serverEpoch === undefined ? {} : { serverEpoch };
      const pushed = await endpoint.ask('pushEvents', { token, body: { batch: 'b', events, ...epoch } });
      const put = await endpoint.ask('pushProfiles', { token, body: { docs, ...epoch } });
      return [pushed.status, pushed.code, put.status, put.code];
    };
    expect(await offer('epoch-0')).toEqual([409, 'other-epoch', 409, 'other-epoch']);
    expect(await endpoint.store.heads('shop-1')).toEqual({ head: 0, docHead: 0 });
    expect(await offer('epoch-1')).toEqual([200, undefined, 200, undefined]);
    // One that has never said hello has nothing to be mistaken about.
    expect(await offer(undefined)).toEqual([200, undefined, 200, undefined]);
  });

  test('hello says where a till is behind, and where another one writes its stream', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    const events = visitsOf({ stream: 'a', count: 3 });
    await push(endpoint, token, events);
    const flagsFor = async (lastSeq: number, link: string | undefined) => {
      const body = hello('till-1', [{ stream: 'a', lastSeq, link }]);
      return ((await endpoint.ask('hello', { token, body })).body as { flags: string[] }).flags;
    };
    expect(await flagsFor(3, events[2]?.link)).toEqual([]);
    expect(await flagsFor(4, 'f'.repeat(64))).toEqual([]);
    expect(await flagsFor(2, events[1]?.link)).toEqual(['behind']);
    expect(await flagsFor(3, 'f'.repeat(64))).toEqual(['fork']);
  });

  test.each(['?after=-1', '?after=x', '?after=1.5', '?limit=0', '?limit=5001', '?after=1e99', '?limit=NaN'])(
    'a page at %s is refused',
    async (query) => {
      const endpoint = createTestEndpoint();
      const token = await endpoint.pair('till-1');
      expect(await endpoint.ask('pullEvents', { token, query })).toMatchObject({
        status: 400,
        code: 'bad-request',
      });
    },
  );

  test('a conflict raises an alarm in the log, without what was in the event', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    await push(endpoint, token, visitsOf({ stream: 'a', count: 1 }));
    await push(endpoint, token, visitsOf({ stream: 'a', count: 1, first: 9 }));
    expect(endpoint.logged).toContainEqual({
      code: 'conflict',
      details: { shop: 'shop-1', till: 'till-1', conflicts: 1 },
    });
    expect(JSON.stringify(endpoint.logged)).not.toMatch(/member|192\.0\.2|Till till/);
  });

  test('a sync file does what its batches do, twice without harm', async () => {
    const endpoint = createTestEndpoint();
    const token = await endpoint.pair('till-1');
    const events = visitsOf({ stream: 'a', count: 4 });
    const body = {
      format: SYNC_FILE_FORMAT,
      shop: 'shop-1',
      till: 'till-2',
      batches: [
        { batch: 'one', events: events.slice(0, 2) },
        { batch: 'two', events: events.slice(2) },
      ],
      docs: [{ member: 'm', hlc: '1', sealed: 'x' }],
    };
    const first = await endpoint.ask('importSyncFile', { token, body });
    expect(first.body).toMatchObject({
      results: [{ batch: 'one' }, { batch: 'two', results: [{ g: 3 }, { g: 4 }] }],
      profiles: [{ status: 'ok' }],
    });
    const second = await endpoint.ask('importSyncFile', { token, body });
    expect(second.body).toMatchObject({ results: [{ results: [{ status: 'dup' }, { status: 'dup' }] }, {}] });
    expect(await endpoint.store.heads('shop-1')).toEqual({ head: 4, docHead: 1 });
  });
});
