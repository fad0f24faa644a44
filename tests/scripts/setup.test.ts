import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WEB_HOST, WEB_PORT } from '#shared/lib/app-identity.ts';
import { isBuildInput } from '../../scripts/setup/build.mjs';
import { usualPlaces } from '../../scripts/setup/chromium.mjs';
import { isInstalledAsLocked, usefulLines, wantedHash } from '../../scripts/setup/dependencies.mjs';
import { binaryIn, downloadHost, isTooSoon, whyNoWindow } from '../../scripts/setup/electron-binary.mjs';
import { fingerprint } from '../../scripts/setup/fingerprint.mjs';
import { isSupportedNode } from '../../scripts/setup/node-version.mjs';
import { openCommand } from '../../scripts/setup/open-browser.mjs';
import { inSeconds } from '../../scripts/setup/say.mjs';
import * as webAddress from '../../scripts/setup/web-address.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenpunch-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the scripts serve the address the app says its data belongs to', () => {
  expect({ ...webAddress }).toEqual({ WEB_HOST, WEB_PORT });
});

test.each([
  ['20.19.0', true],
  ['20.18.3', false],
  ['18.20.0', false],
  ['22.0.0', true],
  ['24.1.0', true],
])('Node %s is supported: %s', (version, isSupported) => {
  expect(isSupportedNode(version)).toBe(isSupported);
});

test('durations read like a person would say them', () => {
  expect([40, 1_240, 9_940, 61_400].map(inSeconds)).toEqual(['0.0 s', '1.2 s', '9.9 s', '61 s']);
});

describe('dependencies', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/only-on-windows': { version: '2.0.0', optional: true },
    },
  };

  test('what npm installed by hand counts as installed', () => {
    const installed = { packages: { 'node_modules/a': { version: '1.0.0' } } };
    expect(isInstalledAsLocked(lock, installed)).toBe(true);
  });

  test.each([
    ['a missing package', {}],
    ['another version', { 'node_modules/a': { version: '1.0.1' } }],
    [
      'a package too many',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } },
    ],
  ])('%s is not as locked', (_what, packages) => {
    expect(isInstalledAsLocked(lock, { packages })).toBe(false);
  });

  test('a changed lock file or dependency asks for a new installation; a changed script does not', () => {
    const manifest = { devDependencies: { a: '1.0.0' }, scripts: { x: '1' } };
    const hash = wantedHash('lock', manifest);
    expect(wantedHash('lock', { ...manifest, scripts: {} })).toBe(hash);
    expect(wantedHash('lock 2', manifest)).not.toBe(hash);
    expect(wantedHash('lock', { devDependencies: { a: '1.0.1' } })).not.toBe(hash);
  });

  test('of what npm prints, the reason remains', () => {
    const output = [
      'npm warn EBADENGINE',
      'npm error code ENOTFOUND',
      'npm error network request failed',
      'npm error     at Socket.connect (node:net:1)',
      "npm error   errno: 'ENOTFOUND',",
      'npm error }',
      'npm error A complete log of this run can be found in: /home/x/_logs/1.log',
      '',
    ].join('\n');
    expect(usefulLines(output)).toEqual(['code ENOTFOUND', 'network request failed']);
  });
});

describe('the fingerprint of the sources', () => {
  const write = (name: string, text: string): void => {
    mkdirSync(join(folder, 'src'), { recursive: true });
    writeFileSync(join(folder, 'src', name), text);
  };
  const hash = (): string => fingerprint(folder, ['src', 'absent'], isBuildInput) as string;

  test('changes with contents and names, not with times or tests', () => {
    write('a.ts', '1');
    const before = hash();
    write('a.ts', '1');
    write('a.test.ts', 'only a test');
    expect(hash()).toBe(before);
    write('a.ts', '2');
    const changed = hash();
    expect(changed).not.toBe(before);
    write('b.ts', '');
    expect(hash()).not.toBe(changed);
  });
});

describe('the Electron program', () => {
  const dist = (version: string): void => {
    writeFileSync(join(folder, 'electron'), '');
    writeFileSync(join(folder, 'version'), version);
  };

  test('is found where program and version are there', () => {
    dist('45.4.1');
    expect(binaryIn(folder, '45.4.1', 'linux')).toEqual({ kind: 'found', path: join(folder, 'electron') });
  });

  test('is missing where there is nothing, or another platform', () => {
    expect(binaryIn(folder, '45.4.1', 'linux')).toMatchObject({ kind: 'missing' });
    dist('45.4.1');
    expect(binaryIn(folder, '45.4.1', 'win32')).toMatchObject({ kind: 'missing' });
  });

  test('is missing where it is another version, and both are named', () => {
    dist('v44.0.0');
    expect(binaryIn(folder, '45.4.1', 'linux')).toMatchObject({
      kind: 'missing',
      why: expect.stringMatching(/44\.0\.0.*45\.4\.1/),
    });
  });

  const desktop = { platform: 'linux', env: { DISPLAY: ':0' }, isRoot: false, isSandboxBlocked: false };
  test.each([
    ['nothing is wrong', {}, /^$/],
    ['no display', { env: {} }, /no display/],
    ['Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, /^$/],
    ['root', { isRoot: true }, /root/],
    ['a blocked sandbox', { isSandboxBlocked: true }, /sandbox/],
    ['macOS needs no variable', { platform: 'darwin', env: {} }, /^$/],
  ])('why no window: %s', (_what, change, why) => {
    const reason = (whyNoWindow({ ...desktop, ...change }) ?? '') as string;
    expect(reason).toMatch(why);
    expect(reason).not.toContain('\n');
  });

  test('a failed download is not repeated for some hours, unless the version or the clock changed', () => {
    const attempt = { version: '45.4.1', at: 1_000_000 };
    const hour = 3_600_000;
    expect(isTooSoon(attempt, '45.4.1', 1_000_000 + hour)).toBe(true);
    expect(isTooSoon(attempt, '45.4.1', 1_000_000 + 7 * hour)).toBe(false);
    expect(isTooSoon(attempt, '45.5.0', 1_000_000 + hour)).toBe(false);
    expect(isTooSoon(attempt, '45.4.1', 999_999)).toBe(false);
    expect(isTooSoon(undefined, '45.4.1', 1_000_000)).toBe(false);
  });

  test('a mirror is asked instead of the usual host', () => {
    expect(downloadHost({})).toBe('github.com');
    expect(downloadHost({ ELECTRON_MIRROR: 'https://mirror.example/electron/' })).toBe('mirror.example');
    expect(downloadHost({ ELECTRON_MIRROR: 'nonsense' })).toBe('github.com');
  });
});

test('the browser is opened the way each system does it, and not where nobody looks', () => {
  expect(openCommand('http://x/', 'linux', {})).toBeUndefined();
  expect(openCommand('http://x/', 'linux', { DISPLAY: ':0' })).toEqual(['xdg-open', ['http://x/']]);
  expect(openCommand('http://x/', 'darwin', {})).toEqual(['open', ['http://x/']]);
  expect(openCommand('http://x/', 'win32', {})?.[0]).toBe('cmd.exe');
});

test('a Chromium is looked for in the usual places of each system', () => {
  expect(usualPlaces('linux', {})[0]).toBe('/usr/bin/chromium');
  expect(usualPlaces('darwin', {})).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  expect(usualPlaces('win32', { PROGRAMFILES: 'C:' }).join(' ')).toMatch(/msedge\.exe/);
});
