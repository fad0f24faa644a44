import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, test } from 'vitest';
import { guardNavigation, isNavigationAllowed, refuseDownloads } from './navigation.ts';

const pageOrigin = 'app://tenpunch';

test.each([
  ['app://tenpunch/index.html', true, true],
  ['app://tenpunch/index.html#/members', true, true],
  ['app://tenpunch/index.html', false, false],
  ['app://other/index.html', true, false],
  ['https://tenpunch/', true, false],
  ['https://evil.example/app://tenpunch/', true, false],
  ['file:///etc/passwd', true, false],
  ['javascript:alert(1)', true, false],
  ['data:text/html,hello', true, false],
  ['about:blank', true, false],
])('%s (main frame: %s): %s', (url, isMainFrame, isAllowed) =>
  expect(isNavigationAllowed({ url, isMainFrame }, pageOrigin)).toBe(isAllowed),
);

class Page extends EventEmitter {
  openHandler: (() => unknown) | undefined;
  setWindowOpenHandler(handler: () => unknown): void {
    this.openHandler = handler;
  }
  isPrevented(event: string, details: object = {}): boolean {
    let isPrevented = false;
    this.emit(event, { ...details, preventDefault: () => (isPrevented = true) });
    return isPrevented;
  }
}

test('every page ever made is guarded', () => {
  const app = new EventEmitter();
  const codes: string[] = [];
  const log = { info: () => undefined, error: (code: string) => void codes.push(code) };
  guardNavigation(app as unknown as Pick<App, 'on'>, { pageOrigin, log });
  const page = new Page();
  app.emit('web-contents-created', {}, page);

  const away = { url: 'https://evil.example/', isMainFrame: true };
  const reload = { url: 'app://tenpunch/index.html', isMainFrame: true };
  expect(page.isPrevented('will-frame-navigate', away)).toBe(true);
  expect(page.isPrevented('will-frame-navigate', reload)).toBe(false);
  expect(page.isPrevented('will-redirect', away)).toBe(true);
  expect(page.isPrevented('will-redirect', reload)).toBe(false);
  expect(page.isPrevented('will-attach-webview')).toBe(true);
  expect(page.openHandler?.()).toEqual({ action: 'deny' });
  expect(codes).toEqual(['navigation-refused', 'redirect-refused', 'webview-refused', 'window-open-refused']);
});

test('a download is refused', () => {
  const session = new EventEmitter();
  let isPrevented = false;
  refuseDownloads(session as never, { info: () => undefined, error: () => undefined });
  session.emit('will-download', { preventDefault: () => (isPrevented = true) });
  expect(isPrevented).toBe(true);
});
