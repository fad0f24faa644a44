import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from './host.ts';
import { CounterPage } from './pages/counter-page.ts';
import { SetupPage } from './pages/setup-page.ts';

// The end of a day as its cashier lives it: stamps, one key, files in a folder. No test can press the buttons of a system's own
// folder dialog: in a browser the page is given the folder of its own private files instead, and a window only closes the day.

const LONG_MS = 30_000;

/** What lies in the folder, by name. */
async function readFolder(page: Page): Promise<Record<string, string>> {
  return await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('day', { create: true });
    const files: Record<string, string> = {};
    for await (const [name, handle] of folder.entries()) {
      if (handle instanceof FileSystemFileHandle) {
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        files[name] = Array.from(bytes, (byte) => String.fromCodePoint(byte)).join('');
      }
    }
    return files;
  });
}

const sha256 = (bytes: string) => createHash('sha256').update(Buffer.from(bytes, 'latin1')).digest('hex');

test('a day of stamps is closed with one key, and leaves whole files that say the same', async ({ app }) => {
  const { page } = app;
  // The host takes the folder picker when the page starts.
  await page.addInitScript(() => {
    const pick = async () =>
      await (await navigator.storage.getDirectory()).getDirectoryHandle('day', { create: true });
    Object.assign(window, { showDirectoryPicker: pick });
  });
  await page.reload();
  await new SetupPage(page).finish({ shop: 'Café Ada', country: 'Türkiye' });
  const counter = new CounterPage(page);
  for (const number of ['05321234567', '05339876543']) {
    await counter.type(number);
    await counter.enter();
  }

  await page.getByRole('link', { name: 'End of day' }).click();
  if (app.host === 'browser') {
    await page.getByRole('button', { name: 'Choose a folder', exact: true }).click();
    await expect(page.getByText('They go to the folder “day”.')).toBeVisible();
  }
  await expect(page.getByRole('button', { name: 'Close the day' })).toBeEnabled({ timeout: LONG_MS });
  await page.getByRole('button', { name: 'Close the day' }).focus();
  await page.keyboard.press('Enter');
  // With its year: that nothing else is left to close may be said beside it by then.
  await expect(page.getByText(/\d{4} is closed$/)).toBeVisible({ timeout: LONG_MS });
  if (app.host === 'electron') {
    await expect(page.getByText('The files are not written yet')).toBeVisible({ timeout: LONG_MS });
    return;
  }
  await expect(page.getByText('5 files are in the folder “day”.')).toBeVisible({ timeout: LONG_MS });

  const files = await readFolder(page);
  const manifestName = Object.keys(files).find((name) => name.endsWith('-manifest.json')) ?? '';
  const manifest = JSON.parse(files[manifestName] ?? '') as {
    files: { name: string; sha256: string; bytes: number }[];
    shopName: string;
    csv: { separator: string };
  };
  expect(manifest.files.map(({ name, sha256: hash }) => [name, hash])).toEqual(
    manifest.files.map(({ name }) => [name, sha256(files[name] ?? '')]),
  );
  expect(manifest.files).toHaveLength(4);
  expect(manifest.csv.separator).toBe(';');
  expect(Object.values(files).join('')).not.toMatch(/5321234567|5339876543/);
});
