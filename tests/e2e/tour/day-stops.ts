import type { Page } from '@playwright/test';
import { expect } from '../host.ts';
import { goTo, iconButton, SETTLE_MS, type Stop } from './stop.ts';

const A_CLOSE_MS = 30_000;

const close = (page: Page) => iconButton(page, 'moon');

/** The end of the day of the sample shop, whose earlier days are closed. */
export const DAY: readonly Stop[] = [
  {
    name: 'day',
    show: async (page) => {
      await goTo(page, '#/day');
      await expect(close(page)).toBeEnabled({ timeout: A_CLOSE_MS });
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'day-closed',
    show: async (page) => {
      await close(page).press('Enter');
      await expect(page.locator('main [role=status]')).toBeVisible({ timeout: A_CLOSE_MS });
      // Nothing is left to close: only what was worked in practice was open.
      await expect(close(page)).toHaveCount(0, { timeout: A_CLOSE_MS });
      await expect(page.locator('main [role=progressbar]')).toHaveCount(0, { timeout: A_CLOSE_MS });
      await page.waitForTimeout(SETTLE_MS);
    },
  },
];
