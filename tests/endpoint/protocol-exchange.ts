import { hashPairingCode } from '#server/http/secrets.ts';
import { startServer } from '#server/http/server.ts';
import { SYNC_FILE_FORMAT } from '#shared/sync/wire.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import { createTestEndpoint } from './test-endpoint.ts';

/**
 * One day of two tills as requests and answers, over a port of a real endpoint whose clock and chance are fixed: what
 * docs/sync-protocol.md shows.
 */

interface Spoken {
  readonly status: number;
  readonly value: unknown;
}

const CODE = '7K3QX-M9TRB';
const SEALED = 'AQkJCQkJCQkJCQkJCcg6Zlrq-shortened';

export async function playExchange(): Promise<string> {
  const endpoint = createTestEndpoint();
  await endpoint.pair('till-0', 'shop-1');
  const expiresAtMs = endpoint.clock.nowMs + 900_000;
  await endpoint.store.addPairingCode({ shop: 'shop-1', codeHash: hashPairingCode(CODE), expiresAtMs });
  const server = await startServer(endpoint.app, {
    host: '127.0.0.1',
    port: 0,
    proxies: 0,
    pollMs: undefined,
  });
  const lines: string[] = [];
  let token = '';

  async function say(why: string, method: string, path: string, body?: unknown): Promise<Spoken> {
    const response = await fetch(server.address + path, {
      method,
      headers: {
        ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
        'Accept-Encoding': 'identity',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const value = (await response.json()) as unknown;
    lines.push(`# ${why}`, `${method} ${path}`);
    if (token !== '') lines.push(`Authorization: Bearer ${token}`);
    if (body !== undefined) lines.push('', JSON.stringify(body));
    lines.push('', String(response.status), JSON.stringify(value), '');
    return { status: response.status, value };
  }

  /** What a live feed says until it has said `count` lines that are not empty. */
  async function listen(why: string, count: number): Promise<void> {
    const end = new AbortController();
    const response = await fetch(`${server.address}/v1/live`, {
      headers: { Authorization: `Bearer ${token}` },
      signal: end.signal,
    });
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    let text = '';
    while (text.split('\n').filter((line) => line !== '').length < count) {
      const { value, done } = await reader.read();
      if (done) break;
      text += new TextDecoder().decode(value);
    }
    end.abort();
    lines.push(`# ${why}`, 'GET /v1/live', `Authorization: Bearer ${token}`, '');
    lines.push(String(response.status), text.trimEnd(), '');
  }

  try {
    const [first, second, third] = visitsOf({ stream: 'stream-a', count: 3 });
    const [other] = visitsOf({ stream: 'stream-a', count: 1, first: 9 });
    const paired = await say('A till redeems its code.', 'POST', '/v1/tills', {
      code: CODE,
      till: 'till-1',
      name: 'Front',
      app: '1.0.0',
    });
    ({ token } = paired.value as { token: string });
    const about = { till: 'till-1', app: '1.0.0', schemaEpoch: 2, cursor: 0, docCursor: 0 };
    const streams = [{ stream: 'stream-a', lastSeq: 2, link: second?.link }];
    await say('It says hello for the first time, and learns the epoch.', 'POST', '/v1/hello', {
      ...about,
      streams,
    });
    const batch = (name: string, events: readonly unknown[]) => ({
      batch: name,
      serverEpoch: 'epoch-1',
      events,
    });
    await say('It offers its queue.', 'POST', '/v1/events', batch('batch-1', [first, second]));
    await say(
      'The answer got lost, so the same batch comes again.',
      'POST',
      '/v1/events',
      batch('batch-1', [first, second]),
    );
    await say(
      'A copy of its disk writes something else at the same position.',
      'POST',
      '/v1/events',
      batch('batch-2', [other]),
    );
    const [, , , fourth] = visitsOf({ stream: 'stream-a', count: 4 });
    await say('An event whose predecessor is missing.', 'POST', '/v1/events', batch('batch-3', [fourth]));
    await say('A till that last said hello before a backup was restored.', 'POST', '/v1/events', {
      ...batch('batch-4', [third]),
      serverEpoch: 'epoch-0',
    });
    await say('What the shop has behind place 1.', 'GET', '/v1/events?after=1&limit=10');
    const docs = [
      { member: 'member-0', hlc: '001767225600000-00000-till-1', sealed: SEALED },
      { member: 'member-1', hlc: '001767225600000-00001-till-1', erased: true },
    ];
    await say('A sealed document, and somebody who asked to be forgotten.', 'POST', '/v1/profiles', {
      serverEpoch: 'epoch-1',
      docs,
    });
    await say('An older version of the first one, and the second one again.', 'POST', '/v1/profiles', {
      serverEpoch: 'epoch-1',
      docs: [
        { ...docs[0], hlc: '001767225599999-00000-till-2' },
        { member: 'member-1', hlc: '001767225700000-00000-till-2', sealed: SEALED },
      ],
    });
    await say('The documents behind place 0.', 'GET', '/v1/profiles?after=0&limit=10');
    await listen('The live feed.', 3);
    await say('A sync file, with something that came over the wire meanwhile.', 'POST', '/v1/sync-files', {
      format: SYNC_FILE_FORMAT,
      shop: 'shop-1',
      till: 'till-1',
      batches: [{ batch: 'batch-5', events: [second, third] }],
      docs: [],
    });
    await say('A code for the next till.', 'POST', '/v1/pairing-codes');
    await say('Who is in the shop.', 'GET', '/v1/tills');
    await say('One till is taken out.', 'DELETE', '/v1/tills/till-0');
    token = 'made-up';
    await say('A token that nobody gave out.', 'GET', '/v1/events?after=0&limit=10');
  } finally {
    await server.stop();
  }
  return lines.join('\n').trimEnd();
}
