import { expect, test, vi } from 'vitest';
import { typeSaleFromName } from './name-keys.ts';
import { NO_SALE } from './sale-entry.ts';
import type { Counter } from './use-counter.ts';

function press(name: string, key: string, options: { readonly code?: string; readonly asks?: boolean } = {}) {
  const { code = '', asks = true } = options;
  const counter = {
    typeName: vi.fn<Counter['typeName']>(),
    openAmount: vi.fn<Counter['openAmount']>(),
    amountDigit: vi.fn<Counter['amountDigit']>(),
  };
  const preventDefault = vi.fn<() => void>();
  const focusInput = vi.fn<() => void>();
  typeSaleFromName(
    { key, code, altKey: false, ctrlKey: false, metaKey: false, repeat: false, preventDefault },
    { ...counter, name, sale: NO_SALE, needs: { amount: asks } } as unknown as Counter,
    focusInput,
  );
  return { ...counter, preventDefault, focusInput };
}

test.each(['Anna.', 'Anna,', 'Anna .', '.'])('a digit behind %j begins the amount', (name) => {
  const { typeName, openAmount, amountDigit, preventDefault, focusInput } = press(name, '1');
  expect(typeName).toHaveBeenCalledWith(name === '.' ? '' : 'Anna');
  expect(openAmount).toHaveBeenCalled();
  expect(amountDigit).toHaveBeenCalledWith('1');
  expect(preventDefault).toHaveBeenCalled();
  expect(focusInput).toHaveBeenCalled();
});

test('the point of the number pad opens the amount at once', () => {
  const { openAmount, amountDigit } = press('Anna', '.', { code: 'NumpadDecimal' });
  expect(openAmount).toHaveBeenCalled();
  expect(amountDigit).not.toHaveBeenCalled();
});

test.each([
  ['the point of an initial', 'J', '.', {}],
  ['a letter behind it', 'J.', 'S', {}],
  ['a digit of a name', 'Anna ', '2', {}],
  ['a point where no amount is asked', 'Anna.', '1', { asks: false }],
])('%s stays in the name', (_, name, key, options) => {
  const { openAmount, preventDefault } = press(name, key, options);
  expect(openAmount).not.toHaveBeenCalled();
  expect(preventDefault).not.toHaveBeenCalled();
});
