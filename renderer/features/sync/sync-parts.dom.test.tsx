import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { expect, test } from 'vitest';
import { FormatProvider } from '#renderer/i18n/format-context.tsx';
import { createI18n } from '#renderer/i18n/i18n.ts';
import type { Host } from '#renderer/platform/host.ts';
import { createMemoryLog } from '#renderer/platform/memory-log.ts';
import { PlatformProvider, type Platform } from '#renderer/platform/platform-context.tsx';
import { err, ok } from '#shared/lib/result.ts';
import { FakeSyncDesk, IDLE_STATUS } from '#tests/fakes/fake-sync-desk.ts';
import { ManualClock } from '#tests/fakes/manual-clock.ts';
import type { SyncStatus } from '#renderer/sync/sync-desk.ts';
import { moodOf } from '#renderer/sync/sync-mood.ts';
import { DetailsCard } from './details-card.tsx';
import { HaltBanner, needsPairingAgain } from './halt-banner.tsx';
import { StatusCard } from './status-card.tsx';
import { TillsCard } from './tills-card.tsx';
import { UnpairCard } from './unpair-card.tsx';

const HOUR_MS = 60 * 60 * 1000;

async function show(part: ReactNode, language = 'en') {
  const clock = new ManualClock();
  const copied: string[] = [];
  const host: Partial<Host> = {
    copyText: async (text) => {
      copied.push(text);
      return ok(undefined);
    },
  };
  const platform: Partial<Platform> = { clock, log: createMemoryLog(clock), host: host as Host };
  render(
    <I18nextProvider i18n={await createI18n(language)}>
      <FormatProvider>
        <PlatformProvider value={platform as Platform}>{part}</PlatformProvider>
      </FormatProvider>
    </I18nextProvider>,
  );
  return { copied, user: userEvent.setup() };
}

const now = new ManualClock().now();

async function showStatus(change: Partial<SyncStatus>, language = 'en') {
  const desk = new FakeSyncDesk({ ...IDLE_STATUS, ...change });
  const status = desk.status();
  const mood = moodOf(status, { nowMs: now, unseenAlarms: 0 });
  const shown = await show(<StatusCard status={status} mood={mood} desk={desk} />, language);
  return { ...shown, desk };
}

const sentence = () => screen.getByRole('status');

test('all sent is one sentence', async () => {
  const { user, desk } = await showStatus({});
  expect(sentence()).toHaveTextContent(/^Everything is at the endpoint\.$/);
  expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Sync now' }));
  expect(desk.asked).toEqual(['sync-now']);
});

test.each([
  ['no-answer', 'No connection to the endpoint.'],
  ['busy', 'busy'],
  ['not-ours', 'Something else answers'],
] as const)('what waits says since when and why: %s', async (because, words) => {
  await showStatus({
    unsentEvents: 11,
    unsentProfiles: 1,
    oldestUnsentAt: now - HOUR_MS,
    phase: { kind: 'waiting', forMs: 1000, because },
  });
  expect(sentence()).toHaveTextContent(/^12 entries wait, since /);
  expect(sentence()).toHaveTextContent(words);
  expect(sentence()).toHaveTextContent('Nothing is lost');
});

test.each([
  [1, 'Nothing is lost'],
  [25, 'more than a day'],
  [73, 'more than three days'],
])('after %i hours it says so', async (hours, words) => {
  await showStatus({
    unsentEvents: 1,
    oldestUnsentAt: now - hours * HOUR_MS,
    phase: { kind: 'waiting', forMs: 1000, because: 'no-answer' },
  });
  expect(sentence()).toHaveTextContent('1 entry waits');
  expect(sentence()).toHaveTextContent(words);
});

test('without connection and nothing to send it names what is missing', async () => {
  await showStatus({ phase: { kind: 'waiting', forMs: 1000, because: 'no-answer' } });
  expect(sentence()).toHaveTextContent('Everything of this till is at the endpoint.');
  expect(sentence()).toHaveTextContent('What the other tills do now comes with the next connection.');
});

test('a till that joins sees how far it is, first without an end', async () => {
  await showStatus({ lastContactAt: null, cursor: 0, head: 0, phase: { kind: 'hello' } });
  expect(screen.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow');
  expect(screen.getByText('Asking the endpoint…')).toBeInTheDocument();
});

test('and then with one', async () => {
  await showStatus({ cursor: 1204, head: 5000, phase: { kind: 'pulling' } });
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '1204');
  expect(screen.getByText('1,204 of 5,000')).toBeInTheDocument();
});

test('while everybody’s card is read it says how far that is', async () => {
  await showStatus({
    cursor: 500,
    head: 5000,
    phase: { kind: 'pulling' },
    snapshot: { done: 3000, total: 6000 },
  });
  expect(screen.getByRole('progressbar', { name: /card/ })).toHaveAttribute('aria-valuenow', '3000');
  expect(screen.getByText('3,000 of 6,000')).toBeInTheDocument();
});

test('what lies on this till already is filed, and no connection is needed for it', async () => {
  await showStatus({ cursor: 500, head: 5000, phase: { kind: 'pulling' }, isFiling: true });
  expect(screen.getByRole('progressbar', { name: /Filing/ })).toHaveAttribute('aria-valuenow', '500');
  expect(screen.getByText(/It is on this till already/)).toBeInTheDocument();
});

test('Turkish has the same sentences', async () => {
  await showStatus({ unsentEvents: 2, oldestUnsentAt: now - HOUR_MS }, 'tr');
  expect(sentence()).toHaveTextContent(/^2 kayıt bekliyor/);
});

test.each([
  [{ kind: 'paused' }, 'does not know this till', true, false],
  [{ kind: 'stopped', because: 'revoked' }, 'removed from the shop', true, false],
  [{ kind: 'stopped', because: 'too-old' }, 'Update Tenpunch', false, true],
  [{ kind: 'stopped', because: 'tls' }, 'not safe', false, true],
] as const)('a halt says what to do: %o', async (phase, words, pairsAgain, triesAgain) => {
  const desk = new FakeSyncDesk({ ...IDLE_STATUS, phase });
  const { user } = await show(<HaltBanner status={desk.status()} desk={desk} />);
  expect(screen.getByRole('alert')).toHaveTextContent(words);
  expect(needsPairingAgain(desk.status())).toBe(pairsAgain);
  const again = screen.queryByRole('button', { name: 'Try again' });
  expect(again !== null).toBe(triesAgain);
  if (again) await user.click(again);
  expect(desk.asked).toEqual(triesAgain ? ['sync-now'] : []);
});

test('while all is well nothing of the kind is there', async () => {
  const desk = new FakeSyncDesk(IDLE_STATUS);
  await show(<HaltBanner status={desk.status()} desk={desk} />);
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

const TILLS = [
  { till: 'till-3', name: 'Old one', app: '0.0.9', pairedAt: 1, revokedAt: now },
  { till: 'till-1', name: 'Front', app: '0.1.0', pairedAt: 2, revokedAt: null },
  { till: 'till-2', name: 'Garden', app: '0.1.0', pairedAt: 3, revokedAt: null },
];

async function showTills(set: (desk: FakeSyncDesk) => void) {
  const desk = new FakeSyncDesk(IDLE_STATUS);
  set(desk);
  const shown = await show(<TillsCard desk={desk} thisTill="till-1" />);
  await screen.findByRole('button', { name: 'Refresh' });
  return { ...shown, desk };
}

test('the tills of the shop: those in use first, this one marked, removed ones told apart', async () => {
  await showTills((desk) => {
    desk.tillsAnswer = ok(TILLS);
  });
  await screen.findByText('Front');
  const rows = screen.getAllByRole('listitem');
  expect(rows.map((row) => /Front|Garden|Old one/.exec(row.textContent)?.[0])).toEqual([
    'Front',
    'Garden',
    'Old one',
  ]);
  expect(rows[0]).toHaveTextContent('this till');
  expect(rows[1]).not.toHaveTextContent('this till');
  expect(rows[2]).toHaveTextContent(/removed/);
  expect(within(rows[2] as HTMLElement).queryByRole('button')).not.toBeInTheDocument();
});

test('a till is removed only after a question', async () => {
  const { user, desk } = await showTills((fake) => {
    fake.tillsAnswer = ok(TILLS);
  });
  await user.click(await screen.findByRole('button', { name: 'Remove Garden' }));
  await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Cancel' }));
  expect(desk.asked).toEqual(['list-tills']);
  await user.click(screen.getByRole('button', { name: 'Remove Garden' }));
  await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Remove' }));
  expect(desk.asked).toEqual(['list-tills', 'revoke till-2', 'list-tills']);
  expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
});

test.each([
  ['no-answer', 'This needs a connection'],
  ['busy', 'busy'],
  ['refused', 'refused'],
  ['not-paired', 'not paired'],
] as const)('tills that can’t be asked for are told: %s', async (code, words) => {
  const { user, desk } = await showTills((fake) => {
    fake.tillsAnswer = err({ code });
  });
  await screen.findByText(new RegExp(words));
  await user.click(screen.getByRole('button', { name: 'Refresh' }));
  expect(desk.asked).toEqual(['list-tills', 'list-tills']);
});

test('a very long list shows its first fifty and says how many there are', async () => {
  await showTills((desk) => {
    desk.tillsAnswer = ok(
      Array.from({ length: 120 }, (_, index) => ({
        till: `t${index}`,
        name: `Till ${index}`,
        app: '0.1.0',
        pairedAt: index,
        revokedAt: null,
      })),
    );
  });
  expect(await screen.findByText('The first 50 of 120.')).toBeInTheDocument();
  expect(screen.getAllByRole('listitem')).toHaveLength(50);
});

test('an invitation is shown after the warning, as a picture and as text, and can be copied', async () => {
  const text = `tenpunch:${'A'.repeat(180)}`;
  const { user, desk, copied } = await showTills((fake) => {
    fake.inviteAnswer = ok({ text, expiresAt: now + HOUR_MS });
  });
  await user.click(screen.getByRole('button', { name: 'Add a till' }));
  const dialog = screen.getByRole('dialog');
  expect(dialog).toHaveTextContent('contains your shop’s key');
  expect(desk.asked).not.toContain('invite');
  await user.click(within(dialog).getByRole('button', { name: 'Show the invitation' }));
  expect(await within(dialog).findByRole('img', { name: /Picture of the invitation/ })).toBeInTheDocument();
  expect(within(dialog).getByRole('textbox')).toHaveValue(text);
  expect(within(dialog).getByRole('button', { name: 'Done' })).toHaveFocus();
  expect(dialog).toHaveTextContent(/For one till, until /);
  await user.click(within(dialog).getByRole('button', { name: 'Copy the text' }));
  expect(copied).toEqual([text]);
  expect(dialog).toHaveTextContent('Copied');
  const joined = { till: 'till-9', name: 'Just invited', app: '0.1.0', pairedAt: 4, revokedAt: null };
  desk.tillsAnswer = ok([joined]);
  await user.keyboard('{Escape}');
  expect(dialog).not.toBeInTheDocument();
  expect(await screen.findByText('Just invited')).toBeInTheDocument();
});

test('an invitation that has expired is no longer shown', async () => {
  const { user } = await showTills((fake) => {
    fake.inviteAnswer = ok({ text: 'tenpunch:old', expiresAt: now });
  });
  await user.click(screen.getByRole('button', { name: 'Add a till' }));
  await user.click(screen.getByRole('button', { name: 'Show the invitation' }));
  expect(screen.getByRole('dialog')).toHaveTextContent('This invitation has expired.');
  expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'New invitation' })).toBeInTheDocument();
});

test('an invitation that can’t be had says why', async () => {
  const { user } = await showTills(() => undefined);
  await user.click(screen.getByRole('button', { name: 'Add a till' }));
  await user.click(screen.getByRole('button', { name: 'Show the invitation' }));
  expect(screen.getByRole('alert')).toHaveTextContent('This needs a connection');
});

test('the latest contacts are told in words, and a code without a word stands as it is', async () => {
  const status: SyncStatus = {
    ...IDLE_STATUS,
    recent: [
      { at: now, kind: 'push', events: 12, outcome: 'ok' },
      { at: now, kind: 'hello', events: 0, outcome: 'no-answer' },
      { at: now, kind: 'pull', events: 3, outcome: 'http-418' },
      { at: now, kind: 'profiles-push', events: 1, outcome: 'of-a-newer-app' },
    ],
  };
  const { user } = await show(<DetailsCard status={status} />);
  // Drawn anew with each batch, it costs more than sending does: so there is nothing of it before it is asked for.
  expect(screen.queryAllByRole('row', { hidden: true })).toEqual([]);
  await user.click(screen.getByText('Details'));
  const rows = (await screen.findAllByRole('row')).map((row) => row.textContent);
  expect(rows[1]).toMatch(/Sent12done$/);
  expect(rows[2]).toMatch(/Compared–no connection$/);
  expect(rows[3]).toMatch(/Fetched3refused \(answer 418\)$/);
  expect(rows[4]).toMatch(/Names and numbers sent1of-a-newer-app$/);
});

test('unpairing asks, and says what then stays on this till only', async () => {
  const desk = new FakeSyncDesk({ ...IDLE_STATUS, unsentEvents: 3, oldestUnsentAt: now });
  const { user } = await show(<UnpairCard status={desk.status()} desk={desk} isPastComing={false} />);
  await user.click(screen.getByRole('button', { name: 'Unpair this till' }));
  expect(screen.getByRole('alertdialog')).toHaveTextContent('3 entries have not been sent yet');
  expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Unpair' }));
  expect(desk.asked).toEqual(['unpair']);
});

test('unpairing on the way says that the rest will be missing', async () => {
  const desk = new FakeSyncDesk();
  const { user } = await show(<UnpairCard status={desk.status()} desk={desk} isPastComing />);
  await user.click(screen.getByRole('button', { name: 'Unpair this till' }));
  expect(screen.getByRole('alertdialog')).toHaveTextContent('What has not arrived by now will be missing');
});

test('a pairing that could not be forgotten is told, and stays', async () => {
  const desk = new FakeSyncDesk(IDLE_STATUS);
  desk.isKeyStuck = true;
  const { user } = await show(<UnpairCard status={desk.status()} desk={desk} isPastComing={false} />);
  await user.click(screen.getByRole('button', { name: 'Unpair this till' }));
  await user.click(screen.getByRole('button', { name: 'Unpair' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('This till is still paired');
  expect(desk.status().endpoint).toBeDefined();
});

test('what was set aside is not claimed to be at the endpoint', async () => {
  await showStatus({ setAside: [{ id: 'e', code: 'malformed', n: 4 }] });
  expect(sentence()).toHaveTextContent('Everything is at the endpoint but 1 entry that was set aside.');
});
