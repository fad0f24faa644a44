import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, launchBrowser, waitUntilReady } from '../host.ts';
import { CounterPage } from '../pages/counter-page.ts';
import { goTo } from '../pages/go-to.ts';
import { readTable } from '../pages/stored-members.ts';

/** Everything that must be the same on every till, whatever happened on the way. */
const PROJECTIONS = ['cards', 'members', 'profiles', 'programs', 'totals', 'aliases'] as const;

/** One till: a browser with a profile of its own, worked by a cashier and, on the sync page, by a manager. */
export class Till {
  readonly name: string;
  readonly page: Page;
  readonly counter: CounterPage;
  readonly uncaught: string[] = [];
  private readonly context: BrowserContext;
  private readonly profile: string;

  private constructor(name: string, profile: string, context: BrowserContext, page: Page) {
    this.name = name;
    this.profile = profile;
    this.context = context;
    this.page = page;
    this.counter = new CounterPage(page);
    page.on('pageerror', (error) => this.uncaught.push(error.stack ?? error.message));
  }

  static async open(name: string, startAt: string): Promise<Till> {
    const profile = await mkdtemp(join(tmpdir(), 'tenpunch-till-'));
    const { page, context } = await launchBrowser(profile);
    const till = new Till(name, profile, context, page);
    await page.clock.setSystemTime(startAt);
    await page.goto('/');
    await waitUntilReady(page);
    return till;
  }

  async close(): Promise<void> {
    await this.context.close();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 3 });
  }

  async goTo(path: string): Promise<void> {
    await goTo(this.page, path);
  }

  async toCounter(): Promise<void> {
    await this.counter.open();
  }

  /** The clock on the wall; timers go on as they are. */
  async at(moment: Date): Promise<void> {
    await this.page.clock.setSystemTime(moment);
    await this.clear();
  }

  async clear(): Promise<void> {
    await this.counter.clear();
  }

  async enrol(number: string): Promise<string> {
    await this.clear();
    await this.counter.type(number);
    await expect(this.counter.enrolment).toBeVisible();
    return await this.counter.enter();
  }

  async find(digits: string): Promise<void> {
    await this.counter.find(digits);
  }

  async stamp(digits: string): Promise<string> {
    await this.find(digits);
    return await this.counter.enter();
  }

  async redeem(digits: string): Promise<string> {
    await this.find(digits);
    return await this.counter.key('*');
  }

  /** All of it as text, rows in the order of their keys: equal tills say equal texts. */
  async projections(): Promise<string> {
    const tables = await Promise.all(
      PROJECTIONS.map(async (table) => [table, await readTable(this.page, 'tenpunch', table)] as const),
    );
    return JSON.stringify(Object.fromEntries(tables), null, 1);
  }

  async events(): Promise<readonly StoredEvent[]> {
    const events = await readTable<StoredEvent>(this.page, 'tenpunch', 'events');
    const runs = await readTable<StoredPlaces>(this.page, 'tenpunch', 'places');
    const placeOf = new Map(
      runs.flatMap(({ n, g, count }) => Array.from({ length: count }, (_, at) => [n + at, g + at] as const)),
    );
    return events.map((event) => withPlace(event, event.g ?? placeOf.get(event.n)));
  }

  async cards(): Promise<readonly StoredCards[]> {
    return await readTable<StoredCards>(this.page, 'tenpunch', 'cards');
  }

  /** Presses "Sync now" until nothing of this till waits, as far as it knows. */
  async syncFully(): Promise<void> {
    await this.goTo('/sync');
    await expect(async () => {
      await this.page.getByRole('button', { name: 'Sync now' }).click();
      await expect(this.page.getByText('Everything is at the endpoint.')).toBeVisible({ timeout: 1500 });
    }).toPass({ timeout: 90_000, intervals: [100, 300, 1000] });
  }

  async pairFirst(address: string, code: string): Promise<void> {
    const { page } = this;
    await this.goTo('/sync');
    await page.getByText('Connect the first till').click();
    await page.getByLabel('Address of the endpoint').fill(address);
    await page.getByLabel('One-time code').fill(code);
    await page.getByLabel('Name of this till').fill(this.name);
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(page.getByText('Everything is at the endpoint.')).toBeVisible({ timeout: 20_000 });
  }

  /** The text that the next till types in. */
  async invite(): Promise<string> {
    const { page } = this;
    await this.goTo('/sync');
    await page.getByRole('button', { name: 'Add a till' }).click();
    await page.getByRole('button', { name: 'Show the invitation' }).click();
    const field = page.getByLabel('The invitation as text');
    await expect(field).toHaveValue(/^tenpunch:/);
    const text = await field.inputValue();
    await page.keyboard.press('Escape');
    return text;
  }

  /** At its first start. */
  async join(invitation: string): Promise<void> {
    const { page } = this;
    await page.getByRole('button', { name: 'Join an existing shop' }).click();
    await page.getByLabel('Invitation', { exact: true }).fill(invitation);
    await page.getByLabel('Name of this till').fill(this.name);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(this.counter.input).toBeFocused({ timeout: 30_000 });
  }
}

/** Events that follow each other here and in the shop's order. */
interface StoredPlaces {
  readonly n: number;
  readonly g: number;
  readonly count: number;
}

const withPlace = (event: StoredEvent, g: number | undefined): StoredEvent =>
  g === undefined ? event : { ...event, g };

interface StoredCards {
  readonly member: string;
  readonly exceptions: readonly { readonly event: string; readonly kind: string }[];
}

export interface StoredEvent {
  readonly n: number;
  readonly g?: number;
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly seq: number;
  readonly member?: string;
  readonly data: Readonly<Record<string, unknown>>;
}
