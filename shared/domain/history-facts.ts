import {
  VOIDABLE_TYPES,
  type Donation,
  type EventData,
  type EventType,
  type KnownEvent,
  type LimitName,
  type Sale,
  type Standing,
} from '../ledger/event.ts';
import { assertNever } from '../lib/assert.ts';
import type { EventId, MemberId, PlainDay } from '../lib/brand.ts';
import { countingGrants, type OnePerson } from './fold.ts';
import type { ProfileField } from './profile.ts';
import {
  costOf,
  findProgram,
  listCurrentPrograms,
  type Offer,
  type ProgramBook,
  type ProgramDefinition,
  type Reward,
  type TierLevel,
} from './program.ts';

/** What one event says, with the names and the currency that its programs give it. */

/** Units of one program. `definition` is undefined when this till does not hold the program. */
export interface UnitSum {
  readonly program: string;
  readonly definition: ProgramDefinition | undefined;
  readonly units: number;
  /** What made them, in the order of the event, each rule once. */
  readonly rules: readonly string[];
}

export interface OverLimit {
  readonly limits: readonly LimitName[];
  readonly reason: string;
}

/** Minor units. `currency` is undefined when no program of this till names one. */
export interface Money {
  readonly amount: number;
  readonly currency: string | undefined;
}

export interface SaleFact {
  readonly paid: Money | undefined;
  readonly lines: readonly { readonly name: string; readonly count: number }[];
  readonly type: string | undefined;
}

export interface DonationFact extends Money {
  readonly charity: string;
}

/** A standing brought from elsewhere. */
export interface StandingFact {
  readonly program: string;
  readonly definition: ProgramDefinition | undefined;
  /** `level` is undefined where the program does not know it. */
  readonly tier: { readonly level: TierLevel | undefined; readonly until: number } | undefined;
  readonly passUntil: PlainDay | undefined;
}

export type HistoryFact =
  | {
      readonly kind: 'enrolment';
      readonly by: 'phone' | 'card' | 'import';
      readonly isVisit: boolean;
      readonly sums: readonly UnitSum[];
      readonly sale: SaleFact | undefined;
      readonly donations: readonly DonationFact[];
      readonly standings: readonly StandingFact[];
      readonly referredBy: MemberId | undefined;
      readonly overLimit: OverLimit | undefined;
    }
  | {
      readonly kind: 'visit';
      readonly sums: readonly UnitSum[];
      readonly sale: SaleFact | undefined;
      readonly donations: readonly DonationFact[];
      readonly overLimit: OverLimit | undefined;
    }
  | {
      readonly kind: 'action';
      /** Undefined when this till does not hold the program's version. */
      readonly action: string | undefined;
      readonly sums: readonly UnitSum[];
      readonly overLimit: OverLimit | undefined;
    }
  | {
      readonly kind: 'purchase';
      /** Undefined when this till does not hold the program's version. */
      readonly offer: Offer | undefined;
      readonly definition: ProgramDefinition | undefined;
      readonly price: Money;
      readonly passUntil: PlainDay | undefined;
      readonly sums: readonly UnitSum[];
    }
  | { readonly kind: 'referral'; readonly friend: MemberId; readonly sums: readonly UnitSum[] }
  | { readonly kind: 'paper-card'; readonly sums: readonly UnitSum[] }
  | {
      readonly kind: 'opening';
      readonly sums: readonly UnitSum[];
      readonly standings: readonly StandingFact[];
    }
  | { readonly kind: 'adjustment'; readonly sums: readonly UnitSum[]; readonly reason: string }
  | {
      readonly kind: 'redemption';
      readonly definition: ProgramDefinition | undefined;
      /** Undefined when this till does not hold the program's version. */
      readonly reward: Reward | undefined;
      /** Units it took. */
      readonly cost: number;
      /** Taken off, or given to `charity`. */
      readonly worth: Money | undefined;
      readonly charity: string | undefined;
      readonly birthdayYear: number | undefined;
    }
  /** `target` is undefined when what it names is not among the member's events, or can't be undone. */
  | {
      readonly kind: 'void';
      readonly target: { readonly id: EventId; readonly type: EventType } | undefined;
      readonly reason: string | undefined;
    }
  | { readonly kind: 'approval'; readonly reason: string }
  | {
      readonly kind: 'merge';
      readonly other: MemberId;
      readonly by: EventData<'merge'>['by'];
      readonly reason: string | undefined;
    }
  | { readonly kind: 'unmerge'; readonly other: MemberId; readonly reason: string }
  /** `why` is one of a few, never free text. */
  | { readonly kind: 'erasure'; readonly why: string }
  | { readonly kind: 'profile'; readonly fields: readonly ProfileField[] }
  /** Made by a newer version of the app: kept, not counted here. */
  | { readonly kind: 'unknown'; readonly type: string };

/** @param types of all events of the member, by id. @param person where the member is one of several who were merged. */
export function factOf(
  event: KnownEvent,
  types: ReadonlyMap<EventId, string>,
  programs: ProgramBook,
  person?: OnePerson,
): HistoryFact {
  const sums = sumUnits(event, programs, person);
  switch (event.type) {
    case 'enrolment': {
      const { by, visit, standings, referredBy, overLimit } = event.data;
      return {
        kind: 'enrolment',
        by,
        isVisit: visit > 0,
        sums,
        ...boughtOf(event.data, programs),
        standings: standingsOf(standings, programs),
        referredBy: referredBy as MemberId | undefined,
        overLimit,
      };
    }
    case 'visit':
      return { kind: 'visit', sums, ...boughtOf(event.data, programs), overLimit: event.data.overLimit };
    case 'action': {
      const { program, version, action, overLimit } = event.data;
      const rule = findProgram(programs, program, version)?.earn.find(({ id }) => id === action);
      return { kind: 'action', action: rule?.kind === 'action' ? rule.name : undefined, sums, overLimit };
    }
    case 'purchase':
      return { ...purchaseOf(event.data, programs), sums };
    case 'referral':
      return { kind: 'referral', friend: event.data.friend as MemberId, sums };
    case 'paper-card':
      return { kind: 'paper-card', sums };
    case 'opening':
      return { kind: 'opening', sums, standings: standingsOf(event.data.standings, programs) };
    case 'adjustment':
      return { kind: 'adjustment', sums, reason: event.data.reason };
    case 'redemption':
      return redemptionOf(event.data, programs);
    case 'void':
      return { kind: 'void', target: targetOf(event.data.target, types), reason: event.data.reason };
    case 'approval':
      return { kind: 'approval', reason: event.data.reason };
    case 'merge': {
      const { other, by, reason } = event.data;
      return { kind: 'merge', other: other as MemberId, by, reason };
    }
    case 'unmerge':
      return { kind: 'unmerge', other: event.data.other as MemberId, reason: event.data.reason };
    case 'erasure':
      return { kind: 'erasure', why: event.data.reason };
    case 'profile':
      return { kind: 'profile', fields: event.data.fields };
    // Events of the shop name no member; one that does was written by something else.
    case 'shop':
    case 'program':
    case 'import':
    case 'day-close':
    case 'export':
      return { kind: 'unknown', type: event.type };
    default:
      return assertNever(event);
  }
}

/** The version named, else the newest one known: its words are better than none. */
const closest = (programs: ProgramBook, program: string, version: number): ProgramDefinition | undefined =>
  findProgram(programs, program, version) ?? programs.get(program)?.at(-1);

function sumUnits(event: KnownEvent, programs: ProgramBook, person: OnePerson | undefined): UnitSum[] {
  const sums = new Map<string, UnitSum>();
  for (const { program, version, rule, units } of countingGrants(event, person)) {
    const known = sums.get(program);
    const rules = known?.rules ?? [];
    sums.set(program, {
      program,
      definition: closest(programs, program, version),
      units: (known?.units ?? 0) + units,
      rules: rules.includes(rule) ? rules : [...rules, rule],
    });
  }
  return [...sums.values()];
}

interface Bought {
  readonly sale?: Sale | undefined;
  readonly donations?: readonly Donation[] | undefined;
  readonly grants: EventData<'visit'>['grants'];
}

function boughtOf({ sale, donations, grants }: Bought, programs: ProgramBook) {
  const named = [...grants, ...(donations ?? [])].map(({ program, version }) =>
    closest(programs, program, version),
  );
  // A shop has one currency; what the sale earned in says which it was.
  const currency = [...named, ...listCurrentPrograms(programs)].find((known) => known?.currency)?.currency;
  return {
    sale: saleOf(sale, currency),
    donations: (donations ?? []).map(({ program, version, charity, amount }) => ({
      charity,
      amount,
      currency: closest(programs, program, version)?.currency ?? currency,
    })),
  };
}

/** Undefined where it says nothing. */
function saleOf(sale: Sale | undefined, currency: string | undefined): SaleFact | undefined {
  if (!sale || (sale.amount === null && sale.lines.length === 0 && sale.type === null)) return undefined;
  return {
    paid: sale.amount === null ? undefined : { amount: sale.amount, currency },
    lines: sale.lines.map(({ item, category, count }) => ({ name: item ?? category ?? '', count })),
    type: sale.type ?? undefined,
  };
}

function standingsOf(standings: readonly Standing[] | undefined, programs: ProgramBook): StandingFact[] {
  return (standings ?? []).map(({ program, tier, passUntil }) => {
    const definition = programs.get(program)?.at(-1);
    const level = definition?.tiers?.levels.find(({ id }) => id === tier?.level);
    return {
      program,
      definition,
      tier: tier && { level, until: tier.until },
      passUntil: passUntil as PlainDay | undefined,
    };
  });
}

function purchaseOf(data: EventData<'purchase'>, programs: ProgramBook) {
  const { program, version, offer, price, currency, passUntil } = data;
  return {
    kind: 'purchase' as const,
    offer: findProgram(programs, program, version)?.offers?.find(({ id }) => id === offer),
    definition: closest(programs, program, version),
    price: { amount: price, currency },
    passUntil: passUntil as PlainDay | undefined,
  };
}

function redemptionOf(data: EventData<'redemption'>, programs: ProgramBook): HistoryFact {
  const { program, version, amount, charity, birthdayYear } = data;
  const definition = findProgram(programs, program, version);
  const reward = definition?.rewards.find((candidate) => candidate.id === data.reward);
  const isChosen = reward?.kind === 'chosen-points';
  const currency = closest(programs, program, version)?.currency;
  return {
    kind: 'redemption',
    definition,
    reward,
    cost: definition && reward && !isChosen ? costOf(reward, definition) : data.cost,
    worth: amount === undefined ? undefined : { amount, currency },
    charity,
    birthdayYear,
  };
}

function targetOf(target: string, types: ReadonlyMap<EventId, string>) {
  const id = target as EventId;
  const type = types.get(id);
  return type !== undefined && VOIDABLE_TYPES.has(type) ? { id, type: type as EventType } : undefined;
}

/** The same without what somebody typed: of a person who was forgotten it might say who they were. */
export function withoutTypedText(fact: HistoryFact): HistoryFact {
  const plain = 'reason' in fact ? { ...fact, reason: '' } : fact;
  return 'overLimit' in plain && plain.overLimit
    ? { ...plain, overLimit: { ...plain.overLimit, reason: '' } }
    : plain;
}
