import type { MemberId, PhoneNumber } from '../lib/brand.ts';
import { lastDigitsOf, nearNumbers } from './phone-number.ts';

/**
 * Who looks like the same person twice. Only suggestions: twins share a surname and a flat, and a family shares a phone.
 */
export interface Lookalike {
  readonly member: MemberId;
  /** Folded; empty for a member without a name. */
  readonly name: string;
  readonly phones: readonly PhoneNumber[];
  readonly cards: readonly string[];
}

export const LIKENESSES = ['number', 'card', 'name-and-ending', 'near-number'] as const;
export type Likeness = (typeof LIKENESSES)[number];

export interface Suggestion {
  readonly member: MemberId;
  readonly other: MemberId;
  readonly why: readonly Likeness[];
}

/** So many share a name only by being called like everybody. */
const MOST_NAMESAKES = 50;

/** Surest first. @param callingCode of the shop's country, without `+`. */
export function findLookalikes(people: readonly Lookalike[], callingCode: string): Suggestion[] {
  const found = new Map<
    string,
    { readonly pair: readonly [Lookalike, Lookalike]; readonly why: Set<Likeness> }
  >();
  const note = (a: Lookalike, b: Lookalike, why: Likeness) => {
    if (a.member === b.member) return;
    const pair = a.member < b.member ? ([a, b] as const) : ([b, a] as const);
    const key = `${pair[0].member}\n${pair[1].member}`;
    const known = found.get(key);
    if (known) known.why.add(why);
    else found.set(key, { pair, why: new Set([why]) });
  };
  const byPhone = groupBy(people, ({ phones }) => phones);
  for (const holders of byPhone.values()) forPairs(holders, (a, b) => note(a, b, 'number'));
  for (const holders of groupBy(people, ({ cards }) => cards).values()) {
    forPairs(holders, (a, b) => note(a, b, 'card'));
  }
  for (const namesakes of groupBy(people, ({ name }) => (name === '' ? [] : [name])).values()) {
    if (namesakes.length > MOST_NAMESAKES) continue;
    forPairs(namesakes, (a, b) => {
      if (a.phones.some((one) => b.phones.some((other) => isAlike(one, other))))
        note(a, b, 'name-and-ending');
      if (a.phones.some((one) => isNear(one, b.phones, callingCode))) note(a, b, 'near-number');
    });
  }
  // A mistyped number has no name yet; a name that differs says that they are two.
  for (const person of people) {
    if (person.name !== '') continue;
    for (const near of person.phones.flatMap((phone) => nearNumbers(phone, callingCode))) {
      for (const other of byPhone.get(near) ?? []) note(person, other, 'near-number');
    }
  }
  return [...found.values()]
    .map(({ pair: [a, b], why }) => ({
      member: a.member,
      other: b.member,
      why: LIKENESSES.filter((likeness) => why.has(likeness)),
    }))
    .sort(bySureness);
}

const isAlike = (a: PhoneNumber, b: PhoneNumber): boolean => a !== b && lastDigitsOf(a) === lastDigitsOf(b);

const isNear = (phone: PhoneNumber, others: readonly PhoneNumber[], callingCode: string): boolean =>
  others.length > 0 && nearNumbers(phone, callingCode).some((near) => others.includes(near));

function groupBy<Key>(
  people: readonly Lookalike[],
  keysOf: (person: Lookalike) => readonly Key[],
): ReadonlyMap<Key, readonly Lookalike[]> {
  const groups = new Map<Key, Lookalike[]>();
  for (const person of people) {
    for (const key of keysOf(person)) {
      const group = groups.get(key);
      if (group) group.push(person);
      else groups.set(key, [person]);
    }
  }
  return groups;
}

function forPairs(people: readonly Lookalike[], run: (a: Lookalike, b: Lookalike) => void): void {
  for (const [place, b] of people.entries()) for (const a of people.slice(0, place)) run(a, b);
}

const sureness = ({ why }: Suggestion): number =>
  LIKENESSES.indexOf(why[0] ?? 'near-number') - why.length / 10;

const bySureness = (a: Suggestion, b: Suggestion): number =>
  sureness(a) - sureness(b) || (a.member < b.member || (a.member === b.member && a.other < b.other) ? -1 : 1);
