import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { TallyButtons } from './tally-buttons.tsx';

test('each press is one more, and what was counted can be taken back one by one', async () => {
  const onMore = vi.fn<(id: string) => void>();
  const onLess = vi.fn<(id: string) => void>();
  render(
    <TallyButtons
      label="Items"
      groups={[
        {
          id: 'all',
          title: 'Bakery',
          items: [
            { id: 'bread', label: 'Bread', count: 2 },
            { id: 'cake', label: 'Cake', count: 0 },
          ],
        },
      ]}
      onMore={onMore}
      onLess={onLess}
      lessLabel={({ label }) => `One ${label} less`}
    />,
  );
  expect(screen.getByRole('group', { name: 'Bakery' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Cake' }));
  await userEvent.click(screen.getByRole('button', { name: 'Bread 2' }));
  await userEvent.click(screen.getByRole('button', { name: 'One Bread less' }));
  expect(onMore.mock.calls).toEqual([['cake'], ['bread']]);
  expect(onLess.mock.calls).toEqual([['bread']]);
  expect(screen.queryByRole('button', { name: 'One Cake less' })).toBeNull();
});
