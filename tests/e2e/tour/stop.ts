import type { Page } from '@playwright/test';
import { expect } from '../host.ts';
import { CounterPage } from '../pages/counter-page.ts';

/** A screen or state worth looking at. Shown in any language: nothing is found by its text. */
export interface Stop {
  readonly name: string;
  readonly show: (page: Page) => Promise<void>;
}

/** Longer than any of the app's transitions. */
export const SETTLE_MS = 500;

/** The new member of the tour, and somebody of the sample with a level, a pass and points for everything. */
export const EVE = '0744556677';
export const REGULAR = '0639983052';

export async function atCounter(page: Page): Promise<CounterPage> {
  await goTo(page, '#/');
  const counter = new CounterPage(page);
  await expect(counter.input).toBeVisible();
  for (let times = 0; times < 4; times += 1) await counter.press('Escape');
  return counter;
}

export async function atMatch(page: Page, number: string): Promise<CounterPage> {
  const counter = await atCounter(page);
  await counter.type(number);
  await expect(counter.match).toBeVisible();
  // The birthday and what it is settled on follow a moment later.
  await page.waitForTimeout(SETTLE_MS);
  return counter;
}

export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((next) => {
    window.location.hash = next;
  }, hash);
  await page.waitForTimeout(SETTLE_MS);
}

export async function openMember(page: Page, number: string): Promise<void> {
  const counter = await atMatch(page, number);
  await counter.match.locator('a[href^="#/members/"]').click();
  await expect(page.locator('ol li').first()).toBeVisible();
  await page.waitForTimeout(SETTLE_MS);
}

/** The clock on the wall, and the app started again: what lapses, lapses. */
export async function startAgainAt(page: Page, moment: string): Promise<void> {
  await page.clock.setSystemTime(moment);
  await goTo(page, '#/');
  await page.reload();
  await expect(page.locator('input[name=counter]')).toBeFocused({ timeout: 30_000 });
}

/** A button by its picture. */
export const iconButton = (page: Page, icon: string) => page.locator(`button:has(svg.lucide-${icon})`);
