import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { ComboBox } from './combo-box.tsx';

const countries = [
  { id: 'DE', label: 'Germany', detail: '+49' },
  { id: 'NG', label: 'Nigeria', detail: '+234' },
  { id: 'NE', label: 'Niger', detail: '+227' },
  { id: 'FR', label: 'France', detail: '+33' },
] as const;
type Id = (typeof countries)[number]['id'];

function Chooser({ initial }: { readonly initial: Id | null }) {
  const [value, setValue] = useState<Id | null>(initial);
  return (
    <>
      <ComboBox
        label="Country"
        emptyText="No such country"
        options={countries}
        value={value}
        onChange={setValue}
      />
      <output>{value}</output>
      <button type="button">Next</button>
    </>
  );
}

async function type(text: string, initial: Id | null = 'DE') {
  const user = userEvent.setup();
  render(<Chooser initial={initial} />);
  const box = screen.getByRole('combobox', { name: 'Country' });
  await user.clear(box);
  await user.type(box, text);
  return { user, box };
}

test.each(['{Enter}', '{Tab}'])('typed text and %s choose the first match', async (key) => {
  const { user, box } = await type('franc');
  await user.keyboard(key);
  expect(box).toHaveValue('France');
  expect(screen.getByRole('status', { hidden: true })).toHaveTextContent('FR');
});

test('leaving the field with the mouse chooses as well, also the first time', async () => {
  const { user, box } = await type('franc', null);
  // The open list hides the rest of the page from screen readers.
  await user.click(screen.getByText('Next'));
  expect(box).toHaveValue('France');
});

test('the country of exactly this name comes before one that only contains it', async () => {
  const { user, box } = await type('niger');
  await user.keyboard('{Enter}');
  expect(box).toHaveValue('Niger');
});

test.each(['{Enter}', '{Tab}'])(
  'text that matches nothing and %s: the old choice, and the reason',
  async (key) => {
    const { user, box } = await type('xyz');
    await user.keyboard(key);
    expect(box).toHaveValue('Germany');
    expect(box).toBeInvalid();
    expect(box).toHaveAccessibleDescription(/No such country/);
    await user.clear(box);
    await user.type(box, 'fr');
    expect(box).toBeValid();
  },
);

test('the option the arrows went to counts, and Escape keeps the old one', async () => {
  const { user, box } = await type('niger');
  await user.keyboard('{ArrowDown}{Enter}');
  expect(box).toHaveValue('Nigeria');
  await user.clear(box);
  await user.type(box, 'fran');
  await user.keyboard('{Escape}{Tab}');
  expect(box).toHaveValue('Nigeria');
});

test('an emptied field keeps the old choice', async () => {
  const { user, box } = await type('f');
  await user.clear(box);
  await user.tab();
  expect(box).toHaveValue('Germany');
});
