import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { NumberPad, type NumberPadKey } from './number-pad.tsx';

const labels = { pad: 'Keys', backspace: 'Delete', clear: 'Clear', plus: 'Plus', enter: 'Enter' };

test('each key says its name and leaves the focus in the field', async () => {
  const user = userEvent.setup();
  const onKey = vi.fn<(key: NumberPadKey) => void>();
  render(
    <>
      <input aria-label="Number" />
      <NumberPad hasPlus labels={labels} onKey={onKey} />
    </>,
  );
  await user.click(screen.getByLabelText('Number'));
  for (const name of ['4', '0', 'Plus', 'Delete', 'Clear', 'Enter']) {
    await user.click(screen.getByRole('button', { name }));
    expect(screen.getByLabelText('Number')).toHaveFocus();
  }
  expect(onKey.mock.calls.flat()).toEqual(['4', '0', 'plus', 'backspace', 'clear', 'enter']);
});

test('a disabled key is silent, plus is there only when asked for', async () => {
  const user = userEvent.setup();
  const onKey = vi.fn<(key: NumberPadKey) => void>();
  render(<NumberPad labels={labels} onKey={onKey} disabledKeys={['enter']} />);
  await user.click(screen.getByRole('button', { name: 'Enter' }));
  expect(onKey).not.toHaveBeenCalled();
  expect(screen.queryByRole('button', { name: 'Plus' })).not.toBeInTheDocument();
});
