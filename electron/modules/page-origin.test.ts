import { expect, test } from 'vitest';
import { APP_ORIGIN, choosePage, originOf } from './page-origin.ts';

test.each([
  ['app://tenpunch/index.html#/counter', 'app://tenpunch'],
  ['app://tenpunch', 'app://tenpunch'],
  ['app://other/index.html', 'app://other'],
  ['app://tenpunch.evil.example/', 'app://tenpunch.evil.example'],
  ['http://127.0.0.1:5173/', 'http://127.0.0.1:5173'],
  ['https://tenpunch/', 'https://tenpunch'],
  ['file:///index.html', undefined],
  ['about:blank', undefined],
  ['data:text/html,hello', undefined],
  ['not a url', undefined],
  ['', undefined],
])('the origin of %j is %j', (url, origin) => expect(originOf(url)).toBe(origin));

const built = { url: 'app://tenpunch/index.html', origin: APP_ORIGIN };

test('a development server counts in an unpackaged run', () => {
  const page = choosePage({ isPackaged: false, devServerUrl: 'http://127.0.0.1:5173/' });
  expect(page).toEqual({ url: 'http://127.0.0.1:5173/', origin: 'http://127.0.0.1:5173' });
});

test('a packaged till ignores the variable', () =>
  expect(choosePage({ isPackaged: true, devServerUrl: 'http://127.0.0.1:5173/' })).toEqual(built));

test.each([
  undefined,
  'nonsense',
  'http://evil.example/',
  'https://127.0.0.1.evil.example/',
  'file:///etc/passwd',
])('%j is not a development server', (devServerUrl) =>
  expect(choosePage({ isPackaged: false, devServerUrl })).toEqual(built),
);
