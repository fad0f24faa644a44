import type { Donation, Grant, LimitName, Sale } from '../ledger/event.ts';
import { MAX_GRANT } from '../ledger/plain-event.ts';
import type { PlainDay } from '../lib/brand.ts';
import { scale } from '../lib/money.ts';
import { localTimeAt, type LocalTime } from '../lib/plain-day.ts';
import { findProgramState, type MemberState, type ProgramState } from './member-state.ts';
import {
  isStampProgram,
  itemKey,
  MAX_STAMPS_PER_VISIT,
  type EarnRule,
  type ProgramDefinition,
  type Promotion,
} from './program.ts';
import { countCategory, countItems, isInWindow, isWonBack } from './promotion.ts';
import { tierOn } from './tier.ts';
import { usesOn } from './use-count.ts';

/**
 * What a visit earns, decided once at the counter and recorded in its event: every grant names the rule that made it.
 *
 *   earn rules ─► base ─┬─► promotions   on the base, each for itself, rounded down
 *                       └─► tier         on the base, rounded down
 */

/** What a visit would give, and which of the shop's limits it would pass. */
export interface VisitPlan {
  readonly grants: readonly Grant[];
  readonly donations: readonly Donation[];
  readonly breaches: readonly LimitBreach[];
}

export interface LimitBreach {
  readonly limit: LimitName;
  readonly program: string;
  readonly allowed: number;
  /** Minutes to wait; only for `minutes-between`. */
  readonly waitMinutes?: number;
}

export interface VisitRequest {
  readonly state: MemberState;
  /** The current version of each. */
  readonly programs: readonly ProgramDefinition[];
  /** 1 is the usual one. */
  readonly count: number;
  readonly sale?: Sale | undefined;
  readonly atMs: number;
  readonly day: PlainDay;
  /** IANA name of the shop's zone: promotions run by its clock. */
  readonly timeZone: string;
}

const MINUTE_MS = 60_000;
const PERCENT = 100;
const BASIS_POINTS = 10_000;

/**
 * A visit of `count` under the given current programs. Limits are asked here, at the counter, and never in the fold:
 * two tills that were offline may both have been right.
 *
 * A stamp dated ahead of the clock, by a till whose clock was wrong or is now set back, must not switch the limits off:
 * it counts as given just now.
 */
export function planVisit(request: VisitRequest): VisitPlan {
  const count = Math.max(1, Math.min(MAX_STAMPS_PER_VISIT, Math.floor(request.count)));
  // Only a promotion asks the clock on the wall, and the calendar costs more than all the rest of a plan.
  let read: LocalTime | undefined;
  const now = () => (read ??= localTimeAt(request.atMs, request.timeZone));
  const { state, atMs, day } = request;
  const moment = { ...request, count, now };
  const open = request.programs.filter((program) => !program.isWithdrawn);
  const plans = open.map((program) => ({
    program,
    grants: planGrants(program, moment),
  }));
  return {
    grants: plans.flatMap(({ grants }) => grants),
    donations: open.flatMap((program) => planDonation(program, request.sale)),
    breaches: plans.flatMap(({ program, grants }) => findBreaches({ state, atMs, day, program, grants })),
  };
}

type Moment = VisitRequest & { readonly now: () => LocalTime };

function planGrants(program: ProgramDefinition, moment: Moment): Grant[] {
  const base = program.earn.flatMap((rule) => grantOf(program, rule.id, unitsOf(rule, program, moment)));
  const units = base.reduce((sum, grant) => sum + grant.units, 0);
  const promoted = (program.promotions ?? []).flatMap((promotion) =>
    grantOf(program, promotion.id, promotionUnits(promotion, units, moment)),
  );
  const level = tierOn(moment.state, program, moment.day)?.level;
  const raised = level ? grantOf(program, `tier:${level.id}`, extraOf(units, level.percent)) : [];
  const grants = [...base, ...promoted, ...raised];
  return cutTo(grants, isStampProgram(program) ? MAX_STAMPS_PER_VISIT : MAX_GRANT);
}

const grantOf = ({ id, version }: ProgramDefinition, rule: string, units: number): Grant[] =>
  units > 0 ? [{ program: id, version, rule, units }] : [];

/** What a rate of more than a hundred percent adds. */
const extraOf = (units: number, percent: number): number =>
  scale(units, { numerator: percent - PERCENT, denominator: PERCENT }, 'down');

function unitsOf(rule: EarnRule, program: ProgramDefinition, { sale, count }: Moment): number {
  switch (rule.kind) {
    case 'visit':
      return rule.units * count;
    case 'amount': {
      const amount = amountThatCounts(rule, program, sale);
      if (amount < (rule.minimum ?? 0)) return 0;
      return scale(amount, { numerator: rule.units, denominator: rule.per }, rule.rounding);
    }
    case 'item':
      return rule.units * countItems(sale, rule.item);
    case 'category':
      return rule.units * countCategory(sale, rule.category, linesOf(program));
    // An action and a referral are no purchases: `planAction`, `planReferral`.
    case 'action':
    case 'referral':
      return 0;
  }
}

type AmountRule = EarnRule & { readonly kind: 'amount' };

/** The sale without what the rule excludes, in minor units. */
function amountThatCounts(rule: AmountRule, program: ProgramDefinition, sale: Sale | undefined): number {
  if (sale?.amount == null || isExcludedSale(rule, sale)) return 0;
  const excluded = new Set(rule.excludedItems.map(itemKey));
  const prices = new Map((program.items ?? []).map(({ name, price }) => [itemKey(name), price ?? 0]));
  const taken = sale.lines.reduce((sum, { item, count }) => {
    const key = item === null ? undefined : itemKey(item);
    return key !== undefined && excluded.has(key) ? sum + (prices.get(key) ?? 0) * count : sum;
  }, 0);
  return Math.max(0, sale.amount - taken);
}

const isExcludedSale = (rule: AmountRule, { type }: Sale): boolean =>
  type !== null && rule.excludedSales.some((excluded) => itemKey(excluded) === itemKey(type));

/** What a program says of an item, by its key. */
const linesOf = ({ earn, items }: ProgramDefinition) => ({
  categoryOf: (item: string): string | null =>
    items?.find(({ name }) => itemKey(name) === item)?.category ?? null,
  isExcluded: (item: string): boolean =>
    earn.some(
      (rule) => rule.kind === 'amount' && rule.excludedItems.some((excluded) => itemKey(excluded) === item),
    ),
});

function promotionUnits(promotion: Promotion, base: number, moment: Moment): number {
  switch (promotion.kind) {
    case 'multiplier':
      return isInWindow(promotion.window, moment.now()) ? extraOf(base, promotion.percent) : 0;
    case 'item-bonus':
      return isInWindow(promotion.window, moment.now())
        ? promotion.units * countItems(moment.sale, promotion.item)
        : 0;
    case 'win-back':
      return isWonBack(moment.state.lastVisitDay, moment.day, promotion.weeks) ? promotion.units : 0;
  }
}

function cutTo(grants: readonly Grant[], most: number): Grant[] {
  let left = most;
  return grants.flatMap((grant) => {
    const units = Math.min(grant.units, left);
    left -= units;
    return units > 0 ? [{ ...grant, units }] : [];
  });
}

function planDonation(program: ProgramDefinition, sale: Sale | undefined): Donation[] {
  const { charity, id, version } = program;
  if (!charity || sale?.amount == null) return [];
  const share = { numerator: charity.basisPoints, denominator: BASIS_POINTS };
  const amount = scale(sale.amount, share, charity.rounding);
  return amount > 0 ? [{ program: id, version, charity: charity.name, amount }] : [];
}

function findBreaches(request: {
  readonly state: MemberState;
  readonly program: ProgramDefinition;
  readonly grants: readonly Grant[];
  readonly atMs: number;
  readonly day: PlainDay;
}): LimitBreach[] {
  const { program, grants, atMs, day } = request;
  const { perVisit, perDay, minutesBetween } = program.limits;
  const state = findProgramState(request.state, program.id);
  const units = grants.reduce((sum, grant) => sum + grant.units, 0);
  const breaches: LimitBreach[] = [];
  // A sale that gives nothing here can be no abuse of it.
  if (units === 0) return breaches;
  if (perVisit !== null && units > perVisit) {
    breaches.push({ limit: 'per-visit', program: program.id, allowed: perVisit });
  }
  const today = unitsOn(day, state);
  if (perDay !== null && today + units > perDay) {
    breaches.push({ limit: 'per-day', program: program.id, allowed: perDay });
  }
  // A stamp ahead of the clock counts as given just now: the wait is asked in full and never grows beyond it.
  const since = state?.lastGrantAt == null ? undefined : Math.max(0, atMs - state.lastGrantAt);
  if (minutesBetween !== null && since !== undefined && since < minutesBetween * MINUTE_MS) {
    const waitMinutes = Math.ceil((minutesBetween * MINUTE_MS - since) / MINUTE_MS);
    breaches.push({ limit: 'minutes-between', program: program.id, allowed: minutesBetween, waitMinutes });
  }
  return breaches;
}

/** Once a later day has stamps, nobody counts the earlier ones: the limit can only be asked about. */
function unitsOn(day: PlainDay, state: ProgramState | undefined): number {
  if (!state?.today || state.today.day < day) return 0;
  return state.today.day === day ? state.today.units : Infinity;
}

/** Units given on joining. */
export function planJoining(programs: readonly ProgramDefinition[]): Grant[] {
  return programs
    .filter((program) => !program.isWithdrawn)
    .flatMap((program) => grantOf(program, 'joining', program.headStart));
}

export interface ReferralPlan {
  /** For the new member, in the event of their first visit. */
  readonly friend: readonly Grant[];
  /** For the member who brought them, in an event of its own. */
  readonly referrer: readonly Grant[];
}

/**
 * What both sides get when a member who was brought by another one comes for the first time. Nothing for a visit that is
 * not the first, for somebody who brought themselves, and for a referrer who is not (any more) a member.
 */
export function planReferral(request: {
  readonly friend: Pick<MemberState, 'member' | 'visits'>;
  readonly referrer: MemberState | undefined;
  readonly programs: readonly ProgramDefinition[];
}): ReferralPlan {
  const { friend, referrer, programs } = request;
  if (!referrer || referrer.live === 0 || friend.visits > 0 || referrer.member === friend.member) {
    return { friend: [], referrer: [] };
  }
  // Somebody's own friend can't have brought them: a circle pays nobody.
  if (referrer.referredBy === friend.member) return { friend: [], referrer: [] };
  const rules = programs
    .filter((program) => !program.isWithdrawn)
    .flatMap((program) =>
      program.earn.flatMap((rule) => (rule.kind === 'referral' ? [{ program, rule }] : [])),
    );
  return {
    friend: rules.flatMap(({ program, rule }) => grantOf(program, rule.id, rule.friendUnits)),
    referrer: rules
      .filter(({ rule }) => rule.cap === null || referrer.referrals < rule.cap)
      .flatMap(({ program, rule }) => grantOf(program, rule.id, rule.units)),
  };
}

/** A non-purchase action; undefined when the program has none of this id. */
export function planAction(request: {
  readonly state: MemberState;
  readonly program: ProgramDefinition;
  readonly action: string;
  readonly day: PlainDay;
}): { readonly grants: readonly Grant[]; readonly breaches: readonly LimitBreach[] } | undefined {
  const { state, program, action, day } = request;
  const rule = program.earn.find((candidate) => candidate.id === action);
  if (rule?.kind !== 'action' || program.isWithdrawn) return undefined;
  const done = usesOn(findProgramState(state, program.id)?.uses ?? [], rule.id, day);
  const isOver = rule.perDay !== null && done >= rule.perDay;
  return {
    grants: grantOf(program, rule.id, rule.units),
    breaches: isOver ? [{ limit: 'action-per-day', program: program.id, allowed: rule.perDay ?? 0 }] : [],
  };
}

/** What the counter has to ask so that nothing is left out. */
export interface SaleNeeds {
  readonly amount: boolean;
  readonly currency: string | null;
  /** Buttons, each once whatever the number of programs that name it. */
  readonly items: readonly { readonly item: string | null; readonly category: string | null }[];
  readonly saleTypes: readonly string[];
}

export function listSaleNeeds(programs: readonly ProgramDefinition[]): SaleNeeds {
  const open = programs.filter((program) => !program.isWithdrawn);
  const rules = open.flatMap(({ earn }) => earn);
  const amountRules = rules.filter((rule) => rule.kind === 'amount');
  const isSpendCounted = open.some(({ tiers, charity }) => tiers?.by === 'spend' || charity !== undefined);
  const items = new Map<string, { item: string | null; category: string | null }>();
  const add = (item: string | null, category: string | null) => {
    const key = item === null ? `category ${itemKey(category ?? '')}` : `item ${itemKey(item)}`;
    const known = items.get(key);
    items.set(key, known ? { ...known, category: known.category ?? category } : { item, category });
  };
  for (const { items: own } of open) for (const { name, category } of own ?? []) add(name, category);
  for (const rule of rules) if (rule.kind === 'item') add(rule.item, null);
  for (const { promotions } of open) {
    for (const promotion of promotions ?? []) if (promotion.kind === 'item-bonus') add(promotion.item, null);
  }
  for (const rule of rules) if (rule.kind === 'category') add(null, rule.category);
  const saleTypes = new Map(
    amountRules.flatMap((rule) => rule.excludedSales.map((type) => [itemKey(type), type] as const)),
  );
  return {
    amount: amountRules.length > 0 || isSpendCounted,
    currency: open.find(({ currency }) => currency !== undefined)?.currency ?? null,
    items: [...items.values()],
    saleTypes: [...saleTypes.values()],
  };
}
