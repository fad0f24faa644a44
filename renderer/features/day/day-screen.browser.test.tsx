import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-react';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { ok } from '#shared/lib/result.ts';
import type { Host } from '#renderer/platform/host.ts';
import { createFakeExportFolder, type FakeFolderPlan } from '#tests/fakes/fake-export-folder.ts';
import { showScreen } from '#tests/fakes/one-screen.tsx';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { DayScreen } from './day-screen.tsx';

const DAY_MS = 24 * 60 * 60 * 1000;
// A worker is started for each look and each close, and a machine that is busy takes its time.
vi.setConfig({ testTimeout: 60_000 });

const openStore = deletedStores();
afterEach(cleanup);

const CHOSEN: FakeFolderPlan = { folder: { name: 'Exports', mustAsk: false } };

interface ShowOptions {
  readonly days?: number;
  readonly language?: string;
  readonly isPractice?: boolean;
  readonly hostKind?: Host['kind'];
}

/** A shop in which something happened on each of the days. */
async function show(
  plan: FakeFolderPlan = CHOSEN,
  { days = 1, language = 'en', isPractice = false, hostKind = 'desktop' }: ShowOptions = {},
) {
  const store = await openStore();
  const counter = createCounterCommands({ ...store, staff: () => UNASSIGNED_STAFF });
  for (let day = 0; day < days; day += 1) {
    if (day > 0) store.clock.advance(DAY_MS);
    const { ids } = store;
    await counter.enrol({
      id: ids.eventId(),
      member: ids.memberId(),
      card: `card-${day}`,
      name: 'Ada',
      visits: 1,
    });
  }
  const folder = createFakeExportFolder(plan);
  const host: Partial<Host> = {
    kind: hostKind,
    exports: folder,
    endpoint: { readShopKey: async () => undefined } as Host['endpoint'],
  };
  await showScreen(store, <DayScreen />, language, { host, isPractice });
  return { ...store, folder };
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const WAIT = { timeout: 15_000 };

test('Enter closes the day: the figures, the sentence, the files and the note that they were written', async () => {
  const { folder, database } = await show();
  await expect.element(button('Close the day'), WAIT).toBeVisible();
  await expect.element(page.getByText('New members').first()).toBeVisible();
  await expect.element(page.getByText(/^This till has no endpoint/)).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('5 January 2026 is closed'), WAIT).toBeVisible();
  await expect.element(page.getByText('5 files are in the folder “Exports”.'), WAIT).toBeVisible();
  expect(folder.writes.flat()).toContain('tenpunch-2026-01-05-manifest.json');
  await expect.element(page.getByText('Everything is closed'), WAIT).toBeVisible();
  await expect.element(page.getByText('files written')).toBeVisible();
  // Nothing is left: one more Enter closes nothing.
  await userEvent.keyboard('{Enter}');
  const types = (await database.events.toArray()).map(({ type }) => type);
  expect(types.filter((type) => type === 'day-close')).toHaveLength(1);
});

test('forgotten days come first, the oldest before the others, one key each', async () => {
  await show(CHOSEN, { days: 3 });
  await expect.element(page.getByText('2 earlier days were never closed'), WAIT).toBeVisible();
  for (const day of ['5 January 2026', '6 January 2026', '7 January 2026']) {
    await expect.element(page.getByRole('region', { name: day }), WAIT).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(`${day} is closed`), WAIT).toBeVisible();
  }
  await expect.element(page.getByText('Everything is closed'), WAIT).toBeVisible();
});

test('without a folder the day is closed all the same, and the files follow once one is chosen', async () => {
  const { folder } = await show({ choice: ok({ name: 'Till files', mustAsk: false }) });
  await expect.element(page.getByText('No folder is chosen yet.'), WAIT).toBeVisible();
  await button('Close the day').click();
  await expect.element(page.getByText('5 January 2026 is closed'), WAIT).toBeVisible();
  await expect.element(page.getByText('The files are not written yet'), WAIT).toBeVisible();
  expect(folder.files.size).toBe(0);
  await button('Choose a folder and write').click();
  await expect.element(page.getByText('5 files are in the folder “Till files”.'), WAIT).toBeVisible();
  expect(folder.files.size).toBe(5);
});

test('a browser without folders is asked for none and says where the files go', async () => {
  const { folder } = await show({ canChoose: false }, { hostKind: 'browser' });
  await expect.element(page.getByText(/the files go to its downloads/), WAIT).toBeVisible();
  expect(button(/folder/).elements()).toEqual([]);
  await button('Close the day').click();
  await expect
    .element(page.getByText(/files were sent to the downloads of this browser/), WAIT)
    .toBeVisible();
  expect(folder.files.size).toBe(5);
});

test('a folder that refuses says why, keeps the files ready, and one press writes them', async () => {
  const { folder } = await show();
  folder.breakWith('disk-full');
  await button('Close the day').click();
  await expect.element(page.getByText('The disk of the folder is full.'), WAIT).toBeVisible();
  folder.breakWith(undefined);
  await button('Write the files now').click();
  await expect.element(page.getByText('5 files are in the folder “Exports”.'), WAIT).toBeVisible();
});

test('a sync file is written on demand; one that is none is refused in a sentence', async () => {
  const { folder } = await show();
  await button('Write a sync file').click();
  await expect.element(page.getByText('1 file is in the folder “Exports”.'), WAIT).toBeVisible();
  const [name] = [...folder.files.keys()];
  expect(name).toBe('tenpunch-2026-01-05-now-sync.json');
  const input = document.querySelector('input[type="file"]');
  if (!input) throw new Error('no file chooser');
  await userEvent.upload(input, new File(['a;b'], 'members.json', { type: 'application/json' }));
  await expect.element(page.getByText(/This is not a sync file/), WAIT).toBeVisible();
  const own = folder.files.get(name ?? '') as Uint8Array<ArrayBuffer>;
  await userEvent.upload(input, new File([own], 'sync.json', { type: 'application/json' }));
  await expect.element(page.getByText('The sync file was read: nothing in it was new'), WAIT).toBeVisible();
});

test('what sync found and no manager has seen is among what is to be looked at, with the way there', async () => {
  const { database } = await show();
  await database.alarms.add({ code: 'fork', about: 'stream', at: 0 });
  const list = page.getByRole('region', { name: 'Please look at' });
  await expect.element(list.getByText('Another copy of this till is at work'), WAIT).toBeVisible();
  await expect.element(list.getByRole('link', { name: 'Sync' })).toHaveAttribute('href', '#/sync');
  await button('Close the day').click();
  await expect.element(page.getByText('5 January 2026 is closed'), WAIT).toBeVisible();
  await expect.element(list.getByText('Another copy of this till is at work'), WAIT).toBeVisible();
  await database.alarms.toCollection().modify({ isSeen: true });
  await expect.element(list).not.toBeInTheDocument();
});

test('says everything in Turkish too', async () => {
  await show(CHOSEN, { language: 'tr' });
  await button('Günü kapat').click();
  await expect.element(page.getByText('5 Ocak 2026 kapandı'), WAIT).toBeVisible();
  await expect.element(page.getByText('5 dosya “Exports” klasöründe.'), WAIT).toBeVisible();
});

test('practice closes days too, and writes nothing where the files of the shop are', async () => {
  const { folder } = await show(CHOSEN, { isPractice: true });
  await button('Close the day').click();
  await expect.element(page.getByText('5 January 2026 is closed'), WAIT).toBeVisible();
  await expect.element(page.getByText(/Practice writes no files/)).toBeVisible();
  expect(folder.files.size).toBe(0);
  expect(button('Write a sync file').elements()).toEqual([]);
});

test('a shop that never closed a day closes all of them at once, each with files of its own', async () => {
  const { folder } = await show(CHOSEN, { days: 6 });
  await button('Close all 5 earlier days').click();
  await expect.element(page.getByText('9 January 2026 is closed'), { timeout: 50_000 }).toBeVisible();
  const manifests = [...folder.files.keys()].filter((name) => name.endsWith('-manifest.json'));
  expect(manifests).toHaveLength(5);
  expect([...folder.files.keys()].filter((name) => name.endsWith('-balances.csv'))).toHaveLength(1);
  await expect.element(page.getByRole('region', { name: '10 January 2026' }), WAIT).toBeVisible();
});
