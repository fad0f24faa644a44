import type { PlainDay } from '../lib/brand.ts';
import type { MemberState } from './member-state.ts';
import type { ProgramDefinition, Reward, TierLevel } from './program.ts';
import { tierOn } from './tier.ts';
import type { ReplayFact } from './what-if-fact.ts';
import { listWhatIfNotes, type WhatIfNote } from './what-if-notes.ts';
import type { DayRange, WhatIfPeriod } from './what-if-period.ts';

/** What a replay adds up, in the days of its period only. Amounts are whole minor units of the program's currency. */

export interface WhatIfResult {
  readonly period: WhatIfPeriod;
  readonly visits: number;
  /** Members with a visit. */
  readonly visitors: number;
  /** Undefined for a program that is new. */
  readonly now: SideResult | undefined;
  readonly draft: SideResult;
  /** What the figures leave out or take for granted. */
  readonly notes: readonly WhatIfNote[];
}

export interface MonthResult extends DayRange {
  readonly units: number;
  readonly rewards: number;
  readonly cost: number;
  readonly expired: number;
}

export interface SideResult {
  readonly units: number;
  readonly rewards: number;
  /** Of the rewards that have a price. */
  readonly cost: number;
  /** Rewards taken without one. */
  readonly unpriced: number;
  /** Members who reached a reward. */
  readonly rewarded: number;
  /** From sales; a donated reward is a reward. */
  readonly donations: number;
  readonly expired: number;
  /** Visits and actions at which the counter would have asked for a reason. */
  readonly overLimit: number;
  /** Each reward that was taken, in the order of the program. */
  readonly byReward: readonly RewardResult[];
  /** Visitors by their level on the last day, the lowest first; null is below all of them. Empty without tiers. */
  readonly tiers: readonly { readonly level: TierLevel | null; readonly members: number }[];
  readonly months: readonly MonthResult[];
}

export interface RewardResult {
  readonly reward: Reward;
  readonly times: number;
  /** Undefined: it has no price. */
  readonly cost: number | undefined;
}

export interface SideTally {
  given(units: number, day: PlainDay): void;
  taken(reward: Reward, units: number, day: PlainDay): void;
  donated(amount: number, day: PlainDay): void;
  expired(units: number, until: PlainDay): void;
  overLimit(day: PlainDay): void;
}

export interface Tally {
  readonly now: SideTally | undefined;
  readonly draft: SideTally;
  beginMember(): void;
  fact(fact: ReplayFact): void;
  endMember(endOf: (side: 'now' | 'draft') => MemberEnd): void;
  result(): WhatIfResult;
}

interface MemberEnd {
  readonly state: MemberState;
  readonly rules: ProgramDefinition | undefined;
}

export function createTally(request: {
  readonly draft: ProgramDefinition;
  readonly base: ProgramDefinition | undefined;
  readonly period: WhatIfPeriod;
}): Tally {
  const { draft, base, period } = request;
  const now = base && createSideTally(base, period);
  const next = createSideTally(draft, period);
  const counts = { visits: 0, visitors: 0, withoutAmount: 0, withoutItems: 0 };
  let visitsOfMember = 0;
  return {
    now,
    draft: next,
    beginMember: () => {
      visitsOfMember = 0;
    },
    fact: ({ day, count, sale }) => {
      if (count === 0 || day < period.from) return;
      visitsOfMember += 1;
      if (sale?.amount == null) counts.withoutAmount += 1;
      if (!sale || sale.lines.length === 0) counts.withoutItems += 1;
    },
    endMember: (endOf) => {
      counts.visits += visitsOfMember;
      if (visitsOfMember > 0) counts.visitors += 1;
      now?.endMember(visitsOfMember > 0, endOf('now'));
      next.endMember(visitsOfMember > 0, endOf('draft'));
    },
    result: () => {
      const { visits, visitors } = counts;
      const notes = listWhatIfNotes({ ...request, counts });
      return { period, visits, visitors, now: now?.result(), draft: next.result(), notes };
    },
  };
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

function createSideTally(definition: ProgramDefinition, period: WhatIfPeriod) {
  const sums = {
    units: 0,
    rewards: 0,
    cost: 0,
    unpriced: 0,
    rewarded: 0,
    donations: 0,
    expired: 0,
    overLimit: 0,
  };
  const months: Mutable<MonthResult>[] = period.months.map((range) => ({
    ...range,
    units: 0,
    rewards: 0,
    cost: 0,
    expired: 0,
  }));
  const byReward = new Map<string, { times: number; cost: number | undefined }>();
  const byTier = new Map<string | undefined, number>();
  let rewardsOfMember = 0;
  const isInPeriod = (day: PlainDay) => day >= period.from && day <= period.to;
  const monthOf = (day: PlainDay) => months.find(({ to }) => day <= to);

  function add(what: 'units' | 'rewards' | 'cost' | 'expired', count: number, day: PlainDay): void {
    sums[what] += count;
    const month = monthOf(day);
    if (month) month[what] += count;
  }

  return {
    given: (units: number, day: PlainDay) => {
      if (isInPeriod(day)) add('units', units, day);
    },
    expired: (units: number, until: PlainDay) => {
      if (isInPeriod(until)) add('expired', units, until);
    },
    donated: (amount: number, day: PlainDay) => {
      if (isInPeriod(day)) sums.donations += amount;
    },
    overLimit: (day: PlainDay) => {
      if (isInPeriod(day)) sums.overLimit += 1;
    },
    taken: (reward: Reward, units: number, day: PlainDay) => {
      if (!isInPeriod(day)) return;
      rewardsOfMember += 1;
      const cost = priceOf(reward, units);
      const before = byReward.get(reward.id);
      byReward.set(reward.id, {
        times: (before?.times ?? 0) + 1,
        cost: cost === undefined ? undefined : (before?.cost ?? 0) + cost,
      });
      add('rewards', 1, day);
      if (cost === undefined) sums.unpriced += 1;
      else add('cost', cost, day);
    },
    endMember: (isVisitor: boolean, { state, rules }: MemberEnd) => {
      if (rewardsOfMember > 0) sums.rewarded += 1;
      rewardsOfMember = 0;
      if (!isVisitor || !rules?.tiers) return;
      const level = tierOn(state, rules, period.to)?.level?.id;
      byTier.set(level, (byTier.get(level) ?? 0) + 1);
    },
    result: (): SideResult => ({
      ...sums,
      months,
      byReward: definition.rewards.flatMap((reward) => {
        const own = byReward.get(reward.id);
        return own ? [{ reward, ...own }] : [];
      }),
      tiers: tiersOf(definition).map((level) => ({ level, members: byTier.get(level?.id) ?? 0 })),
    }),
  };
}

const tiersOf = ({ tiers }: ProgramDefinition): readonly (TierLevel | null)[] =>
  tiers ? [null, ...tiers.levels] : [];

/** What giving it once costs the shop: what the owner says, else what it takes off the bill or gives away. */
function priceOf(reward: Reward, units: number): number | undefined {
  switch (reward.kind) {
    case 'chosen-points':
      return reward.amount * Math.floor(units / reward.step);
    case 'amount-off':
    case 'donation':
      return reward.value ?? reward.amount;
    case 'free-item':
    case 'percent-off':
      return reward.value;
  }
}
