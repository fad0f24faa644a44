import { expect, type Page } from '@playwright/test';
import { COUNTER } from './tour/counter-stops.ts';
import { DAY } from './tour/day-stops.ts';
import { LATER, MEMBERS } from './tour/member-stops.ts';
import { CHANGE, PROGRAMS } from './tour/program-stops.ts';
import { SETTLE_MS, type Stop } from './tour/stop.ts';
import { SYNC_ALONE, SYNC_PRACTICE } from './tour/sync-stops.ts';

/** A Tuesday afternoon, when the practice shop counts double. */
export const TOUR_STARTS_AT = '2027-03-02T14:30:00';

/** First run of a shop: before practice, on an empty profile. */
export const FIRST_RUN: readonly Stop[] = [
  // A change of colours takes a moment.
  { name: 'welcome', show: (page) => page.waitForTimeout(SETTLE_MS) },
  {
    name: 'first-card',
    show: async (page) => {
      await page.locator('input').first().fill('Café Luna');
      await page.locator('form button[type=submit]').click();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'first-card-points',
    show: async (page) => {
      for (let times = 0; times < 3; times += 1) await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  ...SYNC_ALONE,
];

/** Opens practice mode and waits for its sample members. */
export async function openPractice(page: Page, search = ''): Promise<void> {
  await page.goto(`/?practice=1${search}`);
  await expect(page.locator('input[name=counter]')).toBeFocused({ timeout: 60_000 });
}

/** Every screen and state worth looking at, in practice mode with the sample members, in this order. */
export const TOUR: readonly Stop[] = [
  ...COUNTER,
  ...MEMBERS,
  ...PROGRAMS,
  ...SYNC_PRACTICE,
  ...DAY,
  ...CHANGE,
  ...LATER,
];
