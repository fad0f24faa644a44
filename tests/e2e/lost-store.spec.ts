import type { Page } from '@playwright/test';
import { expect, test } from './host.ts';
import { CounterPage } from './pages/counter-page.ts';
import { SetupPage } from './pages/setup-page.ts';

const LOST = 'The cards of this till are gone';

test('a store that the browser has deleted is said plainly, and the till can start anew', async ({ app }) => {
  const { page } = app;
  await new SetupPage(page).finish({ shop: 'Café Luna', country: 'France' });
  const counter = new CounterPage(page);
  await counter.type('0612345678');
  await counter.enter();
  await app.relaunch();

  await expectNote(app.page);
  await deleteStore(app.page);
  await app.page.reload();
  await expect(app.page.getByText(LOST)).toBeVisible();
  // Looking again changes nothing: the empty store that was opened meanwhile is no new till.
  await app.page.reload();
  await expect(app.page.getByText(LOST)).toBeVisible();
  // Practice has nothing to lose.
  await app.page.goto(`${new URL(app.page.url()).origin}/?practice=1`);
  await expect(app.page.locator('[data-app-ready]')).toBeAttached();
  await app.page.goto(`${new URL(app.page.url()).origin}/`);

  await app.page.getByRole('button', { name: 'Start anew' }).click();
  await expect(app.page.getByLabel('Name of your shop')).toBeVisible();
  await new SetupPage(app.page).finish({ shop: 'Café Luna', country: 'France' });
  await app.relaunch();
  await expect(new CounterPage(app.page).input).toBeFocused();

  // The new shop is noted as the old one was.
  await expectNote(app.page);
  await deleteStore(app.page);
  await app.page.reload();
  await expect(app.page.getByText(LOST)).toBeVisible();
});

/** The note is written in the background; the counter waits for nothing. */
async function expectNote(page: Page): Promise<void> {
  await expect(async () => {
    const note = await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      return await (await (await root.getFileHandle('till.json')).getFile()).text();
    });
    expect(JSON.parse(note)).toMatchObject({ shop: expect.any(String), till: expect.any(String) });
  }).toPass();
}

async function deleteStore(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('tenpunch');
        deleting.addEventListener('success', () => resolve());
        deleting.addEventListener('error', () => reject(deleting.error ?? new Error('not deleted')));
      }),
  );
}
