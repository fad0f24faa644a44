import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, Route, Routes, useNavigate } from 'react-router';
import { expect, test } from 'vitest';
import { useAnnounceScreen } from './use-announce-screen.ts';

function Shell() {
  useAnnounceScreen();
  return (
    <Routes>
      <Route path="/" element={<Go to="/members" />} />
      <Route path="/members" element={<Titled key="members" field />} />
      <Route path="/settings" element={<Titled key="settings" />} />
    </Routes>
  );
}

function Go({ to }: { readonly to: string }) {
  const navigate = useNavigate();
  return (
    <main>
      <h1>Counter</h1>
      <button type="button" onClick={() => void navigate(to)}>
        Go
      </button>
    </main>
  );
}

function Titled({ field = false }: { readonly field?: boolean }) {
  const navigate = useNavigate();
  return (
    <main>
      <h1>Title</h1>
      {field ? <input aria-label="Search" autoFocus /> : null}
      <button type="button" onClick={() => void navigate(field ? '/settings' : '/')}>
        Go
      </button>
    </main>
  );
}

test('the heading of a new screen gets the focus only when nothing else has it', async () => {
  const user = userEvent.setup();
  const nextFrame = () => new Promise(requestAnimationFrame);
  const go = async () => {
    await user.click(screen.getByRole('button', { name: 'Go' }));
    await nextFrame();
  };
  render(
    <MemoryRouter>
      <Shell />
    </MemoryRouter>,
  );
  expect(document.body).toHaveFocus();
  await go();
  expect(screen.getByLabelText('Search')).toHaveFocus();
  await go();
  expect(screen.getByRole('heading', { name: 'Title' })).toHaveFocus();
  await go();
  expect(document.body).toHaveFocus();
});
