import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planRetry, waitMsAfter, waitMsAsked } from './plan-retry.ts';
import { readReply, type RawReply } from './read-reply.ts';
import { FRESH_MARKS, startRun } from './sync-state.ts';
import { helloAnswerSchema, pullAnswerSchema, pushAnswerSchema } from './wire.ts';

const NOW = Date.UTC(2026, 0, 1);
const http = (status: number, text: string, retryAfter: string | null = null): RawReply => ({
  kind: 'http',
  status,
  retryAfter,
  text,
});
const ours = (code: string) => JSON.stringify({ error: { code, message: 'm', request: 'r' } });
const read = (raw: RawReply) => readReply(raw, pushAnswerSchema, NOW);

describe('a reply', () => {
  test('in our words is an answer', () => {
    expect(read(http(200, '{"results":[{"id":"a","status":"ok","g":1}]}'))).toMatchObject({ kind: 'answer' });
  });

  test.each([
    ['a page with 200', http(200, '<html>Log in</html>')],
    ['half an answer', http(200, '{"results":[{"id":"a"')],
    ['other JSON', http(200, '{"ok":true}')],
    ['a redirection', http(302, '')],
    ['somebody else’s 401', http(401, '<html>')],
    ['somebody else’s 403', http(403, '{"error":"no"}')],
    ['somebody else’s 426', http(426, '')],
    ['nothing there', http(404, 'nope')],
    ['an error', http(500, ours('internal'))],
    ['busy without a time', http(503, '')],
    ['a time nobody can read', http(503, '', 'soon')],
    ['no reply', { kind: 'failed', because: 'timeout' } as const],
  ])('%s: nobody knows what was done', (_, raw) => {
    expect(read(raw).kind).toBe('unknown');
  });

  test.each([
    [http(401, ours('not-signed-in')), { kind: 'unauthorized' }],
    [http(403, ours('revoked')), { kind: 'stop', because: 'revoked' }],
    [http(403, ours('other-till')), { kind: 'unauthorized' }],
    [http(409, ours('other-epoch')), { kind: 'other-epoch' }],
    [http(409, ours('other-shop')), { kind: 'unknown', because: 'not-ours' }],
    [http(426, ours('app-too-old')), { kind: 'stop', because: 'too-old' }],
    [{ kind: 'failed', because: 'tls' } as const, { kind: 'stop', because: 'tls' }],
    [http(429, '', '30'), { kind: 'busy', retryAfterMs: 30_000 }],
    [http(503, '', new Date(NOW + 5000).toUTCString()), { kind: 'busy', retryAfterMs: 5000 }],
    [http(413, '<html>'), { kind: 'rejected', status: 413, isOurs: false }],
    [http(422, ours('bad-request')), { kind: 'rejected', status: 422, isOurs: true }],
  ])('%j means %j', (raw, meaning) => {
    expect(read(raw)).toEqual(meaning);
  });

  test('of any kind never throws', () => {
    const anything = fc.record({
      kind: fc.constant('http' as const),
      status: fc.oneof(fc.constantFrom(200, 400, 401, 403, 413, 422, 426, 429, 503), fc.integer()),
      retryAfter: fc.option(fc.oneof(fc.string(), fc.integer().map(String))),
      text: fc.oneof(
        fc.string(),
        fc.json(),
        fc.json().map((text) => text.slice(0, text.length / 2)),
      ),
    });
    fc.assert(
      fc.property(
        anything,
        fc.constantFrom(pushAnswerSchema, pullAnswerSchema, helloAnswerSchema),
        (raw, schema) => {
          const { kind } = readReply(raw, schema as typeof pushAnswerSchema, NOW);
          return ['answer', 'unknown', 'busy', 'unauthorized', 'stop', 'rejected'].includes(kind);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('after an answer that settles nothing', () => {
  const standing = { marks: FRESH_MARKS, run: startRun({ isPaired: true, batchLimit: 500 }) };

  test('the marks stay and the same is tried again later', () => {
    const step = planRetry({ kind: 'unknown', because: 'no-answer' }, standing, 0.5);
    expect(step.marks).toBe(FRESH_MARKS);
    expect(step.run).toMatchObject({ failures: 1, phase: { kind: 'waiting', forMs: 1000 } });
  });

  test('an endpoint that was restored is asked hello, soon and not by all tills at once', () => {
    const step = planRetry({ kind: 'other-epoch' }, standing, 0.5);
    expect(step).toMatchObject({ marks: FRESH_MARKS, effects: [] });
    expect(step.run).toMatchObject({ needsHello: true, phase: { kind: 'waiting', forMs: 1000 } });
  });

  test('the wait grows to a quarter of an hour and no further', () => {
    expect([0, 1, 2, 8, 9, 5000].map((failures) => waitMsAfter(failures, 0.999_999))).toEqual([
      1999, 3999, 7999, 511_999, 899_999, 899_999,
    ]);
    expect(waitMsAfter(3, 0)).toBe(0);
  });

  test('a wait that was asked for is kept, up to a day', () => {
    expect(waitMsAsked(60_000, 0)).toBe(60_000);
    expect(waitMsAsked(1e12, 0)).toBe(24 * 60 * 60 * 1000);
  });

  test('an unknown token pauses, a revoked one stops, and both tell a manager', () => {
    expect(planRetry({ kind: 'unauthorized' }, standing, 0)).toMatchObject({
      run: { phase: { kind: 'paused' } },
      effects: [{ do: 'raise', code: 'unauthorized' }],
    });
    expect(planRetry({ kind: 'stop', because: 'revoked' }, standing, 0)).toMatchObject({
      run: { phase: { kind: 'stopped', because: 'revoked' } },
    });
  });
});
