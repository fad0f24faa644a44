import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { expect, test } from 'vitest';
import { createI18n } from '#renderer/i18n/i18n.ts';
import { SyncLight } from './sync-light.tsx';

type Mood = Parameters<typeof SyncLight>[0]['mood'];

async function show(mood: Mood, unsentEvents = 0, language = 'en') {
  render(
    <I18nextProvider i18n={await createI18n(language)}>
      <SyncLight mood={mood} status={{ unsentEvents, unsentProfiles: 0 }} isCurrent={false} />
    </I18nextProvider>,
  );
  return screen.getByRole('link');
}

test.each([
  ['sent', 0, 'Sync: everything is sent'],
  ['out-of-touch', 0, 'Sync: everything is sent, no connection now'],
  ['waiting', 12, 'Sync: 12 entries wait'],
  ['waiting', 1, 'Sync: 1 entry waits'],
  ['catching-up', 0, 'Sync: fetching what the other tills did'],
  ['late', 3, '3 entries, the oldest has not been sent for more than a day'],
  ['overdue', 1, '1 entry has not been sent for more than three days'],
  ['held', 5, 'Sync is paused on this till, 5 entries wait'],
  ['held', 0, 'Sync is paused on this till'],
  ['look', 0, 'Sync: a manager should look at something'],
  ['manager', 4, 'Sync has stopped and needs a manager'],
] as const)('%s with %i waiting is said in words: %s', async (mood, unsent, words) => {
  const light = await show(mood, unsent);
  expect(light).toHaveAccessibleName(words);
  expect(light).toHaveAttribute('href', '#/sync');
});

test('only a number is written beside it, and a large one is cut', async () => {
  expect(await show('waiting', 4321)).toHaveTextContent(/^999\+$/);
});

test('nothing is written where there is nothing to count', async () => {
  expect(await show('sent')).toHaveTextContent(/^$/);
});

test('it takes no focus by itself, and shows its words to the keyboard as well', async () => {
  const light = await show('late', 3);
  expect(light).not.toHaveFocus();
  await userEvent.tab();
  expect(light).toHaveFocus();
  expect(await screen.findByRole('tooltip')).toHaveTextContent('3 entries');
});
