import type { ReplayFact } from '#shared/domain/what-if-fact.ts';
import { readFact } from '#shared/domain/what-if-fact.ts';
import { readEvent, VOIDABLE_TYPES, type LedgerEvent } from '#shared/ledger/event.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { createColumn } from './column.ts';

/**
 * The facts of a period, member by member, in about thirty bytes each: a million of them are a few dozen megabytes, where
 * the events themselves would be a gigabyte and more.
 *
 * Events are given newest first. So what was taken back is known before it comes, and each fact is put in front of
 * those that its member already has: in the end they stand in ledger order.
 */
export interface FactStore {
  add(event: LedgerEvent): void;
  readonly members: () => number;
  /** In ledger order. */
  factsOf(member: number): ReplayFact[];
  /** Events of a newer app, which this one can't read. */
  readonly unreadable: () => number;
}

const NO_NEXT = -1;
/** Nobody typed an amount. */
const NO_AMOUNT = -1;

export function createFactStore(request: {
  /** Whose actions and purchases count. */
  readonly program: string;
  readonly from: PlainDay;
  readonly to: PlainDay;
}): FactStore {
  const { program, from, to } = request;
  const voided = new Set<string>();
  const places = new Map<string, number>();
  const first = createColumn(Int32Array);
  const next = createColumn(Int32Array);
  const walls = createColumn(Float64Array);
  const amounts = createColumn(Float64Array);
  const days = createColumn(Int32Array);
  const shared = createColumn(Int32Array);
  const dayPool = createPool<PlainDay>();
  /** What many facts have in common, kept once: the first of each kind. */
  const sharedPool = createPool<ReplayFact>();
  let unreadable = 0;

  function add(event: LedgerEvent): void {
    if (VOIDABLE_TYPES.has(event.type) && voided.delete(event.id)) return;
    const known = readEvent(event);
    if (known?.type === 'void') voided.add(known.data.target);
    if (event.member === undefined || event.day < from || event.day > to) return;
    if (!known) {
      unreadable += 1;
      return;
    }
    const fact = readFact(known, program);
    if (fact) put(placeOf(event.member), fact);
  }

  function placeOf(member: string): number {
    const known = places.get(member);
    if (known !== undefined) return known;
    const place = first.push(NO_NEXT);
    places.set(member, place);
    return place;
  }

  function put(member: number, fact: ReplayFact): void {
    next.push(first.at(member));
    first.set(member, walls.push(fact.wall));
    amounts.push(fact.sale?.amount ?? NO_AMOUNT);
    days.push(dayPool.placeOf(fact.day, () => fact.day));
    shared.push(sharedPool.placeOf(keyOf(fact), () => fact));
  }

  function factAt(place: number): ReplayFact {
    const { kind, tz, count, sale, rule, passUntil, isReferred } = sharedPool.at(shared.at(place));
    const amount = amounts.at(place);
    return {
      kind,
      wall: walls.at(place),
      day: dayPool.at(days.at(place)),
      tz,
      count,
      sale: sale && { lines: sale.lines, type: sale.type, amount: amount === NO_AMOUNT ? null : amount },
      rule,
      passUntil,
      isReferred,
    };
  }

  return {
    add,
    members: () => places.size,
    factsOf: (member) => {
      const facts: ReplayFact[] = [];
      for (let place = first.at(member); place !== NO_NEXT; place = next.at(place)) facts.push(factAt(place));
      return facts;
    },
    unreadable: () => unreadable,
  };
}

/** The same for facts that differ in nothing but their moment and their amount. */
function keyOf({ kind, tz, count, rule, passUntil, isReferred, sale }: ReplayFact): string {
  const plain = `${kind} ${tz} ${count} ${isReferred} ${rule ?? ''} ${passUntil ?? ''}`;
  if (!sale) return plain;
  const { lines, type } = sale;
  return lines.length === 0 && type === null ? `${plain} sale` : `${plain} ${JSON.stringify([type, lines])}`;
}

/** Equal values once, found again by their place. */
function createPool<Value>() {
  const places = new Map<string, number>();
  const values: Value[] = [];
  return {
    placeOf(key: string, make: () => Value): number {
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, values.length);
      values.push(make());
      return values.length - 1;
    },
    at(place: number): Value {
      const value = values[place];
      if (value === undefined) throw new RangeError('no such place');
      return value;
    },
  };
}
