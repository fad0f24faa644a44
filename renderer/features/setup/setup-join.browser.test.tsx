import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-react';
import { err } from '#shared/lib/result.ts';
import { readSettings } from '#renderer/data/settings.ts';
import { FakeSyncDesk, IDLE_STATUS, PAIRED, UNPAIRED_STATUS } from '#tests/fakes/fake-sync-desk.ts';
import { showScreen } from '#tests/fakes/one-screen.tsx';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { SetupScreen } from './setup-screen.tsx';

const openStore = deletedStores();
afterEach(cleanup);

async function show(desk = new FakeSyncDesk()) {
  const store = await openStore();
  await showScreen(store, <SetupScreen />, 'en', { desk });
  return { desk, store };
}

const invitation = () => page.getByLabelText('Invitation');
const name = () => page.getByLabelText('Name of this till');
const join = () => page.getByRole('button', { name: 'Join', exact: true });

async function openJoin(desk?: FakeSyncDesk) {
  const shown = await show(desk);
  await page.getByRole('button', { name: 'Join an existing shop' }).click();
  await expect.element(page.getByRole('heading', { name: 'Join an existing shop' })).toBeVisible();
  return shown;
}

test('nothing is asked before both fields are filled in', async () => {
  const { desk } = await openJoin();
  await join().click();
  await expect.element(page.getByText('The invitation is missing.')).toBeVisible();
  await expect.element(page.getByText('Please give this till a name.')).toBeVisible();
  expect(desk.forms).toEqual([]);
});

test('a scanned invitation ends in the name, Enter there joins, and the till keeps its name', async () => {
  const { desk, store } = await openJoin();
  await expect.element(invitation()).toHaveFocus();
  await userEvent.keyboard('tenpunch:abc{Enter}');
  await expect.element(name()).toHaveFocus();
  await userEvent.keyboard('Garden{Enter}');
  await expect.element(page.getByRole('progressbar')).toBeVisible();
  expect(desk.forms).toEqual([{ kind: 'next', invitation: 'tenpunch:abc', name: 'Garden' }]);
  await expect.poll(async () => (await readSettings(store.database)).tillName).toBe('Garden');
});

test.each([
  ['bad-invitation', 'This is not an invitation.'],
  ['bad-code', 'This code is wrong, was used already or has expired.'],
  ['no-answer', 'Nothing answers there.'],
  ['too-old', 'The endpoint needs a newer Tenpunch.'],
  ['other-shop', 'This till already holds another shop’s cards'],
  ['not-kept', 'This computer could not keep the key safely'],
] as const)('%s is told, and the form stays', async (code, words) => {
  const desk = new FakeSyncDesk();
  desk.pairAnswer = err({ code });
  await openJoin(desk);
  await invitation().fill('tenpunch:abc');
  await name().fill('Garden');
  await join().click();
  await expect.element(page.getByText(words)).toBeVisible();
  await expect.element(invitation()).toHaveValue('tenpunch:abc');
});

test('Back leads to the first step', async () => {
  await openJoin();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect.element(page.getByRole('heading', { name: 'Welcome to Tenpunch' })).toBeVisible();
});

test('once paired it shows how much of the shop is here, and what holds it up', async () => {
  const desk = new FakeSyncDesk({
    ...IDLE_STATUS,
    lastContactAt: null,
    cursor: 0,
    head: 0,
    phase: { kind: 'hello' },
  });
  await show(desk);
  await expect.element(page.getByText('Asking the endpoint…')).toBeVisible();
  desk.show({ phase: { kind: 'pulling' }, lastContactAt: 1, cursor: 500, head: 2000 });
  await expect.element(page.getByText('500 of 2,000')).toBeVisible();
  desk.show({ phase: { kind: 'waiting', forMs: 1000, because: 'no-answer' } });
  await page.getByRole('button', { name: 'Try again' }).click();
  expect(desk.asked).toEqual(['sync-now']);
  desk.show({ phase: { kind: 'idle' }, cursor: 2000 });
  await expect.element(page.getByText('The description of the shop has not arrived yet')).toBeVisible();
  desk.show({ phase: { kind: 'stopped', because: 'tls' } });
  await expect.element(page.getByRole('alert')).toHaveTextContent('not safe');
});

test('who does not want to join after all is back at the first step', async () => {
  const { desk } = await show(new FakeSyncDesk({ ...UNPAIRED_STATUS, endpoint: PAIRED }));
  await page.getByRole('button', { name: 'Do not join' }).click();
  await expect.element(page.getByRole('heading', { name: 'Welcome to Tenpunch' })).toBeVisible();
  expect(desk.asked).toEqual(['unpair']);
});
