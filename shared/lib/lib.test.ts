import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvariantError } from './assert.ts';
import type { TillId } from './brand.ts';
import { canonicalJson } from './canonical-json.ts';
import { formatHlc, HLC_ZERO, MAX_CLOCK_LEAD_MS, observeHlc, parseHlc, raiseHlc, tickHlc } from './hlc.ts';
import { isPlainDay, plainDayAt } from './plain-day.ts';
import { sha256Hex } from './sha256.ts';

const till = 'till-a' as TillId;

describe('canonical JSON', () => {
  test('key order and absent fields do not matter', () => {
    expect(canonicalJson({ b: [1, null], a: 'é', c: undefined })).toBe('{"a":"é","b":[1,null]}');
  });

  test('reads back to an equal value', () => {
    const { whole } = fc.letrec((tie) => ({
      whole: fc.oneof(
        { maxDepth: 4 },
        fc.maxSafeInteger(),
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(null, true, false),
        fc.array(tie('whole'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('whole'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(whole, (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  test.each([[0.1], [Number.NaN], [Infinity], [2 ** 60], [() => 1], [[undefined]], [10n]])(
    '%s has no canonical form',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(InvariantError);
    },
  );
});

test.each([[99], [100]])(
  '%i levels inside the first one: a hundred have a canonical form, no more',
  (levels) => {
    const nested = JSON.parse(`${'['.repeat(levels + 1)}${']'.repeat(levels + 1)}`) as unknown;
    if (levels < 100) expect(canonicalJson(nested)).toHaveLength(200);
    else expect(() => canonicalJson(nested)).toThrow(InvariantError);
  },
);

test('SHA-256 of a known text', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

describe('hybrid logical clock', () => {
  test('strictly rises whatever the wall clock does, and its text sorts the same way', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 4e12 }), { minLength: 2 }), (walls) => {
        let state = HLC_ZERO;
        let last = '';
        for (const wall of walls) {
          state = tickHlc(state, wall);
          const stamp = formatHlc(state, till);
          expect(stamp > last).toBe(true);
          last = stamp;
        }
      }),
    );
  });

  test('follows a remote stamp, but not one that is a day ahead', () => {
    const now = 1_700_000_000_000;
    expect(observeHlc(HLC_ZERO, { wallMs: now + 5, counter: 3 }, now)).toEqual({
      wallMs: now + 5,
      counter: 3,
    });
    expect(observeHlc(HLC_ZERO, { wallMs: now + MAX_CLOCK_LEAD_MS + 1, counter: 0 }, now)).toBe(HLC_ZERO);
  });

  test('beats a stamp of its own however far ahead, and never falls to one behind', () => {
    const ahead = { wallMs: 1_700_000_000_000 + 3 * MAX_CLOCK_LEAD_MS, counter: 7 };
    expect(raiseHlc(HLC_ZERO, ahead)).toEqual(ahead);
    expect(tickHlc(raiseHlc(HLC_ZERO, ahead), 1_700_000_000_000)).toEqual({ ...ahead, counter: 8 });
    expect(raiseHlc(ahead, { ...ahead, counter: 6 })).toBe(ahead);
    expect(raiseHlc(ahead, { wallMs: 5, counter: 99 })).toBe(ahead);
  });

  test('parses what it formats', () => {
    expect(parseHlc(formatHlc({ wallMs: 12, counter: 3 }, till))).toEqual({ wallMs: 12, counter: 3, till });
    expect(parseHlc('yesterday')).toBeUndefined();
  });
});

describe('days', () => {
  test('a moment falls on the shop’s day, not on UTC’s', () => {
    const moment = Date.UTC(2026, 2, 29, 22, 30);
    expect(plainDayAt(moment, 'Europe/Istanbul')).toBe('2026-03-30');
    expect(plainDayAt(moment, 'America/New_York')).toBe('2026-03-29');
  });

  test.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2026-13-01', false],
    ['26-01-01', false],
    ['', false],
  ])('%s is a day: %s', (text, expected) => {
    expect(isPlainDay(text)).toBe(expected);
  });
});
