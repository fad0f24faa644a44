import type { ProgramDefinition, StampProgram } from '#shared/domain/program.ts';

/** What the picture of a card shows before anybody has one. Half-typed numbers count as nothing. */

const orNothing = (value: number): number => (Number.isFinite(value) ? value : 0);

/** The card of somebody who has joined and come once. */
export function previewStamps({ headStart, earn }: StampProgram, size: number): number {
  const visit = earn.find(({ kind }) => kind === 'visit');
  const earned = orNothing(headStart) + orNothing(visit?.units ?? 1);
  return Math.min(size, earned);
}

export interface PreviewBalance {
  /** Absent where nothing is collected: a program that only sells a pass. */
  readonly balance: number | undefined;
  readonly next: { readonly name: string; readonly left: number; readonly share: number } | undefined;
  readonly prices: readonly {
    readonly id: string;
    readonly name: string;
    readonly at: number;
    readonly isReached: boolean;
  }[];
}

/** A share of the way that looks like something. */
const FAR = 0.7;

/** Somebody who has the first reward and is well on the way to the second; with one reward, to that one. */
export function previewBalance({ earn, headStart, offers, rewards }: ProgramDefinition): PreviewBalance {
  const isCounting =
    earn.length > 0 || headStart > 0 || (offers ?? []).some(({ kind }) => kind === 'prepaid');
  const priced = rewards.filter(({ at }) => at > 0).sort((a, b) => a.at - b.at);
  if (!isCounting) return { balance: undefined, next: undefined, prices: [] };
  const [first, second] = priced;
  const from = first && second ? first.at : 0;
  const goal = second ?? first;
  const balance = goal ? Math.floor(from + (goal.at - from) * FAR) : 0;
  const next = priced.find(({ at }) => at > balance);
  return {
    balance,
    next: next && { name: next.name, left: next.at - balance, share: balance / next.at },
    prices: priced.map(({ id, name, at }) => ({ id, name, at, isReached: at <= balance })),
  };
}
