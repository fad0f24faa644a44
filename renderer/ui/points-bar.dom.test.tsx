import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { PointsBar } from './points-bar.tsx';

test('says how far it is, and never more than all of it', () => {
  render(<PointsBar value={250} max={100} pending={10} label="Points" valueText="ready" />);
  const bar = screen.getByRole('progressbar', { name: 'Points' });
  expect(bar).toHaveAttribute('aria-valuenow', '100');
  expect(bar).toHaveAttribute('aria-valuetext', 'ready');
});

test('beside a text that says so it is decoration', () => {
  render(<PointsBar value={1} max={10} label="" />);
  expect(screen.queryByRole('progressbar')).toBeNull();
});
