import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { i18n as I18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { beforeAll, expect, test } from 'vitest';
import type { WhatIfDesk, WhatIfState } from '#renderer/data/what-if/what-if-desk.ts';
import type { WhatIfFailure, WhatIfReport, WhatIfRequest } from '#renderer/data/what-if/what-if-job.ts';
import { FormatProvider } from '#renderer/i18n/format-context.tsx';
import { createI18n } from '#renderer/i18n/i18n.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { whatIfPeriod } from '#shared/domain/what-if-period.ts';
import type { SideResult } from '#shared/domain/what-if-tally.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { err, ok } from '#shared/lib/result.ts';
import { PLAIN_PROGRAM } from '#tests/fakes/program-parts.ts';
import { WhatIfPanel } from './what-if-panel.tsx';

const TODAY = '2026-03-31' as PlainDay;
const base: ProgramDefinition = {
  ...PLAIN_PROGRAM,
  id: 'coffee',
  name: 'Coffee card',
  unit: { kind: 'stamps', size: 10, icon: 'cup' },
  rewards: [{ kind: 'free-item', id: 'final', at: 10, name: 'Free coffee', value: 250 }],
};
const draft: ProgramDefinition = { ...base, unit: { kind: 'stamps', size: 8, icon: 'cup' } };

const side = (change: Partial<SideResult>): SideResult => ({
  units: 100,
  rewards: 8,
  cost: 2000,
  unpriced: 0,
  rewarded: 6,
  donations: 0,
  expired: 0,
  overLimit: 0,
  byReward: [],
  tiers: [],
  months: [],
  ...change,
});
const report = (change: Partial<WhatIfReport> = {}): WhatIfReport => ({
  period: whatIfPeriod(TODAY, 1, [base]),
  visits: 100,
  visitors: 20,
  now: side({}),
  draft: side({ rewards: 11, cost: 2750, rewarded: 9 }),
  notes: [{ code: 'taken-at-once' }, { code: 'without-amount', count: 3 }],
  events: 120,
  unreadable: 0,
  ...change,
});

/** A desk that does nothing by itself. */
function handDesk() {
  let state: WhatIfState = { kind: 'idle' };
  const listeners = new Set<() => void>();
  const started: WhatIfRequest[] = [];
  const set = (next: WhatIfState) =>
    act(() => {
      state = next;
      for (const listener of listeners) listener();
    });
  const failed = (failure: WhatIfFailure) => {
    const [request] = started.slice(-1);
    if (request) set({ kind: 'finished', request, result: err(failure) });
  };
  const desk: WhatIfDesk = {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: (request) => {
      started.push(request);
      state = { kind: 'running', request, progress: undefined };
      for (const listener of listeners) listener();
      return new Promise(() => undefined);
    },
    cancel: () => failed({ code: 'cancelled' }),
  };
  return {
    desk,
    started,
    failed,
    progress: (events: number) => {
      const [request] = started.slice(-1);
      if (request) set({ kind: 'running', request, progress: { events, part: 0.5 } });
    },
    finish: (value: WhatIfReport) => {
      const [request] = started.slice(-1);
      if (request) set({ kind: 'finished', request, result: ok(value) });
    },
  };
}

let i18n: I18n;
beforeAll(async () => {
  i18n = await createI18n('en');
});

interface Shown {
  readonly draft?: ProgramDefinition;
  readonly base?: ProgramDefinition | undefined;
  readonly isDraftValid?: boolean;
}

function panelFor(desk: WhatIfDesk, props: Shown) {
  const all = { draft, base, isDraftValid: true, ...props };
  return (
    <I18nextProvider i18n={i18n}>
      <FormatProvider>
        <WhatIfPanel {...all} desk={desk} today={TODAY} />
      </FormatProvider>
    </I18nextProvider>
  );
}

function show(props: Shown = {}) {
  const hand = handDesk();
  const { rerender } = render(panelFor(hand.desk, props));
  return { ...hand, change: (next: Shown) => rerender(panelFor(hand.desk, next)) };
}

const press = (name: string) => userEvent.setup().click(screen.getByRole('button', { name }));
const start = () => press('Play them again');
const rowOf = (name: string) => {
  const cells = within(screen.getByRole('row', { name: new RegExp(`^${name}`) }));
  return [cells.getByRole('rowheader'), ...cells.getAllByRole('gridcell')].map((cell) => cell.textContent);
};

test('the last month is played unless another period is chosen', async () => {
  const { started } = show();
  await start();
  expect(started).toEqual([{ draft, base, today: TODAY, months: 1 }]);
});

test('a chosen period is played', async () => {
  const { started } = show();
  await userEvent.setup().click(screen.getByRole('radio', { name: 'Last 12 months' }));
  await start();
  expect(started[0]?.months).toBe(12);
});

test('a draft with mistakes can’t be played, and the button says why', async () => {
  const { started } = show({ isDraftValid: false });
  const button = screen.getByRole('button', { name: 'Play them again' });
  expect(button).toBeDisabled();
  expect(button).toHaveAccessibleDescription('First mend what the draft still lacks.');
  await start();
  expect(started).toEqual([]);
});

test('how far it is stands there, and it can be stopped', async () => {
  const { progress } = show();
  await start();
  progress(1234);
  expect(screen.getByText('1,234 entries read')).toBeVisible();
  expect(screen.getByRole('progressbar', { name: 'Playing the visits again…' })).toHaveAttribute(
    'aria-valuenow',
    '0.5',
  );
  await press('Stop');
  expect(screen.getByText('Stopped. Nothing was changed.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Play them again' })).toBeEnabled();
});

test('both sides are told in words and in a table, with what differs', async () => {
  const { finish } = show();
  await start();
  finish(report());
  expect(screen.getByText(/^100 visits of 20 members, from 1 March 2026/)).toHaveTextContent(
    /11 rewards instead of 8 rewards.*€27\.50 instead of €20\.00/,
  );
  expect(rowOf('Rewards reached')).toEqual(['Rewards reached', '8', '11', '+3']);
  expect(rowOf('Cost of the rewards')).toEqual(['Cost of the rewards', '€20.00', '€27.50', '+€7.50']);
  expect(rowOf('Given')).toEqual(['Given', '100 stamps', '100 stamps', 'none']);
  expect(screen.queryByText('Expired unused')).not.toBeInTheDocument();
});

test('what the figures take for granted is said', async () => {
  const { finish } = show();
  await start();
  finish(report({ unreadable: 2 }));
  const notes = within(screen.getByRole('list'))
    .getAllByRole('listitem')
    .map((item) => item.textContent);
  expect(notes[0]).toMatch(/^Everybody begins with nothing on/);
  expect(notes).toContain('At 3 visits nobody typed an amount; they earn nothing by amount.');
  expect(notes).toContain('2 entries of a newer app are left out.');
});

test('a draft that was changed since makes the figures old until it is played again', async () => {
  const { finish, change } = show();
  await start();
  finish(report());
  expect(screen.queryByText('The draft has changed: run again.')).not.toBeInTheDocument();
  change({ draft: { ...draft, headStart: 2 } });
  expect(screen.getByText('The draft has changed: run again.')).toBeVisible();
  change({ draft: { ...draft } });
  expect(screen.queryByText('The draft has changed: run again.')).not.toBeInTheDocument();
  await userEvent.setup().click(screen.getByRole('radio', { name: 'Last 3 months' }));
  expect(screen.getByText('These are the figures of another period: run again.')).toBeVisible();
  await press('Run again');
  expect(screen.queryByText(/run again\./)).not.toBeInTheDocument();
});

test('a program that is new stands alone', async () => {
  const { finish, started } = show({ base: undefined });
  await start();
  expect(started[0]?.base).toBeUndefined();
  finish(report({ now: undefined }));
  expect(
    screen.getByText(/The program would have given 11 rewards\. They would have cost €27\.50\./),
  ).toBeVisible();
  expect(screen.queryByRole('columnheader', { name: 'Difference' })).not.toBeInTheDocument();
});

test('rewards, tiers and months have tables of their own where there are several', async () => {
  const { finish } = show();
  await start();
  const [final] = base.rewards;
  if (!final) return expect.fail('there is a reward');
  const cookie = { kind: 'free-item' as const, id: 'cookie', at: 5, name: 'Cookie' };
  const gold = { id: 'gold', name: 'Gold', from: 10, percent: 100, note: '' };
  const months = whatIfPeriod(TODAY, 3, []).months.map(({ from, to }) => ({
    from,
    to,
    units: 30,
    rewards: 2,
    cost: 500,
    expired: 0,
  }));
  finish(
    report({
      now: side({ byReward: [{ reward: final, times: 8, cost: 2000 }], months }),
      draft: side({
        unpriced: 4,
        byReward: [
          { reward: cookie, times: 4, cost: undefined },
          { reward: final, times: 8, cost: 2000 },
        ],
        tiers: [
          { level: null, members: 15 },
          { level: gold, members: 5 },
        ],
        months,
      }),
    }),
  );
  expect(rowOf('Free coffee')).toEqual(['Free coffee', '8 × · €20.00', '8 × · €20.00']);
  expect(rowOf('Cookie')).toEqual(['Cookie', '0 ×', '4 ×']);
  expect(rowOf('Gold')).toEqual(['Gold', '–', '5']);
  expect(screen.getAllByRole('rowheader', { name: / to / })).toHaveLength(3);
  expect(screen.getAllByText('30 / 30')).toHaveLength(3);
});

test('rewards without a value say that a value would tell their cost', async () => {
  const { finish } = show();
  await start();
  const unpriced = side({ cost: 0, unpriced: 8 });
  finish(report({ now: unpriced, draft: unpriced }));
  expect(screen.getByText(/Give your rewards a value/)).toBeVisible();
  expect(screen.queryByText('Cost of the rewards')).not.toBeInTheDocument();
});

test('no visits at all are told', async () => {
  const { finish } = show();
  await start();
  finish(report({ visits: 0, visitors: 0 }));
  expect(screen.getByText(/There were no visits from/)).toBeVisible();
  expect(screen.queryByRole('grid')).not.toBeInTheDocument();
});

test.each([
  [{ code: 'storage', problem: 'closed' }, /.+/],
  [{ code: 'newer-data' }, /newer version of the app/],
  [{ code: 'busy' }, /still running/],
  [{ code: 'broken' }, /did not work/],
] as const)('$0.code is told as an alert', async (failure, text) => {
  const { failed } = show();
  await start();
  failed(failure);
  expect(screen.getByRole('alert')).toHaveTextContent(text);
});
