import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import './base.css';
import type { RowRange } from './plan-window.ts';
import { VirtualList } from './virtual-list.tsx';

const ITEM_COUNT = 100_000;

test('100,000 rows: some thirty in the DOM, all of them within reach of the keyboard', async () => {
  const onAction = vi.fn<(index: number) => void>();
  const ranges: RowRange[] = [];
  await render(
    <VirtualList
      label="Rows"
      itemCount={ITEM_COUNT}
      height="600px"
      renderRow={(index) => <span>Row {index}</span>}
      onAction={onAction}
      onRangeChange={(range) => ranges.push(range)}
    />,
  );
  const rowCount = () => document.querySelectorAll('[role=option]').length;
  expect(rowCount()).toBeGreaterThan(9);
  expect(rowCount()).toBeLessThan(31);

  await userEvent.tab();
  await expect.element(page.getByRole('listbox', { name: 'Rows' })).toHaveFocus();
  await userEvent.keyboard('{End}');
  await expect.element(page.getByText('Row 99999')).toBeInViewport();
  expect(rowCount()).toBeLessThan(31);
  await userEvent.keyboard('{ArrowUp}{Enter}');
  expect(onAction).toHaveBeenLastCalledWith(ITEM_COUNT - 2);

  await userEvent.keyboard('{Home}');
  await expect.element(page.getByText('Row 0', { exact: true })).toBeInViewport();
  await userEvent.keyboard('{PageDown}{Enter}');
  expect(onAction).toHaveBeenLastCalledWith(8);
  expect(ranges.at(-1)?.start).toBe(0);
  expect(ranges.some((range) => range.end === ITEM_COUNT)).toBe(true);
});

test('the active row stays known to screen readers when it is scrolled away', async () => {
  await render(
    <VirtualList
      label="Rows"
      itemCount={ITEM_COUNT}
      height="600px"
      activeIndex={3}
      renderRow={(index) => <span>Row {index}</span>}
    />,
  );
  const list = document.querySelector('[role=listbox]');
  list?.scrollTo({ top: 2_000_000 });
  await expect.element(page.getByText('Row 31250')).toBeInViewport();
  const activeId = list?.getAttribute('aria-activedescendant') ?? '';
  expect(document.querySelector(`#${CSS.escape(activeId)}`)?.textContent).toBe('Row 3');
});
