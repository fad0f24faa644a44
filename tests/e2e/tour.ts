import { expect, type Page } from '@playwright/test';
import { CounterPage } from './pages/counter-page.ts';

/** Every screen and state worth looking at, in practice mode with the sample members. */
export interface Stop {
  readonly name: string;
  readonly show: (page: Page) => Promise<void>;
}

/** First run of a shop: before practice, on an empty profile. */
export const FIRST_RUN: readonly Stop[] = [
  // A change of colours takes a moment.
  { name: 'welcome', show: (page) => page.waitForTimeout(500) },
  {
    name: 'first-card',
    show: async (page) => {
      await page.locator('input').first().fill('Café Luna');
      await page.locator('form button[type=submit]').click();
      await page.waitForTimeout(400);
    },
  },
];

/** Opens practice mode and waits for its sample members. */
export async function openPractice(page: Page, search = ''): Promise<void> {
  await page.goto(`/?practice=1${search}`);
  await expect(page.locator('input[name=counter]')).toBeFocused({ timeout: 60_000 });
}

async function atCounter(page: Page): Promise<CounterPage> {
  await goTo(page, '#/');
  const counter = new CounterPage(page);
  await expect(counter.input).toBeVisible();
  for (let times = 0; times < 4; times += 1) await counter.press('Escape');
  return counter;
}

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((next) => {
    window.location.hash = next;
  }, hash);
  await page.waitForTimeout(500);
}

export const TOUR: readonly Stop[] = [
  {
    name: 'counter-idle',
    show: async (page) => {
      await atCounter(page);
    },
  },
  {
    name: 'counter-new-member',
    show: async (page) => {
      const counter = await atCounter(page);
      await counter.type('0744556677');
      await counter.type('Eve');
      await expect(counter.enrolment).toBeVisible();
    },
  },
  {
    name: 'counter-joined',
    show: async (page) => {
      await new CounterPage(page).enter();
      await page.waitForTimeout(600);
    },
  },
  {
    name: 'counter-match',
    show: async (page) => {
      const counter = await atCounter(page);
      await counter.type('0744556677');
      await expect(counter.match).toBeVisible();
    },
  },
  {
    name: 'counter-done',
    show: async (page) => {
      await new CounterPage(page).enter();
      await page.waitForTimeout(600);
    },
  },
  {
    name: 'counter-paper-card',
    show: async (page) => {
      await new CounterPage(page).press('/');
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.type('6');
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'counter-reward-ready',
    show: async (page) => {
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeHidden();
      const counter = await atCounter(page);
      await counter.type('0744556677');
      await expect(counter.match).toBeVisible();
    },
  },
  {
    name: 'counter-redeemed',
    show: async (page) => {
      await new CounterPage(page).key('*');
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'counter-several',
    show: async (page) => {
      const counter = await atCounter(page);
      await counter.type('ann');
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'counter-in-hand',
    show: async (page) => {
      const counter = new CounterPage(page);
      await counter.press('ArrowDown');
      await expect(counter.match).toBeVisible();
    },
  },
  {
    name: 'counter-limit',
    show: async (page) => {
      const counter = new CounterPage(page);
      for (const key of ['+', '9']) await counter.press(key);
      await page.waitForTimeout(150);
      await counter.press('Enter');
      await expect(page.getByRole('alertdialog')).toBeVisible();
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'counter-nobody',
    show: async (page) => {
      await page.keyboard.press('Escape');
      const counter = await atCounter(page);
      await counter.type('qqqq');
      await page.waitForTimeout(200);
    },
  },
  {
    name: 'counter-without-phone',
    show: async (page) => {
      await page.locator('main button').last().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'members',
    show: async (page) => {
      await page.keyboard.press('Escape');
      await atCounter(page);
      await goTo(page, '#/members');
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'member',
    show: async (page) => {
      const counter = await atCounter(page);
      await counter.type('0744556677');
      await counter.match.locator('a[href^="#/members/"]').click();
      await page.waitForTimeout(700);
    },
  },
  { name: 'import', show: (page) => goTo(page, '#/import') },
  { name: 'settings', show: (page) => goTo(page, '#/settings') },
  {
    name: 'program',
    show: async (page) => {
      await page.locator('a[href^="#/programs/"]').first().click();
      await page.waitForTimeout(500);
    },
  },
  { name: 'diagnostics', show: (page) => goTo(page, '#/diagnostics') },
];
