import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup } from 'vitest-browser-react';
import { showScreen } from '#tests/fakes/one-screen.tsx';
import type { TestStore } from '#tests/fakes/test-store.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { makeNamedPreset } from '#renderer/i18n/preset-names.ts';
import { createI18n } from '#renderer/i18n/i18n.ts';
import { balanceOf } from '#shared/domain/member-state.ts';
import type { PresetKey } from '#shared/domain/presets.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { ProgramId } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';
import { ImportScreen } from './import-screen.tsx';

const openStore = deletedStores();
// Live queries of a screen would meet a database that is gone.
afterEach(cleanup);

/** A shop with the coffee card and these. */
async function openShop(...keys: readonly PresetKey[]): Promise<TestStore> {
  const store = await openStore();
  const t = (await createI18n('en')).getFixedT('en', 'rules');
  for (const key of keys) {
    const program = makeNamedPreset(t, { key, id: key as string as ProgramId, currency: 'EUR' });
    const id = store.ids.eventId();
    await store.ledger.append({
      id,
      decide: () => ok({ draft: { id, type: 'program', staff: UNASSIGNED_STAFF, data: { program } } }),
    });
  }
  return store;
}

async function paste(rows: string): Promise<void> {
  await page.getByRole('button', { name: 'Paste rows instead' }).click();
  await page.getByLabelText('Rows copied from a spreadsheet or a text').fill(rows);
  await page.getByRole('button', { name: 'Look at these rows' }).click();
}

const column = (name: string) => page.getByRole('button', { name: new RegExp(`Column “${name}”`) });

describe('a file of several programs', () => {
  const ROWS = [
    'Phone;Name;Stamps;Points;Level;Pass valid until',
    '0639980001;Anna;13;1250;GOLD;31/12/2099',
    '0639980002;Bert;3;120;;31/12/2031',
    '0639980003;Cleo;2;;Platinum;',
    '0639980004;Dora;2;12,5;;',
    '0639980005;Eve;;;silver;31/12/2019',
  ].join('\n');

  test('is guessed, counted by program, explained, and its mistakes are named with their lines', async () => {
    const store = await openShop('tiers', 'pass');
    await showScreen(store, <ImportScreen />);
    await paste(ROWS);
    await expect.element(column('Stamps')).toHaveTextContent('Stamps: Coffee card');
    await expect.element(column('Points')).toHaveTextContent('Points: Points');
    await expect.element(column('Level')).toHaveTextContent('Level: Points');
    await expect.element(column('Pass valid until')).toHaveTextContent('Pass valid until: Coffee pass');

    const brought = page.getByRole('region', { name: 'What is taken over' });
    await expect.element(brought).toHaveTextContent('3 stamps');
    await expect.element(brought).toHaveTextContent('120 points and 1 level');
    await expect.element(brought).toHaveTextContent('1 valid pass and 1 ended pass');
    await expect.element(brought).toHaveTextContent(/Levels hold until 31 December \d{4}|December 31, \d{4}/);
    await expect.element(brought).toHaveTextContent('gives nothing');

    const mistakes = page.getByRole('grid', { name: 'Rows that are left out' });
    await expect.element(mistakes).toHaveTextContent('more than 20 years away');
    await expect
      .element(mistakes)
      .toHaveTextContent('There is no such level. The levels are: Bronze, Silver, and Gold.');
    await expect.element(mistakes).toHaveTextContent('Parts of a point can’t be counted.');

    await page.getByRole('button', { name: 'Import 2 members' }).click();
    await expect.element(page.getByText('2 members imported')).toBeVisible();
    const states = await store.database.cards.toArray();
    expect(states.map(({ programs }) => programs.map((program) => balanceOf(program)))).toHaveLength(2);

    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo this import' }).click();
    await expect.element(page.getByText(/Import undone/)).toBeVisible();
    expect(await store.database.members.count()).toBe(0);
  });

  test('a guess can be corrected, and the figures follow', async () => {
    const store = await openShop('tiers');
    await showScreen(store, <ImportScreen />);
    await paste('Phone;Old thing\n0639980001;12\n0639980002;30');
    await expect.element(column('Old thing')).toHaveTextContent('Leave out');
    await column('Old thing').click();
    await page.getByRole('option', { name: 'Points: Points' }).click();
    await expect
      .element(page.getByRole('region', { name: 'What is taken over' }))
      .toHaveTextContent('42 points');
  });

  test('a shop without levels and passes is not asked about them', async () => {
    await showScreen(await openShop(), <ImportScreen />);
    await paste('Phone;Level\n0639980001;Gold');
    await column('Level').click();
    await expect.element(page.getByRole('option', { name: 'Stamps: Coffee card' })).toBeVisible();
    expect(page.getByRole('option', { name: /^Level:/ }).elements()).toEqual([]);
    expect(page.getByRole('option', { name: /^Pass/ }).elements()).toEqual([]);
  });
});

test('numbers of another country are said to be, and are right once it is chosen', async () => {
  const store = await openShop();
  await showScreen(store, <ImportScreen />);
  await paste(['Phone;Name', '0532 123 45 67;Ayşe', '0533 123 45 67;Can', '0639980003;Cleo'].join('\n'));
  const hint = page.getByText('do not exist in France', { exact: false });
  await expect.element(hint).toBeVisible();
  await page.getByRole('combobox', { name: 'Numbers without a country code are from' }).fill('Türkiye');
  await page.getByRole('option', { name: 'Türkiye' }).click();
  await expect.element(page.getByRole('button', { name: 'Import 2 members' })).toBeVisible();
  await expect.element(hint).not.toBeInTheDocument();
});
