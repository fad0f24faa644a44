import { expect } from '../host.ts';
import { CounterPage } from '../pages/counter-page.ts';
import { atCounter, atMatch, EVE, REGULAR, SETTLE_MS, type Stop } from './stop.ts';

/** Somebody new, from the first digit to the first reward. */
const NEWCOMER: readonly Stop[] = [
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
      await counter.type(EVE);
      await counter.type('Eve');
      await expect(counter.enrolment).toBeVisible();
    },
  },
  {
    name: 'counter-brought-by',
    show: async (page) => {
      await page.locator('input[name=brought-by]').fill(REGULAR);
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'counter-joined',
    show: async (page) => {
      await page.keyboard.press('Enter');
      await new CounterPage(page).enter();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'counter-match',
    show: async (page) => {
      await atMatch(page, EVE);
    },
  },
  {
    name: 'counter-done',
    show: async (page) => {
      await new CounterPage(page).enter();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'counter-sale',
    show: async (page) => {
      const counter = await atMatch(page, EVE);
      for (const key of ['Alt+Digit1', 'Alt+Digit1', 'Alt+Digit3']) await counter.press(key);
      await counter.typeAmount('12450');
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    // Three programs earn, and a level is reached.
    name: 'counter-done-sale',
    show: async (page) => {
      await new CounterPage(page).enter();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'counter-more',
    show: async (page) => {
      await new CounterPage(page).press('/');
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'counter-paper-card',
    show: async (page) => {
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
      await page.keyboard.type('6');
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'counter-reward-ready',
    show: async (page) => {
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeHidden();
      await atMatch(page, EVE);
    },
  },
  {
    name: 'counter-redeemed',
    show: async (page) => {
      const counter = new CounterPage(page);
      await counter.press('*');
      await counter.key('Enter');
      await page.waitForTimeout(SETTLE_MS);
    },
  },
];

/** Level, pass, points for everything: as much as a member can have. */
const REGULARS: readonly Stop[] = [
  {
    name: 'counter-four-programs',
    show: async (page) => {
      await atMatch(page, REGULAR);
    },
  },
  {
    name: 'counter-chosen-points',
    show: async (page) => {
      // The second of the club's rewards.
      await new CounterPage(page).rewards.getByRole('button').nth(1).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'counter-amount',
    show: async (page) => {
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      const counter = await atMatch(page, REGULAR);
      await counter.typeAmount('1250');
      await page.waitForTimeout(SETTLE_MS);
    },
  },
];

/** Whom the field finds, and what the shop does not allow. */
const SEARCH: readonly Stop[] = [
  {
    name: 'counter-several',
    show: async (page) => {
      const counter = await atCounter(page);
      await counter.type('ann');
      await page.waitForTimeout(SETTLE_MS);
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
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'counter-nobody',
    show: async (page) => {
      await page.keyboard.press('Escape');
      const counter = await atCounter(page);
      await counter.type('qqqq');
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'counter-without-phone',
    show: async (page) => {
      await page.locator('main button').last().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
];

export const COUNTER: readonly Stop[] = [...NEWCOMER, ...REGULARS, ...SEARCH];
