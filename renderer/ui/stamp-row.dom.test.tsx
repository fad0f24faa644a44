import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { StampRow } from './stamp-row.tsx';

function states(): readonly (string | null)[] {
  return [...screen.getByRole('img').querySelectorAll('[data-state]')].map((hole) =>
    hole.getAttribute('data-state'),
  );
}

test('is one picture with one description', () => {
  render(<StampRow total={10} filled={7} label="7 of 10, 3 to go" />);
  expect(screen.getByRole('img', { name: '7 of 10, 3 to go' })).toBeVisible();
  expect(states().filter((state) => state === 'filled')).toHaveLength(7);
  expect(states()).toHaveLength(10);
});

test('shows the new ones, the ghost and the gifts', () => {
  render(
    <StampRow
      total={6}
      filled={3}
      fresh={1}
      pending={2}
      marks={[{ position: 3, label: 'Cookie' }]}
      label="x"
    />,
  );
  expect(states()).toEqual(['filled', 'filled', 'fresh', 'pending', 'pending', 'empty']);
  const gifts = [...screen.getByRole('img').querySelectorAll('[data-gift]')];
  expect(gifts.map((gift) => gift.getAttribute('data-gift'))).toEqual(['milestone', 'last']);
  expect(screen.getByText('Cookie')).toBeVisible();
});

test('impossible numbers still draw a card', () => {
  render(<StampRow total={80} filled={90} fresh={99} pending={5} label="full" />);
  expect(states()).toHaveLength(50);
  expect(new Set(states())).toEqual(new Set(['fresh']));
});
