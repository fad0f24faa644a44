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

/** What another app may hold: stamps, points, a level and a pass; somebody who is here already, and mistakes. */
const LIST = [
  'Name;Phone;Birthday;Stamps;Points;Status;Pass until;Note',
  'Amélie Roux;0612121212;12/05/1991;7;340;Silver;31/12/2027;oat milk',
  'Bilal Çelik;0613131313;;3/10;1250;Gold;;',
  'Chloé Petit;0614141414;29/02/1996;;85;;;',
  'Dora;0615151515;;12;;bronze;;prefers mornings',
  'Günther Lambert;0639983052;;4;200;;;',
  'Émile;06 16 16;;2;;;;',
  'Farida;0617171717;;half;;;;',
  'Gilles;0618181818;;1;;Platinum;;',
].join('\n');

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
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) });
      await expect(page.locator('table').last()).toBeVisible({ timeout: 30_000 });
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: 'import-check',
    show: async (page) => {
      await page.locator('table').first().scrollIntoViewIfNeeded();
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
