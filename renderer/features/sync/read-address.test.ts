import { expect, test } from 'vitest';
import { readAddress } from './read-address.ts';

test.each([
  ['https://sync.example.com', 'https://sync.example.com'],
  [' sync.example.com/ ', 'https://sync.example.com'],
  ['sync.example.com:8443', 'https://sync.example.com:8443'],
  ['127.0.0.1:4720', 'http://127.0.0.1:4720'],
  ['localhost:4720', 'http://localhost:4720'],
  ['http://[::1]:4720', 'http://[::1]:4720'],
  ['HTTPS://Sync.Example.com/', 'https://sync.example.com'],
])('%s is an address', (text, address) => {
  expect(readAddress(text)).toEqual({ ok: true, value: address });
});

test.each([
  ['  ', 'addressMissing'],
  ['not an address', 'addressBad'],
  ['https://sync.example.com/v1/hello', 'addressBad'],
  ['https://somebody@sync.example.com', 'addressBad'],
  ['ftp://sync.example.com', 'addressBad'],
  ['http://sync.example.com', 'addressUnsafe'],
  ['http://127.0.0.1.example.com', 'addressUnsafe'],
])('%s is none: %s', (text, problem) => {
  expect(readAddress(text)).toEqual({ ok: false, error: problem });
});
