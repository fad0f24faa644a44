import { expect, test } from 'vitest';
import { endpointUrl, isOfThisComputer, readEndpointAddress } from './endpoint-address.ts';

test.each([
  ['shop.example.com', 'https://shop.example.com'],
  ['  Shop.Example.com/ ', 'https://shop.example.com'],
  ['https://shop.example.com:8443', 'https://shop.example.com:8443'],
  ['shop.example.com:443', 'https://shop.example.com'],
  ['HTTPS://kahve.örnek.com', 'https://kahve.xn--rnek-4qa.com'],
  ['192.168.1.20:8443', 'https://192.168.1.20:8443'],
  ['https://[2001:db8::1]', 'https://[2001:db8::1]'],
  ['http://localhost:4720', 'http://localhost:4720'],
  ['http://127.0.0.1:4720/', 'http://127.0.0.1:4720'],
  ['http://[::1]:4720', 'http://[::1]:4720'],
  ['localhost:4720', 'http://localhost:4720'],
  ['127.0.0.1:4720', 'http://127.0.0.1:4720'],
  ['https://localhost:4720', 'https://localhost:4720'],
])('%j is %s', (typed, origin) => expect(readEndpointAddress(typed)).toBe(origin));

test.each([
  '',
  ' ',
  'https://',
  'http://shop.example.com',
  'http://localhost.example.com',
  'http://127.0.0.2:4720',
  'http://192.168.1.20:4720',
  'ftp://shop.example.com',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://shop.example.com/v1/',
  'https://shop.example.com/?a=1',
  'https://shop.example.com?',
  'https://shop.example.com#',
  'https://user:secret@shop.example.com',
  'https://@shop.example.com',
  'https:\\\\shop.example.com',
  'shop .example.com',
  'shop\n.example.com',
  'shop.example.com:99999',
  `${'a'.repeat(300)}.com`,
])('%j is refused', (typed) => expect(readEndpointAddress(typed)).toBeUndefined());

test('a request goes to a route of the endpoint', () => {
  const url = endpointUrl('https://shop.example.com', '/v1/events?after=7');
  expect(url?.href).toBe('https://shop.example.com/v1/events?after=7');
});

test.each([
  '/metrics',
  '/v1/../metrics',
  '/v1/%2e%2e/metrics',
  '.evil.com/v1/',
  '@evil.com/v1/',
  ':8080/v1/',
  '//',
  '',
])('no request goes to %j', (path) => expect(endpointUrl('https://shop.example.com', path)).toBeUndefined());

test('an address of this very computer is known as one', () => {
  expect(['http://127.0.0.1:4720', 'http://localhost:1', 'http://[::1]:1'].map(isOfThisComputer)).toEqual([
    true,
    true,
    true,
  ]);
  expect(['https://sync.example', 'https://localhost.example', ''].map(isOfThisComputer)).toEqual([
    false,
    false,
    false,
  ]);
});
