import { MAX_AMOUNT, type Reward } from '#shared/domain/program.ts';
import type { ReadyReward } from '#shared/domain/rewards.ts';

/** Where the member chooses how many points to use: whole steps, not fewer than the reward begins with. */

export type ChosenReward = Reward & { readonly kind: 'chosen-points' };
export type ChosenOffer = ReadyReward & { readonly reward: ChosenReward };

export interface PointRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

export const isChosen = (ready: ReadyReward): ready is ChosenOffer => ready.reward.kind === 'chosen-points';

/** Undefined when no whole step is within reach. */
export function pointRange({ reward, maxCost = 0 }: ChosenOffer): PointRange | undefined {
  const { step, amount } = reward;
  const min = Math.max(1, Math.ceil(reward.at / step)) * step;
  // What is taken off is an amount like any other.
  const most = Math.floor(MAX_AMOUNT / amount) * step;
  const max = Math.min(maxCost - (maxCost % step), most);
  return min > max ? undefined : { min, max, step };
}

/** Minor units that `cost` points take off. Whole steps, so it is exact. */
export const amountFor = ({ step, amount }: ChosenReward, cost: number): number => (cost / step) * amount;

export const isRightCost = (offer: ChosenOffer, cost: number): boolean => {
  const range = pointRange(offer);
  return range !== undefined && cost >= range.min && cost <= range.max && cost % range.step === 0;
};

/** The most buttons a glance takes in. */
const MOST_BUTTONS = 6;

/** Steps worth a button of their own: all of them where they are few, else spread evenly, the smallest and the largest among them. */
export function listPointChoices({ min, max, step }: PointRange): number[] {
  const steps = (max - min) / step;
  const gaps = Math.min(steps, MOST_BUTTONS - 1);
  if (gaps === 0) return [min];
  return Array.from({ length: gaps + 1 }, (_, at) => min + Math.round((steps * at) / gaps) * step);
}
