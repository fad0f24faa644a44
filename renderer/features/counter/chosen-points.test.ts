import { describe, expect, test } from 'vitest';
import { MAX_AMOUNT } from '#shared/domain/program.ts';
import { amountFor, isRightCost, listPointChoices, pointRange, type ChosenOffer } from './chosen-points.ts';

const offer = (at: number, step: number, maxCost: number, amount = 100): ChosenOffer => ({
  program: 'points',
  version: 1,
  reward: { kind: 'chosen-points', id: 'off', at, name: 'Off', step, amount },
  cost: at,
  times: 1,
  maxCost,
  until: null,
});

describe('how many points may be chosen', () => {
  test.each([
    ['from the first whole step of the price on', offer(70, 50, 300), { min: 100, max: 300, step: 50 }],
    ['from one step on where there is no price', offer(0, 50, 300), { min: 50, max: 300, step: 50 }],
    ['none where no whole step is within reach', offer(100, 30, 90), undefined],
    [
      'no more than the largest amount there is',
      offer(0, 1, 1_000, MAX_AMOUNT / 3),
      { min: 1, max: 3, step: 1 },
    ],
  ])('%s', (_, chosen, range) => {
    expect(pointRange(chosen)).toEqual(range);
  });

  test('is whole steps within the range', () => {
    const chosen = offer(70, 50, 300);
    expect([50, 100, 120, 300, 350].map((cost) => isRightCost(chosen, cost))).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(amountFor(chosen.reward, 150)).toBe(300);
  });
});

test('buttons show every step where they are few, else the smallest, the largest and some between', () => {
  expect(listPointChoices({ min: 100, max: 100, step: 50 })).toEqual([100]);
  expect(listPointChoices({ min: 100, max: 250, step: 50 })).toEqual([100, 150, 200, 250]);
  const many = listPointChoices({ min: 100, max: 5000, step: 100 });
  expect(many).toHaveLength(6);
  expect([many[0], many.at(-1)]).toEqual([100, 5000]);
  expect(many.every((cost) => cost % 100 === 0)).toBe(true);
});
