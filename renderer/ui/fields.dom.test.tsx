import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { ComboBox } from './combo-box.tsx';
import { NumberField } from './number-field.tsx';
import { RadioCards } from './radio-cards.tsx';
import { Segmented } from './segmented.tsx';
import { Select } from './select.tsx';
import { TextField } from './text-field.tsx';

const countries = [
  { id: 'FR', label: 'France', detail: '+33' },
  { id: 'TR', label: 'Türkiye', detail: '+90', keywords: 'Turkey' },
  { id: 'DE', label: 'Germany', detail: '+49' },
] as const;

test('an error is part of what a screen reader says about the field', () => {
  render(<TextField label="Name" description="As on the card" error="Too short" />);
  const field = screen.getByLabelText('Name');
  expect(field).toBeInvalid();
  expect(field).toHaveAccessibleDescription(/As on the card/);
  expect(field).toHaveAccessibleDescription(/Too short/);
});

test('a numeric field runs left to right', () => {
  render(<TextField label="Number" isNumeric value="0612" onChange={() => undefined} />);
  expect(screen.getByLabelText('Number')).toHaveAttribute('dir', 'ltr');
});

test('the stepper counts and stops at its ends', async () => {
  const user = userEvent.setup();
  const onChange = vi.fn<(value: number) => void>();
  render(
    <NumberField
      label="Count"
      defaultValue={2}
      maxValue={3}
      onChange={onChange}
      increaseLabel="More"
      decreaseLabel="Fewer"
    />,
  );
  await user.click(screen.getByRole('button', { name: /More/ }));
  expect(onChange).toHaveBeenLastCalledWith(3);
  expect(screen.getByRole('button', { name: /More/ })).toBeDisabled();
});

test('a select is chosen with the keyboard', async () => {
  const user = userEvent.setup();
  const onChange = vi.fn<(value: 'FR' | 'TR' | 'DE') => void>();
  render(<Select label="Country" options={countries} value="FR" onChange={onChange} />);
  await user.tab();
  await user.keyboard('{Enter}{ArrowDown}{Enter}');
  expect(onChange).toHaveBeenCalledWith('TR');
});

test.each([
  ['turk', 'Türkiye'],
  ['+49', 'Germany'],
  ['Turkey', 'Türkiye'],
])('a combo box finds %s without accents, by detail and by keyword', async (typed, found) => {
  const user = userEvent.setup();
  function Chooser() {
    const [value, setValue] = useState<'FR' | 'TR' | 'DE' | null>(null);
    return (
      <ComboBox label="Country" emptyText="None" options={countries} value={value} onChange={setValue} />
    );
  }
  render(<Chooser />);
  await user.type(screen.getByRole('combobox', { name: 'Country' }), typed);
  expect(screen.getAllByRole('option')).toHaveLength(1);
  await user.keyboard('{ArrowDown}{Enter}');
  expect(screen.getByRole('combobox', { name: 'Country' })).toHaveValue(found);
});

test('cards and segments hand over the id of the choice', async () => {
  const user = userEvent.setup();
  const onCard = vi.fn<(value: 'a' | 'b') => void>();
  const onSegment = vi.fn<(value: 'a' | 'b') => void>();
  render(
    <>
      <RadioCards
        label="Start with"
        cards={[
          { id: 'a', title: 'Alpha', description: 'The first' },
          { id: 'b', title: 'Beta' },
        ]}
        value={null}
        onChange={onCard}
      />
      <Segmented
        label="View"
        segments={[
          { id: 'a', label: 'Day' },
          { id: 'b', label: 'Week' },
        ]}
        value="a"
        onChange={onSegment}
      />
    </>,
  );
  await user.click(screen.getByRole('radio', { name: /Beta/ }));
  expect(onCard).toHaveBeenCalledWith('b');
  await user.click(screen.getByRole('radio', { name: 'Week' }));
  expect(onSegment).toHaveBeenCalledWith('b');
});

test('a number field that is asked tells whole numbers while they are typed, and stays typable', async () => {
  const user = userEvent.setup();
  const typed: number[] = [];
  function Typed() {
    const [value, setValue] = useState(7);
    return (
      <NumberField
        label="Stamps"
        value={value}
        onChange={setValue}
        onType={(number) => {
          typed.push(number);
          setValue(number);
        }}
        minValue={1}
      />
    );
  }
  render(<Typed />);
  const input = screen.getByRole('textbox', { name: 'Stamps' });
  await user.clear(input);
  await user.type(input, '12500');
  expect(typed).toEqual([Number.NaN, 1, 12, 125, 1250, 12_500]);
  expect(input).toHaveValue('12,500');
});
