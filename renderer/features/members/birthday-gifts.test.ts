import { expect, test } from 'vitest';
import { stampProgram } from '#tests/arbitraries/member-events.ts';
import type { ProgramDefinition, Reward } from '#shared/domain/program.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { listBirthdayGifts } from './birthday-gifts.ts';

const CAKE: Reward = {
  kind: 'free-item',
  id: 'cake',
  at: 0,
  name: 'Cake',
  birthday: { daysBefore: 3, daysAfter: 7 },
};
const coffee = stampProgram({ id: 'coffee', version: 1, size: 10, milestoneAt: null });
const PROGRAM: ProgramDefinition = { ...coffee, rewards: [...coffee.rewards, CAKE] };

const stateOn = (day: string, birthday: string | null, taken: readonly number[] = []) =>
  listBirthdayGifts(
    PROGRAM,
    { gifts: taken.map((year) => ({ reward: 'cake', year })) },
    { day: day as PlainDay, birthday: birthday as PlainDay | null },
  ).map(({ state }) => state)[0];

test.each([
  ['without a birthday nothing can be said', '2026-05-01', null, { kind: 'no-birthday' }],
  ['before the days around it', '2026-05-01', '1990-05-10', { kind: 'waiting', from: '2026-05-07' }],
  ['on the first of these days', '2026-05-07', '1990-05-10', { kind: 'open', until: '2026-05-17' }],
  ['after the last one: next year', '2026-05-18', '1990-05-10', { kind: 'waiting', from: '2027-05-07' }],
  ['over the turn of the year', '2026-12-30', '1990-01-02', { kind: 'open', until: '2027-01-09' }],
  ['29 February in a common year', '2026-02-25', '1992-02-29', { kind: 'open', until: '2026-03-07' }],
  [
    'a baby has to wait for the first one',
    '2026-05-12',
    '2026-05-10',
    { kind: 'waiting', from: '2027-05-07' },
  ],
])('%s', (_, day, birthday, state) => {
  expect(stateOn(day, birthday)).toEqual(state);
});

test('once taken it is next year’s turn', () => {
  const taken = { kind: 'taken', year: 2026, next: '2027-05-07' };
  expect(stateOn('2026-05-12', '1990-05-10', [2026])).toEqual(taken);
  expect(stateOn('2026-05-12', '1990-05-10', [2025])).toEqual({ kind: 'open', until: '2026-05-17' });
});

test('a withdrawn program gives none', () => {
  const person = { day: '2026-05-12' as PlainDay, birthday: '1990-05-10' as PlainDay };
  expect(listBirthdayGifts({ ...PROGRAM, isWithdrawn: true }, { gifts: [] }, person)).toEqual([]);
});
