import type { Session } from 'electron';
import { expect, test } from 'vitest';
import { guardPermissions, isPermissionAllowed } from './permissions.ts';

const pageOrigin = 'app://tenpunch';
const url = 'app://tenpunch/index.html#/counter';

test.each([
  ['persistent-storage', true],
  ['clipboard-sanitized-write', true],
  ['clipboard-read', false],
  ['media', false],
  ['geolocation', false],
  ['notifications', false],
  ['openExternal', false],
  ['fileSystem', false],
  ['usb', false],
  ['serial', false],
  ['hid', false],
  ['display-capture', false],
  ['local-network', false],
  ['unknown', false],
  ['a permission of a later version', false],
])('our page and %s: %s', (permission, isAllowed) =>
  expect(isPermissionAllowed({ permission, url, isMainFrame: true }, pageOrigin)).toBe(isAllowed),
);

test('another origin or a frame gets nothing', () => {
  const permission = 'persistent-storage';
  const isAllowed = (from: string, isMainFrame = true) =>
    isPermissionAllowed({ permission, url: from, isMainFrame }, pageOrigin);
  expect(isAllowed('app://tenpunch/')).toBe(true);
  expect(isAllowed('app://other/')).toBe(false);
  expect(isAllowed('https://tenpunch/')).toBe(false);
  expect(isAllowed('')).toBe(false);
  expect(isAllowed(url, false)).toBe(false);
});

test('all three handlers are installed and deny', () => {
  const installed: Partial<Record<keyof Session, (...parts: never[]) => unknown>> = {};
  const keep = (name: keyof Session) => (handler: ((...parts: never[]) => unknown) | null) => {
    if (handler) installed[name] = handler;
  };
  const refused: string[] = [];
  guardPermissions(
    {
      setPermissionRequestHandler: keep('setPermissionRequestHandler'),
      setPermissionCheckHandler: keep('setPermissionCheckHandler'),
      setDevicePermissionHandler: keep('setDevicePermissionHandler'),
    },
    {
      pageOrigin,
      log: {
        info: () => undefined,
        error: (code, details) => void refused.push(`${code} ${details?.['permission']}`),
      },
    },
  );
  const decisions: boolean[] = [];
  const request = installed.setPermissionRequestHandler as unknown as (
    contents: unknown,
    permission: string,
    decide: (isGranted: boolean) => void,
    details: unknown,
  ) => void;
  for (const permission of ['persistent-storage', 'media']) {
    request(null, permission, (isGranted) => decisions.push(isGranted), {
      requestingUrl: url,
      isMainFrame: true,
    });
  }
  expect(decisions).toEqual([true, false]);
  expect(refused).toEqual(['permission-refused media']);
  const check = installed.setPermissionCheckHandler as unknown as (...parts: unknown[]) => boolean;
  expect(check(null, 'persistent-storage', 'app://tenpunch/', { isMainFrame: true })).toBe(true);
  expect(check(null, 'media', 'app://tenpunch/', { isMainFrame: true })).toBe(false);
  expect(installed.setDevicePermissionHandler?.()).toBe(false);
});
