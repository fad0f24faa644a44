import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Button } from './button.tsx';

const announced = () =>
  [...document.querySelectorAll('[data-live-announcer] [role=img]')].map(
    (node) =>
      document.querySelector(`#${CSS.escape(node.getAttribute('aria-labelledby') ?? '')}`)?.textContent,
  );

test('a pending button is announced by its name, and the announcement goes with the button', () => {
  const form = (isPending: boolean) => (
    <Button isPending={isPending} onPress={() => undefined}>
      Save
    </Button>
  );
  const { rerender } = render(form(false));
  screen.getByRole('button').focus();
  rerender(form(true));
  expect(announced()).toEqual(['Save']);
  rerender(form(false));
  expect(announced()).toEqual(['Save', 'Save']);
  rerender(<p>Saved</p>);
  expect(announced()).toEqual([]);
});
