import { resealed, visitsOf } from '#tests/fakes/visits.ts';

/**
 * Values as nobody would write them, made from right ones: fast enough for millions, and the same again for the same seed.
 * (A library that shrinks takes twenty times as long for each; a seed and a number find the input again too.)
 */
export interface Dice {
  /** 0 ≤ whole number < `count` */
  below(count: number): number;
  hits(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
}

/** Mulberry32: a state of 32 bits, good enough to reach every corner of a request. Another one for each number of a seed. */
export function createDice(seed: number, number: number): Dice {
  let state = (Math.imul(seed, 0x9e37_79b1) ^ Math.imul(number + 1, 0x85eb_ca6b)) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (count) => Math.floor(next() * count),
    hits: (probability) => next() < probability,
    pick: (values) => values[Math.floor(next() * values.length)] as (typeof values)[number],
  };
}

const ODD: readonly unknown[] = [
  null,
  '',
  '\0',
  '\ud800',
  '\u2028"\\',
  0,
  -1,
  1,
  1.5,
  -0,
  1e308,
  2 ** 53,
  2 ** 53 - 1,
  true,
  false,
  [],
  {},
  [[]],
  { toString: 1 },
  { length: 1e9 },
  { length: { toString: 1 } },
  '__proto__',
  'constructor',
  'f'.repeat(64),
  'F'.repeat(64),
  'x'.repeat(65),
  'x'.repeat(129),
  'shop-1',
  'shop-2',
  'till-1',
  'é\u0301😀',
  '2026-01-01',
  '99999-12-31',
  '9'.repeat(400),
  JSON.parse('{"__proto__":{"polluted":true}}') as unknown,
];
const LONG = 'x'.repeat(70_000);

export function oddValue(dice: Dice): unknown {
  const kind = dice.below(40);
  if (kind === 0) return dice.hits(0.1) ? LONG : 'y'.repeat(dice.below(300));
  if (kind < 4) return anyText(dice, 40);
  if (kind < 7) return dice.below(2 ** 31) * dice.pick([1, -1, 0.5, 1e9]);
  if (kind < 9) return Array.from({ length: dice.below(4) }, () => oddValue(dice));
  if (kind < 11)
    return { [anyText(dice, 8)]: oddValue(dice), [dice.pick(['id', 'v', 'data'])]: oddValue(dice) };
  return dice.pick(ODD);
}

export function anyText(dice: Dice, most: number): string {
  const codes = Array.from({ length: dice.below(most + 1) }, () =>
    dice.hits(0.8) ? 32 + dice.below(95) : dice.below(0x1_0000),
  );
  return String.fromCharCode(...codes);
}

/** One place somewhere in a value is replaced, dropped, doubled or moved. */
export function bend(dice: Dice, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || dice.hits(0.15)) return oddValue(dice);
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    if (list.length === 0) return [oddValue(dice)];
    const at = dice.below(list.length);
    switch (dice.below(8)) {
      case 0:
        return list.toSpliced(at, 1);
      case 1:
        return list.toSpliced(at, 0, list[at]);
      case 2:
        return list.toReversed();
      default:
        return list.with(at, bend(dice, list[at]));
    }
  }
  const keys = Object.keys(value);
  const key = keys.length === 0 || dice.hits(0.03) ? anyText(dice, 5) : dice.pick(keys);
  const { [key]: field, ...others } = value as Record<string, unknown>;
  if (dice.hits(0.1)) return others;
  return { ...others, [key]: bend(dice, field) };
}

/** Not bent at all, or in up to three places. */
export function bentTimes(dice: Dice, value: unknown): unknown {
  let bent = value;
  for (let times = dice.below(4); times > 0; times -= 1) bent = bend(dice, bent);
  return bent;
}

const streams = new Map<string, readonly object[]>();

function streamOf(name: string): readonly object[] {
  const known = streams.get(name) ?? visitsOf({ stream: name, count: 6 });
  streams.set(name, known);
  return known;
}

const STREAMS = 500;

/** A stream that was not sent yet, or one that was, with any field of any event bent; some sealed anew, so that they fit. */
export function bentEvents(dice: Dice): unknown[] {
  const name = `s${dice.below(STREAMS)}`;
  const events: unknown[] = [...streamOf(name)];
  for (let changes = dice.below(4); changes > 0; changes -= 1) {
    const at = dice.below(events.length);
    const event = events[at];
    if (typeof event !== 'object' || event === null) continue;
    const key = dice.pick(Object.keys(event));
    const changed = dice.hits(0.3)
      ? { ...event, stream: `${name}-${dice.below(40)}` }
      : { ...event, [key]: oddValue(dice) };
    events[at] = dice.hits(0.5) ? sealedOr(changed) : changed;
  }
  return events;
}

/** What has no canonical form can't be sealed: it stays as it is. */
function sealedOr(event: object): object {
  try {
    return resealed(event);
  } catch {
    return event;
  }
}
