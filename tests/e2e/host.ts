import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, chromium, expect, test as base, type BrowserContext, type Page } from '@playwright/test';

// One suite, two hosts: a journey is written once against `app` and runs in a browser or in the desktop window, each time
// on a profile of its own. `relaunch` ends the whole program and starts it again on the same profile, which is the only
// honest proof that something was saved.

export interface App {
  /** The page of the current launch: read it again after `relaunch`. */
  readonly page: Page;
  readonly host: 'browser' | 'electron';
  relaunch(): Promise<Page>;
  close(): Promise<void>;
}

interface Launched {
  page: Page;
  close(): Promise<void>;
}

const VIEWPORT = { width: 1280, height: 800 };

/** Chromium's own errands, none of which a test machine without network should wait for. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Start these tests with: npm run e2e`);
  return value;
}

/** A browser on a profile of its own, for tests that need several tills. */
export async function launchBrowser(
  profile: string,
): Promise<Launched & { readonly context: BrowserContext }> {
  const origin = given('TENPUNCH_E2E_ORIGIN');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: given('CHROMIUM'),
    args: QUIET,
    viewport: VIEWPORT,
    baseURL: origin,
    permissions: ['clipboard-read', 'clipboard-write'],
    acceptDownloads: true,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return { page, context, close: () => context.close() };
}

async function launchElectron(profile: string): Promise<Launched> {
  const root = join(import.meta.dirname, '..', '..');
  const electron = await _electron.launch({
    executablePath: given('TENPUNCH_E2E_ELECTRON'),
    args: [...QUIET, root],
    cwd: root,
    env: { ...process.env, TENPUNCH_PROFILE: profile },
  });
  const page = await electron.firstWindow();
  await page.setViewportSize(VIEWPORT);
  return { page, close: () => electron.close() };
}

/** The app sets this on `<html>` or any element once its data is open and the first screen stands. */
export async function waitUntilReady(page: Page): Promise<void> {
  await expect(page.locator('[data-app-ready]')).toBeAttached({ timeout: 15_000 });
}

interface Options {
  /** What the app's clock says when it starts; it runs on from there. Absent: the real time. */
  startAt: string | undefined;
}

interface Fixtures {
  /** The folder that holds everything the till keeps; new for each test. */
  profile: string;
  app: App;
}

export const test = base.extend<Fixtures & Options>({
  startAt: [undefined, { option: true }],
  profile: async ({}, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'tenpunch-e2e-'));
    await use(profile);
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  },
  app: async ({ profile, startAt }, use) => {
    const host = process.env['TENPUNCH_E2E_HOST'] === 'electron' ? 'electron' : 'browser';
    const uncaught: string[] = [];
    let launched: Launched | undefined;

    const launch = async (): Promise<Page> => {
      launched = await (host === 'electron' ? launchElectron(profile) : launchBrowser(profile));
      const { page } = launched;
      page.on('pageerror', (error) => uncaught.push(error.stack ?? error.message));
      page.on('console', (message) => {
        if (/Content Security Policy/.test(message.text())) uncaught.push(message.text());
      });
      // Only the clock on the wall: timers go on as they are.
      if (startAt !== undefined) await page.clock.setSystemTime(startAt);
      if (host === 'browser') await page.goto('/');
      await waitUntilReady(page);
      return page;
    };
    const close = async (): Promise<void> => {
      const ending = launched;
      launched = undefined;
      await ending?.close();
    };

    try {
      await launch();
      await use({
        host,
        get page() {
          if (!launched) throw new Error('The app is closed.');
          return launched.page;
        },
        relaunch: async () => {
          await close();
          return launch();
        },
        close,
      });
    } finally {
      await close();
    }
    expect(uncaught, 'errors nobody caught, and what the content security policy blocked').toEqual([]);
  },
});

export { expect } from '@playwright/test';
