import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { resolveAsset } from './resolve-asset.ts';

const root = resolve('dist');

test.each([
  ['app://tenpunch/', 'index.html', 'text/html; charset=utf-8'],
  ['app://tenpunch/index.html?a=1#/members', 'index.html', 'text/html; charset=utf-8'],
  ['app://tenpunch/assets/app-1a2b.js', 'assets/app-1a2b.js', 'text/javascript; charset=utf-8'],
  ['app://tenpunch/assets/app.css', 'assets/app.css', 'text/css; charset=utf-8'],
  ['app://tenpunch/assets/inter.woff2', 'assets/inter.woff2', 'font/woff2'],
  ['app://tenpunch/assets/icon.SVG', 'assets/icon.SVG', 'image/svg+xml'],
  ['app://tenpunch/assets/a%20b.png', 'assets/a b.png', 'image/png'],
  // A dotted step that stays inside is harmless: URL parsing folds it away.
  ['app://tenpunch/assets/../index.html', 'index.html', 'text/html; charset=utf-8'],
])('%s is %s', (url, path, mimeType) => {
  expect(resolveAsset(url, root)).toEqual({ path: join(root, path), mimeType });
});

test.each([
  'app://tenpunch/..%2fpackage.json',
  'app://tenpunch/%2e%2e%2f%2e%2e%2fetc/x.html',
  'app://tenpunch/assets/..%2f..%2fpackage.json',
  'app://tenpunch/..%5cpackage.json',
  'app://tenpunch/C:%5cwindows%5cx.html',
  'app://tenpunch//etc/passwd',
  'app://tenpunch/%2fetc%2fpasswd',
  'app://tenpunch/index.html%00.png',
  'app://tenpunch/%E0%A4%A.html',
  'app://tenpunch/main.cjs',
  'app://tenpunch/assets',
  'app://tenpunch/app.js.map',
  'app://other/index.html',
  'file:///etc/passwd',
  'https://tenpunch/index.html',
  'nonsense',
])('%s is refused', (url) => expect(resolveAsset(url, root)).toBeUndefined());

test('a neighbour folder that starts with the same letters is outside', () =>
  expect(resolveAsset('app://tenpunch/..%2fdist-electron%2fmain.js', root)).toBeUndefined());
