import type { Page } from '@playwright/test';

/** To a screen of the app, as a link there would lead. @param path such as `/members` */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#${path}`);
}
