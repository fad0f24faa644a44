import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { NumberedList } from './numbered-list.tsx';

const ITEMS = [
  { id: 'a', label: 'Paper card' },
  { id: 'b', label: 'Returned cup', note: '+5 points' },
];

test('a digit chooses and does nothing yet; Enter does it', async () => {
  const onAction = vi.fn<(id: string) => void>();
  render(<NumberedList label="More" items={ITEMS} onAction={onAction} />);
  expect(screen.getByRole('button', { name: /Paper card/ })).toHaveFocus();
  await userEvent.keyboard('2');
  expect(screen.getByRole('button', { name: /Returned cup/ })).toHaveFocus();
  expect(onAction).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  expect(onAction.mock.calls).toEqual([['b']]);
});

test('arrows go around, and a digit beyond the list changes nothing', async () => {
  render(<NumberedList label="More" items={ITEMS} onAction={() => undefined} />);
  await userEvent.keyboard('{ArrowUp}');
  expect(screen.getByRole('button', { name: /Returned cup/ })).toHaveFocus();
  await userEvent.keyboard('9');
  expect(screen.getByRole('button', { name: /Returned cup/ })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  expect(screen.getByRole('button', { name: /Paper card/ })).toHaveFocus();
});
