import { expect, test } from 'vitest';
import { clientAddress } from '#server/http/client-address.ts';

const of = (remote: string) => clientAddress({ remote, forwarded: undefined, proxies: 0 });

test.each([
  ['2001:db8::1', '2001:db8::a:b:c:d'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::6'],
  ['2001:0DB8:0:0:1::', '2001:db8::7'],
  ['::1', '::2'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::1'],
])('%s and %s are of one network, so of one customer', (one, other) => {
  expect(of(one)).toBe(of(other));
});

test.each([
  ['2001:db8:0:1::1', '2001:db8:0:2::1'],
  ['2001:db8::1', '2001:db9::1'],
  ['192.0.2.1', '192.0.2.2'],
  ['::ffff:192.0.2.1', '::FFFF:192.0.2.2'],
])('%s and %s are not', (one, other) => {
  expect(of(one)).not.toBe(of(other));
});

test('only what our own proxies say of an address is believed', () => {
  const request = { remote: '192.0.2.9', forwarded: '192.0.2.1, 192.0.2.2, 192.0.2.3' };
  expect(clientAddress({ ...request, proxies: 0 })).toBe('192.0.2.9');
  expect(clientAddress({ ...request, proxies: 1 })).toBe('192.0.2.3');
  expect(clientAddress({ ...request, proxies: 2 })).toBe('192.0.2.2');
  expect(clientAddress({ ...request, proxies: 9 })).toBe('192.0.2.9');
});
