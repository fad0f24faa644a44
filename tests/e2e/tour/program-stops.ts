import type { Page } from '@playwright/test';
import { writeProgramFile } from '#shared/domain/program-file.ts';
import { expect } from '../host.ts';
import { points } from '../programs/definitions.ts';
import { goTo, iconButton, SETTLE_MS, startAgainAt, type Stop } from './stop.ts';

/** Where the preset "points with levels" stands among the presets. */
const TIERS_PRESET = 3;

/** The form of one rule, open. */
async function openRule(page: Page, place: string) {
  const rule = page.locator(`[data-place="${place}"]`);
  const head = rule.locator('button[aria-expanded]').first();
  if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
  return rule;
}

async function openClub(page: Page): Promise<void> {
  await goTo(page, '#/settings');
  await page.locator('a[href^="#/programs/"]').nth(1).click();
  await expect(page.getByTestId('publish')).toBeVisible();
  await page.waitForTimeout(SETTLE_MS);
}

export const PROGRAMS: readonly Stop[] = [
  { name: 'settings', show: (page) => goTo(page, '#/settings') },
  { name: 'program-new', show: (page) => goTo(page, '#/programs/new') },
  {
    name: 'program-editor',
    show: async (page) => {
      await page.getByRole('radio').nth(TIERS_PRESET).check({ force: true });
      await openRule(page, 'rewards:money-off');
      await openRule(page, 'tiers:gold');
      await page.locator('[data-place="rewards:money-off"]').scrollIntoViewIfNeeded();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    // A reward for nothing, and a level that nobody can tell from the one below.
    name: 'program-editor-problem',
    show: async (page) => {
      const reward = await openRule(page, 'rewards:drink');
      await reward.locator('input[inputmode=numeric]').first().fill('0');
      await page.keyboard.press('Tab');
      await reward.scrollIntoViewIfNeeded();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'program-editor-tiers',
    show: async (page) => {
      await page.locator('[data-section="tiers"]').scrollIntoViewIfNeeded();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'program-file',
    show: async (page) => {
      await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
      await iconButton(page, 'file-up').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'program-file-read',
    show: async (page) => {
      await page
        .getByRole('dialog')
        .locator('input[type=file]')
        .setInputFiles({
          name: 'program.json',
          mimeType: 'application/json',
          buffer: Buffer.from(
            writeProgramFile({ program: points({ name: 'Tea club' }), app: 'tour', atMs: 0 }),
          ),
        });
      await expect(page.getByRole('dialog').locator('li').first()).toBeVisible();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'program',
    show: async (page) => {
      await page.keyboard.press('Escape');
      await openClub(page);
    },
  },
  { name: 'diagnostics', show: (page) => goTo(page, '#/diagnostics') },
];

/** Weeks later there are visits to play again. */
export const CHANGE: readonly Stop[] = [
  {
    name: 'program-what-if',
    show: async (page) => {
      await startAgainAt(page, '2027-03-20T15:00:00');
      await openClub(page);
      const drink = await openRule(page, 'rewards:drink');
      await drink.locator('input[inputmode=numeric]').first().fill('40');
      await page.keyboard.press('Tab');
      await page.getByTestId('what-if').getByRole('button').last().click();
      await expect(page.locator('table').first()).toBeVisible({ timeout: 30_000 });
      await page.getByTestId('what-if').scrollIntoViewIfNeeded();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'program-what-if-figures',
    show: async (page) => {
      await page.locator('table').last().scrollIntoViewIfNeeded();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'program-publish',
    show: async (page) => {
      await page.getByTestId('publish').getByRole('button').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'program-withdraw',
    show: async (page) => {
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await iconButton(page, 'archive').click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'program-withdrawn',
    show: async (page) => {
      await page.getByRole('alertdialog').getByRole('button').last().click();
      await expect(page.getByRole('alertdialog')).toBeHidden();
      await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
      // React Aria says the pending button by its id for seven seconds, and the button is gone with its dialog.
      await expect(page.locator('[data-live-announcer] [role=img]')).toHaveCount(0, { timeout: 15_000 });
    },
  },
];
