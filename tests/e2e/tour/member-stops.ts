import { join } from 'node:path';
import { expect } from '../host.ts';
import {
  atCounter,
  atMatch,
  EVE,
  goTo,
  openMember,
  REGULAR,
  SETTLE_MS,
  startAgainAt,
  type Stop,
} from './stop.ts';

const SAMPLE = join(import.meta.dirname, '..', '..', '..', 'resources', 'sample', 'members-5000.csv');

export const MEMBERS: readonly Stop[] = [
  {
    name: 'members',
    show: async (page) => {
      await page.keyboard.press('Escape');
      await atCounter(page);
      await goTo(page, '#/members');
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  { name: 'member', show: (page) => openMember(page, EVE) },
  {
    name: 'member-history',
    show: async (page) => {
      await page.locator('ol').last().scrollIntoViewIfNeeded();
      await page.locator('ol li').nth(4).scrollIntoViewIfNeeded();
    },
  },
  { name: 'member-regular', show: (page) => openMember(page, REGULAR) },
  { name: 'import', show: (page) => goTo(page, '#/import') },
  {
    // Stamps, points, a level and a pass: a column for each program that has them.
    name: 'import-columns',
    show: async (page) => {
      await page.locator('input[type=file]').setInputFiles(SAMPLE);
      await expect(page.getByRole('table').last()).toBeVisible({ timeout: 30_000 });
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'import-check',
    show: async (page) => {
      await page.getByRole('table').last().scrollIntoViewIfNeeded();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
];

/** A year after her last visit Eve's units lapse. */
export const LATER: readonly Stop[] = [
  {
    name: 'counter-expiring',
    show: async (page) => {
      await startAgainAt(page, '2028-02-20T15:00:00');
      await atMatch(page, EVE);
    },
  },
  {
    name: 'member-expired',
    show: async (page) => {
      await startAgainAt(page, '2028-03-10T15:00:00');
      await openMember(page, EVE);
      await page.locator('ol li').first().scrollIntoViewIfNeeded();
    },
  },
];
