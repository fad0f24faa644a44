import type { BrowserContext, Page } from 'playwright';
import { REAL_DATABASE } from '#renderer/data/database.ts';
import { channelNameOf } from '#renderer/sync/sync-messages.ts';
import { launch } from './profiles.ts';
import { installSyncWatch, type SyncMoment, type SyncWatch } from './sync-watch.ts';

declare global {
  interface Window {
    readonly syncWatch: SyncWatch;
  }
}

/** The built app in a browser of its own, worked as a person would. */
export interface Till {
  readonly page: Page;
  /** Connects the till that has a ledger. @returns when the key was pressed */
  pairFirst(address: string, code: string): Promise<number>;
  /** At a first start. @returns when the key was pressed */
  join(invitation: string): Promise<number>;
  toCounter(): Promise<void>;
  /** Types a number and waits for who it is. */
  find(number: string): Promise<void>;
  /** The same, and Enter. @returns when the key was pressed */
  stamp(number: string): Promise<number | undefined>;
  /** Types a number, waits for what it finds, presses Enter. @returns milliseconds to "done" on the screen */
  enter(number: string, kind: 'match' | 'enrol'): Promise<number | undefined>;
  until(isDone: (moment: SyncMoment) => boolean, withinMs: number): Promise<SyncMoment>;
  close(): Promise<void>;
}

const KEY_GAP_MS = 25;
/** A little more than the app waits before Enter may count. */
const GUARD_MS = 160;
const SETTLE_MS = 400;
const PATIENCE_MS = 10_000;

export async function openTill(request: {
  readonly profile: string;
  readonly executablePath: string;
  readonly origin: string;
}): Promise<Till> {
  const { profile, executablePath, origin } = request;
  const context: BrowserContext = await launch(profile, executablePath);
  await context.addInitScript(installSyncWatch, channelNameOf(REAL_DATABASE));
  const page = await context.newPage();
  page.on('pageerror', (error) => process.stderr.write(`${error.stack ?? error.message}\n`));
  await page.goto(origin);
  await page.locator('[data-app-ready]').waitFor();
  const now = () => page.evaluate(() => window.syncWatch.now());

  async function toCounter(): Promise<void> {
    await page.evaluate(() => (location.hash = '#/'));
    await page.locator('input[name="counter"]').waitFor();
    await page.locator('input[name="counter"]').focus();
  }

  async function clear(): Promise<void> {
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('Escape');
  }

  async function type(number: string, kind: 'match' | 'enrol'): Promise<void> {
    await clear();
    await page.keyboard.type(number, { delay: KEY_GAP_MS });
    await page.getByTestId(kind).waitFor({ timeout: PATIENCE_MS });
    await page.waitForTimeout(GUARD_MS);
    await page.evaluate(() => window.syncWatch.takeEnters());
  }

  async function pressEnter(): Promise<number | undefined> {
    await page.keyboard.press('Enter');
    const [pressedAt] = await page.evaluate(() => window.syncWatch.takeEnters());
    return pressedAt;
  }

  return {
    page,
    toCounter,
    async pairFirst(address, code) {
      await page.evaluate(() => (location.hash = '#/sync'));
      await page.getByText('Connect the first till').click();
      await page.getByLabel('Address of the endpoint').fill(address);
      await page.getByLabel('One-time code').fill(code);
      await page.getByLabel('Name of this till').fill('First');
      const at = await now();
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      return at;
    },
    async join(invitation) {
      await page.getByRole('button', { name: 'Join an existing shop' }).click();
      await page.getByLabel('Invitation', { exact: true }).fill(invitation);
      await page.getByLabel('Name of this till').fill('Second');
      const at = await now();
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await page.locator('input[name="counter"]').waitFor();
      return at;
    },
    async find(number) {
      await type(number, 'match');
      // Its history and its pictures are drawn by then: what changes later is another stamp.
      await page.waitForTimeout(SETTLE_MS);
    },
    async stamp(number) {
      await type(number, 'match');
      return await pressEnter();
    },
    async enter(number, kind) {
      await type(number, kind);
      const before = await doneEvent(page);
      const pressedAt = await pressEnter();
      const doneAt = await page.evaluate(waitForDone, [before, PATIENCE_MS] as const);
      return doneAt === undefined || pressedAt === undefined ? undefined : doneAt - pressedAt;
    },
    async until(isDone, withinMs) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        const moments = await page.evaluate(() => window.syncWatch.moments().slice(-200));
        const found = moments.find(isDone);
        if (found) return found;
        if (Date.now() > deadline) throw new Error(`sync stands at ${JSON.stringify(moments.at(-1))}`);
        await page.waitForTimeout(100);
      }
    },
    close: () => context.close(),
  };
}

const doneEvent = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.querySelector('[data-testid="done"]')?.getAttribute('data-event') ?? null);

/** In the page: looks with every frame. */
function waitForDone([before, patienceMs]: readonly [string | null, number]): Promise<number | undefined> {
  const until = performance.now() + patienceMs;
  return new Promise((resolve) => {
    const look = (): void => {
      const event = document.querySelector('[data-testid="done"]')?.getAttribute('data-event') ?? null;
      if (event !== null && event !== before) resolve(window.syncWatch.now());
      else if (performance.now() > until) resolve(undefined);
      else requestAnimationFrame(look);
    };
    look();
  });
}
