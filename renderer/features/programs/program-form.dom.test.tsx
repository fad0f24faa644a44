import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { beforeAll, expect, test } from 'vitest';
import type { i18n as I18n } from 'i18next';
import { createI18n } from '#renderer/i18n/i18n.ts';
import { PlatformProvider, type Platform } from '#renderer/platform/platform-context.tsx';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { makeProgram, STAMP_PRESETS } from '#shared/domain/program.ts';
import type { ProgramId } from '#shared/lib/brand.ts';
import { draftOf, findDraftProblems } from './program-draft.ts';
import { ProgramForm } from './program-form.tsx';

const bakery = STAMP_PRESETS.find(({ key }) => key === 'bakery');
if (!bakery) throw new Error('no bakery preset');
const names = { name: 'Bakery card', finalReward: 'Cake', milestoneReward: 'Bun' };
const program = makeProgram({ id: 'bakery' as ProgramId, preset: bakery, ...names });
const platform = { ids: createRandomIds() } as unknown as Platform;

let i18n: I18n;
beforeAll(async () => {
  i18n = await createI18n('en');
});

function Form() {
  const [draft, setDraft] = useState(() => draftOf(program));
  return <ProgramForm draft={draft} problems={findDraftProblems(draft)} onChange={setDraft} />;
}

const show = (form: ReactNode) =>
  render(
    <I18nextProvider i18n={i18n}>
      <PlatformProvider value={platform}>{form}</PlatformProvider>
    </I18nextProvider>,
  );

const field = (name: string) => screen.getByRole('textbox', { name });

async function typeNumber(name: string, text: string) {
  const user = userEvent.setup();
  await user.clear(field(name));
  await user.type(field(name), text);
  await user.tab();
}

test('a problem stands beside the field it belongs to and is read with it', async () => {
  const user = userEvent.setup();
  show(<Form />);
  await user.clear(field('Name of the card'));
  expect(field('Name of the card')).toBeInvalid();
  expect(field('Name of the card')).toHaveAccessibleDescription(/give it a name/);
  expect(field('For a full card')).toBeValid();
});

test('welcome stamps that fill the card are told at the welcome stamps', async () => {
  show(<Form />);
  await typeNumber('Welcome stamps', '12');
  expect(field('Welcome stamps')).toHaveAccessibleDescription(/full before the first visit/);
});

test('a card made shorter than its milestone is told at the milestone, and mended by removing it', async () => {
  const user = userEvent.setup();
  show(<Form />);
  await typeNumber('Stamps on one card', '5');
  expect(field('At stamp')).toHaveAccessibleDescription('The card ends before this place.');
  await user.click(screen.getByRole('button', { name: 'Remove the reward at stamp 6' }));
  expect(screen.queryByText('The card ends before this place.')).not.toBeInTheDocument();
});

test('an emptied limit is no limit, and a limit below one visit is told', async () => {
  show(<Form />);
  const user = userEvent.setup();
  await user.clear(field('Stamps in one visit'));
  await user.tab();
  expect(field('Stamps in one visit')).toBeValid();
  await typeNumber('Stamps for one visit', '3');
  await typeNumber('Stamps in one visit', '2');
  expect(field('Stamps in one visit')).toHaveAccessibleDescription(/already earns more/);
});

test('every picture has a name, and one is chosen', async () => {
  const user = userEvent.setup();
  show(<Form />);
  const pictures = within(screen.getByRole('group', { name: 'Picture of a stamp' }));
  expect(pictures.getByRole('radio', { name: 'Heart' })).toBeChecked();
  await user.click(pictures.getByRole('radio', { name: 'Croissant' }));
  expect(pictures.getByRole('radio', { name: 'Croissant' })).toBeChecked();
});
