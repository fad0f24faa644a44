import { expect, test } from './host.ts';

test('the app opens, from its one address, with something on the screen', async ({ app }) => {
  await expect(app.page.locator('#root')).not.toBeEmpty();
  await expect(app.page).toHaveTitle(/Tenpunch/);
  const origin = app.host === 'electron' ? 'app://tenpunch' : process.env['TENPUNCH_E2E_ORIGIN'];
  expect(await app.page.evaluate(() => location.origin)).toBe(origin);
});

test('what one launch stored is there in the next', async ({ app }) => {
  const names = () =>
    app.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
  const first = await names();
  expect(first).not.toEqual([]);
  await app.relaunch();
  expect(await names()).toEqual(expect.arrayContaining(first));
});
