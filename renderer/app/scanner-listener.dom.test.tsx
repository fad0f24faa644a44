import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { MemoryRouter, useLocation } from 'react-router';
import { expect, test, vi } from 'vitest';
import { ScannerListener } from './scanner-listener.tsx';
import { useAnnounceScreen } from './use-announce-screen.ts';

const CODE = 'CARD-9F2K';

function Place() {
  useAnnounceScreen();
  const { pathname, state } = useLocation();
  return <output>{`${pathname} ${JSON.stringify(state)}`}</output>;
}

function Field({ kind, text = '' }: { readonly kind: 'counter' | 'name' | 'note'; readonly text?: string }) {
  const [value, setValue] = useState(text);
  const props = { name: kind, value, 'aria-label': kind };
  return kind === 'note' ? (
    <textarea {...props} onChange={(event) => setValue(event.target.value)} />
  ) : (
    <input {...props} onChange={(event) => setValue(event.target.value)} />
  );
}

function open(children: React.ReactNode) {
  const onSubmit = vi.fn<() => void>();
  render(
    <MemoryRouter initialEntries={['/settings']}>
      <ScannerListener />
      <Place />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
      </form>
    </MemoryRouter>,
  );
  return { onSubmit };
}

/** As fast as a scanner, into whatever has the focus. @returns whether the Enter was left to the page. */
function scan(target: HTMLElement = document.body): boolean {
  for (const key of CODE) {
    fireEvent.keyDown(target, { key });
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
      fireEvent.change(target, { target: { value: target.value + key } });
    }
  }
  return fireEvent.keyDown(target, { key: 'Enter' });
}

const place = () => screen.getByRole('status', { hidden: true }).textContent;
const SCANNED = `/ {"scan":"${CODE}"}`;

test('with no field being edited a scan leads to the counter', () => {
  open(<button type="button">Save</button>);
  expect(scan(screen.getByRole('button'))).toBe(false);
  expect(place()).toBe(SCANNED);
});

test('with the focus nowhere as well', () => {
  open(null);
  scan();
  expect(place()).toBe(SCANNED);
});

test('a search field gets its text back and lets the scan go on', () => {
  open(
    <div role="search">
      <Field kind="name" text="Ada" />
    </div>,
  );
  const field = screen.getByLabelText('name');
  scan(field);
  expect(field).toHaveValue('Ada');
  expect(place()).toBe(SCANNED);
});

test.each(['name', 'note'] as const)(
  'being edited, a field (%s) gets its text back and keeps its screen',
  (kind) => {
    open(<Field kind={kind} text="Ada" />);
    const field = screen.getByLabelText(kind);
    expect(scan(field)).toBe(false);
    expect(field).toHaveValue('Ada');
    expect(place()).toBe('/settings null');
  },
);

test('on the counter only a name that was begun holds a scan back', () => {
  open(
    <>
      <Field kind="counter" />
      <Field kind="name" />
    </>,
  );
  const name = screen.getByLabelText('name');
  fireEvent.change(name, { target: { value: 'Ada' } });
  scan(name);
  expect(place()).toBe('/settings null');
  fireEvent.change(name, { target: { value: '' } });
  scan(name);
  expect(place()).toBe(SCANNED);
});

test.each(['dialog', 'alertdialog'])('in a %s the code is typed, and its Enter sends nothing', (role) => {
  const { onSubmit } = open(
    <div role={role} aria-label="Ask">
      <Field kind="name" text="Ada " />
      <button type="submit">Yes</button>
    </div>,
  );
  const field = screen.getByLabelText('name');
  expect(scan(field)).toBe(false);
  expect(field).toHaveValue(`Ada ${CODE}`);
  expect(scan(screen.getByRole('button'))).toBe(false);
  expect(place()).toBe('/settings null');
  expect(onSubmit).not.toHaveBeenCalled();
});
