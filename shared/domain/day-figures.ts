import type { KnownEvent } from '../ledger/event.ts';
import type { PlainDay } from '../lib/brand.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { addToDay, emptyDayTotals, type DayTotals } from './day-totals.ts';
import type { MemberException } from './member-state.ts';
import { findProgram, type ProgramBook } from './program.ts';

/**
 * What a manager sees when a business day is closed: sums of its events, for the whole shop and by cashier. Sums only, so
 * that every till that holds the same events shows and seals the same bytes, in whatever order they came. As in the day's
 * totals, what was undone stays counted where it happened and is counted again under what was undone.
 */
export interface DayFigures {
  readonly day: PlainDay;
  /** Without those about closing. */
  readonly events: number;
  /** Of a newer app: kept, in the files, counted here and nowhere else. */
  readonly unreadable: number;
  readonly whole: GroupFigures;
  /** In the order of the ids. */
  readonly staff: readonly (GroupFigures & { readonly staff: string })[];
  /** In the order of the ids. */
  readonly tills: readonly { readonly till: string; readonly events: number }[];
  /** In the order of the programs' and the rewards' ids. */
  readonly rewards: readonly RewardFigures[];
  /** In the order of the events' ids. */
  readonly exceptions: readonly DayException[];
}

export interface GroupFigures {
  readonly totals: DayTotals;
  /** Corrections by hand, whatever their units. */
  readonly adjustments: number;
  /** Given above a limit of the program. */
  readonly overLimits: number;
  /** Where somebody said yes: for a cashier, what this person approved. */
  readonly approvals: number;
  /** Two cards that became one, and people who were forgotten. */
  readonly merges: number;
  readonly erasures: number;
  /** In the order of the currencies. */
  readonly costs: readonly CostSums[];
}

/** What rewards cost the shop. Minor units. */
export interface CostSums {
  readonly currency: string;
  readonly amount: number;
  readonly undone: number;
}

export interface RewardFigures {
  readonly program: string;
  readonly reward: string;
  /** As the newest version that gave it calls it; empty when this till does not hold the definition. */
  readonly name: string;
  readonly times: number;
  readonly undone: number;
  readonly currency: string;
  /** Minor units, of those that were not undone on this day; null: its owner never said what it costs. */
  readonly cost: number | null;
}

export interface DayException {
  readonly kind: MemberException['kind'];
  readonly event: string;
  readonly member: string;
}

export interface DayTally {
  /** @param target what `event` takes back, when it is a void that counts: the first one of its target. */
  add(event: KnownEvent, target?: KnownEvent): void;
  addUnreadable(): void;
  /** What the fold found about an event of this day. */
  addException(exception: DayException): void;
  result(): DayFigures;
}

interface Group {
  totals: DayTotals;
  adjustments: number;
  overLimits: number;
  approvals: number;
  merges: number;
  erasures: number;
  readonly costs: Map<string, CostSums>;
}

export function createDayTally(day: PlainDay, programs: ProgramBook): DayTally {
  const whole = newGroup(day);
  const staff = new Map<string, Group>();
  const tills = new Map<string, number>();
  const rewards = new Map<string, RewardFigures & { readonly version: number }>();
  const exceptions = new Map<string, DayException>();
  let events = 0;
  let unreadable = 0;

  function groupOf(person: string): Group {
    const known = staff.get(person);
    if (known) return known;
    const made = newGroup(day);
    staff.set(person, made);
    return made;
  }

  function addException(exception: DayException): void {
    exceptions.set(`${exception.event} ${exception.kind}`, exception);
  }

  /** @param sign 1: given on this day; -1: taken back on this day, whenever it was given. */
  function addReward(event: KnownEvent & { readonly type: 'redemption' }, sign: 1 | -1, groups: Group[]) {
    const { program, version, reward: id } = event.data;
    const { name, currency, cost } = rewardOf(event, programs);
    for (const { costs } of groups) {
      if (cost === null) continue;
      const sums = costs.get(currency) ?? { currency, amount: 0, undone: 0 };
      costs.set(currency, {
        ...sums,
        ...(sign === 1 ? { amount: sums.amount + cost } : { undone: sums.undone + cost }),
      });
    }
    const key = `${program} ${id} ${currency}`;
    const before = rewards.get(key);
    const isNewer = !before || version >= before.version;
    rewards.set(key, {
      program,
      reward: id,
      name: isNewer && name !== '' ? name : (before?.name ?? name),
      times: (before?.times ?? 0) + (sign === 1 ? 1 : 0),
      undone: (before?.undone ?? 0) + (sign === -1 ? 1 : 0),
      currency,
      cost: addCosts(before?.cost ?? null, cost === null ? null : cost * sign),
      version: isNewer ? version : before.version,
    });
  }

  return {
    addException,
    addUnreadable() {
      unreadable += 1;
      events += 1;
    },
    add(event, target) {
      events += 1;
      tills.set(event.till, (tills.get(event.till) ?? 0) + 1);
      const groups = [whole, groupOf(event.staff)];
      for (const group of groups) addToGroup(group, event, target);
      const approver = event.type === 'approval' ? event.staff : event.approvedBy;
      if (approver !== undefined) {
        whole.approvals += 1;
        groupOf(approver).approvals += 1;
      }
      if (event.type === 'redemption') addReward(event, 1, groups);
      if (target?.type === 'redemption') addReward(target, -1, groups);
      if (overLimitOf(event) && event.member !== undefined)
        addException({ kind: 'over-limit', event: event.id, member: event.member });
    },
    result: () => ({
      day,
      events,
      unreadable,
      whole: figuresOf(whole),
      staff: inOrder(staff).map(([person, group]) => Object.assign({ staff: person }, figuresOf(group))),
      tills: inOrder(tills).map(([till, count]) => ({ till, events: count })),
      rewards: inOrder(rewards).map(([, { version, ...reward }]) => reward),
      exceptions: inOrder(exceptions).map(([, exception]) => exception),
    }),
  };
}

/** The same bytes for the same figures: what a close seals. */
export const figuresText = (figures: DayFigures): string => canonicalJson(figures);

const newGroup = (day: PlainDay): Group => ({
  totals: emptyDayTotals(day),
  adjustments: 0,
  overLimits: 0,
  approvals: 0,
  merges: 0,
  erasures: 0,
  costs: new Map(),
});

function addToGroup(group: Group, event: KnownEvent, target: KnownEvent | undefined): void {
  group.totals = addToDay(group.totals, event, target);
  if (event.type === 'adjustment') group.adjustments += 1;
  if (event.type === 'merge') group.merges += 1;
  if (event.type === 'erasure') group.erasures += 1;
  if (overLimitOf(event)) group.overLimits += 1;
}

const figuresOf = ({ costs, ...counts }: Group): GroupFigures => ({
  ...counts,
  costs: inOrder(costs).map(([, sums]) => sums),
});

const overLimitOf = (event: KnownEvent) =>
  event.type === 'visit' || event.type === 'enrolment' || event.type === 'action'
    ? event.data.overLimit
    : undefined;

/** What the reward that was given is called, and what giving it cost: its value, or what was taken off for it. */
export function rewardOf(
  { data }: KnownEvent & { readonly type: 'redemption' },
  programs: ProgramBook,
): { readonly name: string; readonly currency: string; readonly cost: number | null } {
  const definition = findProgram(programs, data.program, data.version);
  const reward = definition?.rewards.find(({ id }) => id === data.reward);
  return {
    name: reward?.name ?? '',
    currency: definition?.currency ?? '',
    cost: reward?.value ?? data.amount ?? null,
  };
}

const addCosts = (before: number | null, more: number | null): number | null =>
  more === null ? before : (before ?? 0) + more;

const inOrder = <Value>(entries: ReadonlyMap<string, Value>): [string, Value][] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
