import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { useEffect } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ToastRegion, type Toast } from './toast.tsx';
import { useToasts } from './use-toasts.ts';

type Show = (toast: Toast) => void;

function Region({ onReady }: { readonly onReady: (show: Show) => void }) {
  const { toasts, show, dismiss } = useToasts();
  useEffect(() => {
    onReady(show);
  }, [onReady, show]);
  return <ToastRegion toasts={toasts} onDismiss={dismiss} label="Messages" dismissLabel="Dismiss" />;
}

function renderRegion(): Show {
  const shown: Show[] = [];
  render(<Region onReady={(show) => shown.push(show)} />);
  return (toast) => act(() => shown.at(-1)?.(toast));
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('good news is polite and leaves by itself, an error interrupts and stays', () => {
  const show = renderRegion();
  show({ id: 'saved', message: 'Saved' });
  show({ id: 'full', message: 'The disk is full', tone: 'error' });
  expect(within(screen.getByRole('status')).getByText('Saved')).toBeVisible();
  expect(within(screen.getByRole('alert')).getByText('The disk is full')).toBeVisible();
  act(() => void vi.advanceTimersByTime(7_000));
  expect(screen.queryByText('Saved')).not.toBeInTheDocument();
  expect(screen.getByText('The disk is full')).toBeVisible();
});

test('nothing leaves under the pointer', () => {
  const show = renderRegion();
  show({ id: 'saved', message: 'Saved' });
  fireEvent.pointerEnter(screen.getByRole('region', { name: 'Messages' }));
  act(() => void vi.advanceTimersByTime(60_000));
  expect(screen.getByText('Saved')).toBeVisible();
  fireEvent.pointerLeave(screen.getByRole('region', { name: 'Messages' }));
  act(() => void vi.advanceTimersByTime(7_000));
  expect(screen.queryByText('Saved')).not.toBeInTheDocument();
});

test('the action runs once and closes its toast', () => {
  const onPress = vi.fn<() => void>();
  const show = renderRegion();
  show({ id: 'done', message: 'Done', action: { label: 'Undo', onPress } });
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(onPress).toHaveBeenCalledOnce();
  expect(screen.queryByText('Done')).not.toBeInTheDocument();
});

test('the same id replaces, and only the newest four are shown', () => {
  const show = renderRegion();
  show({ id: 'count', message: 'One' });
  show({ id: 'count', message: 'Two' });
  expect(screen.queryByText('One')).not.toBeInTheDocument();
  for (const id of ['a', 'b', 'c', 'd']) show({ id, message: id });
  expect(screen.queryByText('Two')).not.toBeInTheDocument();
  expect(screen.getByText('d')).toBeVisible();
});
