import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-react';
import { ManualClock } from '#tests/fakes/manual-clock.ts';
import { openPlace, showScreen } from '#tests/fakes/one-screen.tsx';
import { openDatabase, type Database } from '#renderer/data/database.ts';
import { openLedger } from '#renderer/data/ledger.ts';
import { ensureTillIdentity } from '#renderer/data/till-identity.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { SetupScreen } from './setup-screen.tsx';

const opened: Database[] = [];
afterEach(async () => {
  await cleanup();
  for (const database of opened.splice(0)) await database.delete();
});

/** The first run of a till nobody has set up. */
async function showFirstRun(language = 'en') {
  const result = await openDatabase(`test-${crypto.randomUUID()}`);
  if (!result.ok) throw new Error('the store did not open');
  const database = result.value;
  opened.push(database);
  const ids = createRandomIds();
  const clock = new ManualClock();
  const identity = await ensureTillIdentity(database, ids);
  const ledger = await openLedger({ database, clock, ids, identity });
  await showScreen({ database, ledger, clock, ids }, <SetupScreen />, language);
  return database;
}

async function nameShop(country: string): Promise<void> {
  await page.getByLabelText('Name of your shop').fill('Café Luna');
  const field = page.getByRole('combobox', { name: 'Country' });
  await field.fill(country);
  await expect.element(page.getByRole('option', { name: country }).first()).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.element(field).toHaveValue(country);
  await page.getByRole('button', { name: 'Next' }).click();
}

const preset = (title: RegExp) => page.getByRole('radio', { name: title });
/** The card around it takes the click. */
const choose = (title: string) => page.getByText(title, { exact: true }).click();
const preview = () => page.getByLabelText(/^Preview: /);

test('the coffee card is ready with Enter alone', async () => {
  const database = await showFirstRun();
  await nameShop('France');
  await expect.element(preset(/Coffee and tea/)).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect
    .poll(() => database.programs.toArray())
    .toMatchObject([{ unit: { kind: 'stamps', size: 10 }, headStart: 2 }]);
});

test('points with levels are shown in plain words, in the money of the country, and published so', async () => {
  const database = await showFirstRun();
  await nameShop('Japan');
  await choose('Points and levels');
  await expect.element(preview()).toHaveTextContent('¥100');
  await expect.element(preview()).toHaveTextContent('Gold');
  await page.getByLabelText('Its name').fill('Luna club');
  await expect.element(preview()).toHaveTextContent('Luna club');
  await page.getByRole('button', { name: 'Start stamping' }).click();
  await expect
    .poll(() => database.programs.toArray())
    .toMatchObject([{ name: 'Luna club', currency: 'JPY', unit: { kind: 'points' } }]);
  await expect.element(openPlace()).toHaveTextContent('/');
});

test('every preset can be chosen with the arrows and has a preview', async () => {
  await showFirstRun();
  await nameShop('Kuwait');
  await expect.element(preset(/Coffee and tea/)).toHaveFocus();
  const names = ['Coffee', 'Bakery', 'Haircut', 'Points', 'Coffee pass', 'Stamp', 'Points'];
  for (const name of names) {
    await expect.element(page.getByLabelText(new RegExp(`^Preview: ${name}`))).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
  }
});

test('an emptied name is asked for, and nothing is written before', async () => {
  const database = await showFirstRun();
  await nameShop('France');
  await choose('Bakery');
  await page.getByLabelText('For 6 stamps').fill('');
  await page.getByRole('button', { name: 'Start stamping' }).click();
  await expect.element(page.getByText('Please give it a name.')).toBeVisible();
  expect(await database.events.count()).toBe(0);
  await page.getByLabelText('For 6 stamps').fill('A bun');
  await page.getByRole('button', { name: 'Start stamping' }).click();
  await expect
    .poll(() => database.programs.toArray())
    .toMatchObject([{ rewards: [{ at: 6, name: 'A bun' }, { at: 12 }] }]);
});
