import type { Page } from '@playwright/test';
import { expect } from '../host.ts';
import { goTo, iconButton, SETTLE_MS, type Stop } from './stop.ts';

/** Nothing ever listens at it. */
const NOBODY = 'http://127.0.0.1:9';

/** React Aria says a pending button by its id for seven seconds. */
const announcementsOver = (page: Page) =>
  expect(page.locator('[data-live-announcer] [role=img]')).toHaveCount(0, { timeout: 15_000 });

const submit = (page: Page) => page.locator('form button[type=submit]').click();

/** From the second step of the first run on: the other way to begin, and what a till on its own shows of sync. */
export const SYNC_ALONE: readonly Stop[] = [
  {
    name: 'first-join',
    show: async (page) => {
      await page.goBack();
      await iconButton(page, 'monitor-smartphone').click();
      await expect(page.locator('textarea')).toBeFocused();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'first-join-missing',
    show: async (page) => {
      await submit(page);
      await expect(page.locator('[aria-invalid=true]')).toHaveCount(2);
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'sync-alone',
    show: async (page) => {
      await page.goBack();
      await submit(page);
      await expect(page.locator('input[type=radio]').first()).toBeAttached();
      await submit(page);
      await expect(page.locator('input[name=counter]')).toBeVisible();
      await goTo(page, '#/sync');
      await announcementsOver(page);
    },
  },
  {
    name: 'sync-missing',
    show: async (page) => {
      await submit(page);
      await expect(page.locator('[aria-invalid=true]')).toHaveCount(3);
      await page.locator('form').evaluate((form) => form.scrollIntoView({ block: 'end' }));
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'sync-no-answer',
    show: async (page) => {
      const fields = page.locator('form input:not([type=radio])');
      for (const [index, text] of [NOBODY, 'ABCD-EFGH', 'Front'].entries())
        await fields.nth(index).fill(text);
      await submit(page);
      await expect(page.locator('[aria-invalid=true]')).toHaveCount(1, { timeout: 30_000 });
      await announcementsOver(page);
    },
  },
  {
    name: 'sync-invitation',
    show: async (page) => {
      await page.locator('input[type=radio]').first().focus();
      await page.keyboard.press('ArrowDown');
      await expect(page.locator('form textarea')).toBeVisible();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
];

/** In practice there is none. */
export const SYNC_PRACTICE: readonly Stop[] = [
  { name: 'sync-practice', show: (page) => goTo(page, '#/sync') },
];
