import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INVARIANTS } from './invariants.ts';
import { history, type Played } from './shop-history.ts';

/**
 * Every invariant over random shops and histories: always the same two hundred in `npm test`, as many and as new ones as
 * one asks for with `npm run properties`.
 */

const SEQUENCES = Number(process.env['PROPERTY_SEQUENCES'] ?? '200');
const SEED = Number(process.env['PROPERTY_SEED'] ?? '20261122');

function checkAll(played: Played): void {
  for (const { name, check } of INVARIANTS) {
    try {
      check(played);
    } catch (error) {
      throw new Error(`Not so: ${name}`, { cause: error });
    }
  }
}

test(
  `what must hold in every shop holds in ${SEQUENCES} random histories (seed ${SEED})`,
  {
    timeout: SEQUENCES * 100,
  },
  () => {
    fc.assert(fc.property(history, checkAll), { numRuns: SEQUENCES, seed: SEED });
  },
);

test('the random histories hold what they are meant to hold', () => {
  const played = fc.sample(history, { numRuns: 150, seed: 1 });
  const turns = played.flatMap((one) => one.turns);
  const kinds = new Set(turns.map(({ event }) => event.type));
  for (const kind of [
    'visit',
    'enrolment',
    'action',
    'purchase',
    'referral',
    'redemption',
    'void',
  ] as const) {
    expect(kinds).toContain(kind);
  }
  expect(turns.filter(({ taken }) => taken !== undefined).length).toBeGreaterThan(100);
  expect(turns.filter(({ taken }) => taken?.birthdayYear !== undefined).length).toBeGreaterThan(5);
  const programs = played.flatMap(({ state }) => state.programs);
  expect(programs.filter(({ expired }) => expired > 0).length).toBeGreaterThan(50);
  expect(programs.filter(({ cards }) => cards.some(({ spent }) => spent)).length).toBeGreaterThan(5);
});
