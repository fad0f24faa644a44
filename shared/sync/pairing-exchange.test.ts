import { expect, test } from 'vitest';
import { pairingBody, readPairingReply } from './pairing-exchange.ts';

const request = { code: ' ABCD-EFGH ', till: 'till-1', name: 'Önde', app: '1.0.0', shop: 'shop-1' };
const http = (status: number, body: unknown) => ({
  kind: 'http' as const,
  status,
  retryAfter: null,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const problem = (code: string) => ({ error: { code, message: 'm', request: 'r' } });

test('only what the endpoint asks for leaves the till, never the shop key', () => {
  const body = pairingBody({ ...request, shopKey: 'secret', address: 'a' } as typeof request);
  expect(body.ok && JSON.parse(body.value)).toEqual({ ...request, code: 'ABCD-EFGH' });
});

test('a code of nonsense is known before anybody is asked', () => {
  expect(pairingBody({ ...request, code: ' ' })).toEqual({ ok: false, error: { code: 'bad-code' } });
  expect(pairingBody({ ...request, code: 'x'.repeat(65) }).ok).toBe(false);
});

test.each([
  [http(200, { shop: 'shop-1', token: 't' }), { ok: true, value: { shop: 'shop-1', token: 't' } }],
  [http(200, { shop: 'shop-2', token: 't' }), 'other-shop'],
  [http(200, { shop: 'shop-1' }), 'not-ours'],
  [http(200, '<html>Log in to the Wi-Fi</html>'), 'not-ours'],
  [http(200, ''), 'not-ours'],
  [http(403, problem('bad-code')), 'bad-code'],
  [http(400, problem('bad-request')), 'bad-code'],
  [http(409, problem('other-shop')), 'other-shop'],
  [http(426, problem('app-too-old')), 'too-old'],
  [http(404, problem('not-found')), 'not-ours'],
  [http(403, '<html>Forbidden</html>'), 'not-ours'],
  [http(302, ''), 'not-ours'],
  [http(429, ''), 'busy'],
  [http(503, problem('stopping')), 'busy'],
  [http(502, '<html>Bad gateway</html>'), 'no-answer'],
  [{ kind: 'failed', because: 'timeout' } as const, 'no-answer'],
  [{ kind: 'failed', because: 'network' } as const, 'no-answer'],
  [{ kind: 'failed', because: 'tls' } as const, 'tls'],
])('%j', (raw, outcome) => {
  const expected = typeof outcome === 'string' ? { ok: false, error: { code: outcome } } : outcome;
  expect(readPairingReply(raw, 'shop-1')).toEqual(expected);
});

test('a till without a ledger joins whatever shop the code is of', () => {
  expect(readPairingReply(http(200, { shop: 'shop-9', token: 't' }), undefined).ok).toBe(true);
});
