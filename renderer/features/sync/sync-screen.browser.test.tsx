import { formatInvitation } from '#shared/sync/invitation.ts';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-react';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { err, ok } from '#shared/lib/result.ts';
import type { AlarmCode } from '#shared/sync/sync-state.ts';
import { countUnseenAlarms } from '#renderer/data/alarms.ts';
import { readSettings } from '#renderer/data/settings.ts';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { FakeSyncDesk, IDLE_STATUS } from '#tests/fakes/fake-sync-desk.ts';
import { openPlace, showScreen } from '#tests/fakes/one-screen.tsx';
import type { TestStore } from '#tests/fakes/test-store.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { SyncScreen } from './sync-screen.tsx';

const openStore = deletedStores();
afterEach(cleanup);

interface Shown extends TestStore {
  readonly desk: FakeSyncDesk;
  readonly copied: readonly string[];
}

/** A till with three members who have been here once. */
async function show(
  desk = new FakeSyncDesk(),
  prepare?: (store: TestStore) => Promise<void>,
): Promise<Shown> {
  const store = await openStore();
  const counter = createCounterCommands({ ...store, staff: () => UNASSIGNED_STAFF });
  for (const card of ['card-1', 'card-2', 'card-3']) {
    const { ids } = store;
    await counter.enrol({ id: ids.eventId(), member: ids.memberId(), card, name: '', visits: 1 });
  }
  await prepare?.(store);
  const copied: string[] = [];
  const host = {
    copyText: async (text: string) => {
      copied.push(text);
      return ok(undefined);
    },
  };
  await showScreen(store, <SyncScreen />, 'en', { desk, host });
  return { ...store, desk, copied };
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const field = (name: string) => page.getByLabelText(name, { exact: true });
const card = (name: string) => page.getByRole('region', { name, exact: true });

test('a till on its own is told that it needs nothing, and pairs with address, code and name', async () => {
  const { desk, database } = await show();
  await expect.element(page.getByText(/Everything works without internet/)).toBeVisible();
  await button('Connect').click();
  for (const missing of [
    'The address is missing.',
    'The code is missing.',
    'Please give this till a name.',
  ]) {
    await expect.element(page.getByText(missing)).toBeVisible();
  }
  await field('Address of the endpoint').fill('http://sync.example');
  await expect
    .element(page.getByText('Beyond this computer the address must begin with https.'))
    .toBeVisible();
  await field('Address of the endpoint').fill('sync.example');
  await field('One-time code').fill(' ABCD-EFGH ');
  await field('Name of this till').fill('  Front ');
  expect(desk.forms).toEqual([]);
  await userEvent.keyboard('{Enter}');
  await expect.element(card('Tills of the shop')).toBeVisible();
  expect(desk.forms).toEqual([
    { kind: 'first', address: 'https://sync.example', code: 'ABCD-EFGH', name: 'Front' },
  ]);
  await expect.poll(async () => (await readSettings(database)).tillName).toBe('Front');
});

test.each([
  ['no-answer', 'Address of the endpoint', 'Nothing answers there.'],
  ['tls', 'Address of the endpoint', 'The connection is not safe'],
  ['not-ours', 'Address of the endpoint', 'Something else than a Tenpunch endpoint'],
  ['bad-address', 'Address of the endpoint', 'This address can’t be used.'],
  ['bad-code', 'One-time code', 'This code is wrong'],
] as const)('%s is told beside its field, until something else is typed', async (code, label, words) => {
  const desk = new FakeSyncDesk();
  desk.pairAnswer = err({ code });
  await show(desk);
  await field('Address of the endpoint').fill('sync.example');
  await field('One-time code').fill('ABCD');
  await field('Name of this till').fill('Front');
  await button('Connect').click();
  await expect.element(field(label)).toHaveAccessibleDescription(new RegExp(words));
  await field(label).fill('something');
  await expect.element(page.getByText(words)).not.toBeInTheDocument();
});

test.each([
  ['other-shop', 'two shops are never mixed'],
  ['needs-invitation', 'Take an invitation from one of them.'],
  ['too-old', 'Update this till first.'],
  ['busy', 'busy'],
  ['not-kept', 'could not keep the key safely'],
] as const)('%s is told under the form', async (code, words) => {
  const desk = new FakeSyncDesk();
  desk.pairAnswer = err({ code });
  await show(desk);
  await page.getByText('Join an existing shop', { exact: true }).click();
  await field('Invitation').fill('tenpunch:abc');
  await field('Name of this till').fill('Front');
  await button(/^Join$/).click();
  await expect.element(page.getByRole('alert')).toHaveTextContent(words);
});

test('an invitation says where it leads before anybody joins', async () => {
  await show();
  await page.getByText('Join an existing shop', { exact: true }).click();
  const key = btoa(String.fromCharCode(...new Uint8Array(32)));
  const text = formatInvitation({ address: 'https://sync.example.com', code: 'ABCD-EFGH', key });
  await field('Invitation').fill(text);
  await expect.element(page.getByText(/It leads to https:\/\/sync\.example\.com/)).toBeVisible();
});

test('an invitation is scanned or pasted: line breaks in it do no harm, Enter goes on to the name', async () => {
  const { desk } = await show();
  await page.getByText('Join an existing shop', { exact: true }).click();
  await field('Invitation').click();
  await userEvent.keyboard('tenpunch:ab c{Enter}Garden{Enter}');
  await expect.element(card('Tills of the shop')).toBeVisible();
  expect(desk.forms).toEqual([{ kind: 'next', invitation: 'tenpunch:abc', name: 'Garden' }]);
});

test('what waits is told by kind', async () => {
  const desk = new FakeSyncDesk({
    ...IDLE_STATUS,
    unsentEvents: 4,
    unsentProfiles: 3,
    oldestUnsentAt: Date.UTC(2026, 0, 5, 9),
  });
  await show(desk);
  await expect.element(page.getByText(/^7 entries wait/)).toBeVisible();
  // The program that the store began with, and three members.
  await expect.element(card('What waits')).toHaveTextContent(/New members3/);
  await expect.element(card('What waits')).toHaveTextContent(/Programs1/);
  desk.show({ unsentEvents: 0, unsentProfiles: 0, oldestUnsentAt: null });
  await expect.element(page.getByText('Everything is at the endpoint.')).toBeVisible();
  await expect.element(card('What waits')).not.toBeInTheDocument();
});

test('what was set aside: the reason, what was written, and a way to send it again', async () => {
  const desk = new FakeSyncDesk(IDLE_STATUS);
  const { database, copied } = await show(desk);
  const row = await database.events.orderBy('n').last();
  if (!row) return expect.fail('no event');
  desk.show({
    setAside: [
      { id: row.id, code: 'bad-body', n: row.n },
      { id: 'place 17', code: 'damaged', n: null },
    ],
  });
  const aside = card('Set aside');
  await expect.element(aside).toHaveTextContent('its fingerprint does not fit');
  await expect.element(aside).toHaveTextContent('New members');
  await expect.element(aside).toHaveTextContent('It arrived damaged several times.');
  await aside.getByText('Show it as it was written').click();
  await button('Copy').click();
  await expect.poll(() => copied).toHaveLength(1);
  const { n: _n, ...event } = row;
  expect(JSON.parse(copied[0] ?? '')).toEqual(event);
  desk.isRefusingToOffer = true;
  await button(/^Offer again/).click();
  await expect.element(aside.getByRole('alert')).toHaveTextContent('could not be offered again');
  desk.isRefusingToOffer = false;
  await button(/^Offer again/).click();
  expect(desk.asked).toContain(`offer-again ${row.id}`);
  await expect.element(button(/^Offer again/)).not.toBeInTheDocument();
});

test('of very many that were set aside the first fifty are listed', async () => {
  const setAside = Array.from({ length: 300 }, (_, index) => ({
    id: `e${index}`,
    code: 'http-400',
    n: index + 1,
  }));
  await show(new FakeSyncDesk({ ...IDLE_STATUS, setAside }));
  await expect.element(page.getByText('The first 50 of 300.')).toBeVisible();
  expect(card('Set aside').getByRole('listitem').elements()).toHaveLength(50);
});

const raise = (codes: readonly AlarmCode[]) => async (store: TestStore) => {
  await store.database.alarms.bulkAdd(
    codes.map((code, index) => ({ code, about: `about-${index}`, at: index })),
  );
};

test('every alarm has words and help, and leaves the list when a manager has seen it', async () => {
  const codes: AlarmCode[] = [
    'fork',
    'id-taken',
    'set-aside',
    'endpoint-restored',
    'unauthorized',
    'revoked',
    'too-old',
    'tls',
  ];
  const { database } = await show(new FakeSyncDesk(IDLE_STATUS), raise(codes));
  const list = card('For a manager');
  await expect.element(list.getByText('Another copy of this till is at work')).toBeVisible();
  expect(list.getByRole('listitem').elements()).toHaveLength(codes.length);
  expect(list.element().textContent).not.toMatch(/alarms\./);
  await button('Seen: Another copy of this till is at work').click();
  await expect.poll(() => countUnseenAlarms(database)).toBe(codes.length - 1);
  await button('All seen').click();
  await expect.element(list).not.toBeInTheDocument();
  expect(await database.alarms.count()).toBe(codes.length);
});

test('paused by a person: said, no till is asked for, kept, and taken back by the same switch', async () => {
  const { desk, database } = await show(
    new FakeSyncDesk({ ...IDLE_STATUS, unsentEvents: 2, oldestUnsentAt: 1 }),
  );
  await expect.element(card('Tills of the shop')).toBeVisible();
  await page.getByText('No contact for now').click();
  await expect.element(page.getByText(/2 entries wait.* Sync is paused on this till\./)).toBeVisible();
  await expect.element(card('Tills of the shop')).not.toBeInTheDocument();
  await expect.element(button('Sync now')).toBeDisabled();
  expect((await readSettings(database)).holdsSync).toBe(true);
  const asked = desk.asked.length;
  await page.getByText('No contact for now').click();
  await expect.element(button('Sync now')).toBeEnabled();
  expect((await readSettings(database)).holdsSync).toBe(false);
  expect(desk.asked.slice(asked)).toEqual(['list-tills']);
});

test('a till on its own lists them too: a file that was carried may have brought one', async () => {
  await show(undefined, raise(['fork']));
  await expect.element(card('For a manager').getByRole('listitem')).toBeVisible();
  await expect.element(button('Connect')).toBeVisible();
});

test('of very many alarms the latest fifty are listed', async () => {
  await show(new FakeSyncDesk(IDLE_STATUS), raise(Array.from({ length: 120 }, () => 'id-taken' as const)));
  await expect.element(page.getByText('The latest 50 of 120.')).toBeVisible();
});

test('a till that nobody knows any more offers to pair again, and forgets nothing', async () => {
  const desk = new FakeSyncDesk({
    ...IDLE_STATUS,
    phase: { kind: 'paused' },
    unsentEvents: 4,
    oldestUnsentAt: 1,
  });
  await show(desk);
  await expect.element(page.getByRole('alert')).toHaveTextContent('does not know this till');
  await expect.element(card('Pair again')).toBeVisible();
  await expect.element(field('Address of the endpoint')).toHaveValue('https://sync.example');
  await expect.element(button('Sync now')).toBeDisabled();
});

test('the way to the day, and back to the settings', async () => {
  await show();
  await button('To the day').click();
  await expect.element(openPlace()).toHaveTextContent('/day');
  await button('Back to settings').click();
  await expect.element(openPlace()).toHaveTextContent('/settings');
});

test('practice has no sync and says why', async () => {
  const store = await openStore();
  await showScreen(store, <SyncScreen />, 'en', { isPractice: true });
  await expect.element(page.getByText('Practice stays on this till')).toBeVisible();
  expect(page.getByRole('textbox').elements()).toHaveLength(0);
});
