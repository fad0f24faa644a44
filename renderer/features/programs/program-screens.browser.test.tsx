import { I18nextProvider } from 'react-i18next';
import { MemoryRouter, Route, Routes } from 'react-router';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import type { TestStore } from '#tests/fakes/test-store.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { StoreProvider } from '#renderer/data/store-provider.tsx';
import type { Store } from '#renderer/data/store.ts';
import { FormatProvider } from '#renderer/i18n/format-context.tsx';
import { createI18n } from '#renderer/i18n/i18n.ts';
import type { Host, SaveFileRequest } from '#renderer/platform/host.ts';
import { createMemoryLog } from '#renderer/platform/memory-log.ts';
import { PlatformProvider, type Platform } from '#renderer/platform/platform-context.tsx';
import '#renderer/ui/base.css';
import { makePhoneRegion } from '#shared/domain/phone-number.ts';
import { writeProgramFile } from '#shared/domain/program-file.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { ok } from '#shared/lib/result.ts';
import { ProgramScreen } from './program-screen.tsx';

const openStore = deletedStores();
// Live queries of a screen would meet a database that is gone.
afterEach(cleanup);

async function show(at: string, known?: TestStore) {
  const store = known ?? (await openStore());
  const saved: SaveFileRequest[] = [];
  const host: Partial<Host> = {
    saveFile: async (request) => {
      saved.push(request);
      return ok({ kind: 'saved', folderName: 'Documents' });
    },
  };
  const region = makePhoneRegion('FR');
  // Only what this screen uses.
  const screenStore: Partial<Store> = {
    database: store.database,
    ledger: store.ledger,
    search: store.search,
    isPractice: false,
    region: () => region,
  };
  const { clock, ids } = store;
  const platform: Partial<Platform> = { host: host as Host, clock, ids, log: createMemoryLog(clock) };
  await render(
    <I18nextProvider i18n={await createI18n('en')}>
      <FormatProvider>
        <PlatformProvider value={platform as Platform}>
          <StoreProvider value={screenStore as Store}>
            <MemoryRouter initialEntries={[at]}>
              <Routes>
                <Route path="/programs/:program" element={<ProgramScreen />} />
              </Routes>
            </MemoryRouter>
          </StoreProvider>
        </PlatformProvider>
      </FormatProvider>
    </I18nextProvider>,
  );
  return { ...store, saved };
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const press = (name: string | RegExp) => button(name).click();
const dialog = () => page.getByRole('dialog');

const versionsOf = async (store: TestStore, id: string): Promise<ProgramDefinition[]> =>
  (await store.database.programs.toArray()).filter((program) => program.id === id);

async function chooseFile(text: string) {
  await press('From a file');
  await expect.element(dialog()).toBeVisible();
  const input = document.querySelector<HTMLInputElement>('input[type=file]') ?? expect.fail('no file field');
  await userEvent.upload(input, new File([text], 'program.json', { type: 'application/json' }));
}

test('a changed sentence is shown old and new, with the open cards, and published', async () => {
  const store = await show('/programs/coffee');
  await press(/^Every visit earns 1 stamp/);
  await page.getByRole('textbox', { name: 'Stamps', exact: true }).fill('2');
  await press('Review and publish');
  await expect.element(dialog().getByText('Every visit earns 2 stamps.')).toBeVisible();
  await expect.element(dialog().getByText('Every visit earns 1 stamp.')).toBeVisible();
  await expect.element(dialog().getByText('No card is open.')).toBeVisible();
  await dialog().getByRole('button', { name: 'Publish' }).click();
  await expect.element(page.getByText('Version 2', { exact: true }).first()).toBeVisible();
  expect((await versionsOf(store, 'coffee')).at(-1)).toMatchObject({ version: 2, earn: [{ units: 2 }] });
});

test('withdrawn, and brought back by a new version', async () => {
  const store = await show('/programs/coffee');
  await press('Withdraw the program');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click();
  await expect.element(page.getByText('This program is withdrawn')).toBeVisible();
  expect((await versionsOf(store, 'coffee')).at(-1)).toMatchObject({ version: 2, isWithdrawn: true });
  await press('Review and publish');
  await expect.element(dialog().getByText('It runs again', { exact: false })).toBeVisible();
  await dialog().getByRole('button', { name: 'Publish' }).click();
  await expect.element(page.getByText('This program is withdrawn')).not.toBeInTheDocument();
  expect((await versionsOf(store, 'coffee')).at(-1)).toEqual({ ...store.program, version: 3 });
});

test('saved as a file, and read again beside the one it came from', async () => {
  const { saved } = await show('/programs/coffee');
  await press('Save as a file');
  await expect.element(page.getByText('The program is saved in Documents.')).toBeVisible();
  expect(saved).toMatchObject([{ kind: 'json', suggestedName: 'tenpunch-program-coffee-card-v1.json' }]);
  await cleanup();
  const store = await show('/programs/new');
  const text = String(saved[0]?.contents).replace('"headStart": 0', '"headStart": 2');
  await chooseFile(text);
  await expect.element(dialog().getByText('A new member starts with 2 stamps.')).toBeVisible();
  expect(await store.database.programs.count()).toBe(1);
  await dialog().getByRole('button', { name: 'Publish' }).click();
  await expect.element(page.getByRole('heading', { name: 'Coffee card', level: 1 })).toBeVisible();
  expect((await versionsOf(store, 'coffee')).at(-1)).toEqual({ ...store.program, headStart: 2, version: 2 });
});

test.each([
  ['a damaged file', '{"format":', /It is damaged/],
  ['some other file', '{"hello":"world"}', /no program in it/],
  ['one of a newer app', '{"format":"tenpunch-program","formatVersion":99}', /newer Tenpunch/],
])('%s is refused with its reason, and nothing is written', async (_, text, message) => {
  const store = await show('/programs/new');
  await chooseFile(text);
  await expect.element(page.getByRole('alert').getByText(message)).toBeVisible();
  expect(button('Add the program').elements()).toEqual([]);
  expect(await store.database.programs.count()).toBe(1);
});

test('a file that no shop could run says what is wrong with it', async () => {
  const store = await show('/programs/new');
  await chooseFile(writeProgramFile({ program: { ...store.program, headStart: 10 }, app: '1.0.0', atMs: 0 }));
  await expect.element(page.getByRole('alert').getByText(/full before the first visit/)).toBeVisible();
});

test('a new program from a preset: points with three tiers', async () => {
  const store = await show('/programs/new');
  await page.getByText('Points and levels').click();
  await expect.element(page.getByRole('figure', { name: 'Preview: Points' })).toBeVisible();
  await press('Review and add');
  await dialog().getByRole('button', { name: 'Add the program' }).click();
  await expect.element(page.getByRole('heading', { name: 'Points', level: 1 })).toBeVisible();
  const added = (await store.database.programs.toArray()).find(({ id }) => id !== 'coffee');
  expect(added).toMatchObject({ version: 1, unit: { kind: 'points' }, tiers: { by: 'spend' } });
});

test.each([
  ['1024', 1024, 700],
  ['800', 800, 600],
])('a window %s wide: nothing runs out of it, and the button stays in sight', async (_, width, height) => {
  await page.viewport(width, height);
  await show('/programs/coffee');
  await expect.element(button('Review and publish')).toBeInViewport();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
});

test('what is not published yet is still there after a customer came in between, and can be discarded', async () => {
  const store = await show('/programs/coffee');
  await press(/^Every visit earns 1 stamp/);
  await page.getByRole('textbox', { name: 'Stamps', exact: true }).fill('2');
  // Left at once, as by a scan.
  await cleanup();
  await expect.poll(() => store.database.settings.get('draft:coffee')).toBeDefined();

  await show('/programs/coffee', store);
  await expect.element(button(/^Every visit earns 2 stamps/)).toBeVisible();
  await expect.element(page.getByText('Not published yet.', { exact: false })).toBeVisible();
  expect(await versionsOf(store, 'coffee')).toHaveLength(1);

  await press('Discard changes');
  await expect.element(button(/^Every visit earns 1 stamp/)).toBeVisible();
  await expect.poll(() => store.database.settings.get('draft:coffee')).toBeUndefined();
});

test('a new program that was begun goes on where it was left, under the preset it began with', async () => {
  const store = await show('/programs/new');
  await page.getByText('Twelve stamps, a gift half way').click();
  await page.getByRole('textbox', { name: 'Name of the program' }).fill('Loaves');
  await cleanup();
  await expect.poll(() => store.database.settings.get('draft:new:bakery')).toBeDefined();

  await show('/programs/new', store);
  await expect.element(page.getByRole('textbox', { name: 'Name of the program' })).toHaveValue('Loaves');
  await press('Review and add');
  await dialog().getByRole('button', { name: 'Add the program' }).click();
  await expect.element(page.getByText('Version 1', { exact: true }).first()).toBeVisible();
  await cleanup();

  await show('/programs/new', store);
  await expect.element(page.getByRole('textbox', { name: 'Name of the program' })).toHaveValue('Coffee card');
});
