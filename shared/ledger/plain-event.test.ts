import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventDataSchemas } from './event.ts';
import { isPlainEvent, MAX_GRANT } from './plain-event.ts';

// The check by hand may be stricter than the schema and never laxer: what it lets through nobody looks at again.

/** Mostly what belongs there, sometimes its very edge, sometimes anything. */
const odd = <Value>(usual: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 24, arbitrary: usual },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(
        undefined,
        null,
        '',
        'x'.repeat(64),
        'x'.repeat(65),
        0,
        -1,
        1.5,
        2 ** 53,
        MAX_GRANT + 1,
        NaN,
        [],
        {},
      ),
    },
    { weight: 1, arbitrary: fc.anything() },
  );

const id = odd(fc.string({ minLength: 1, maxLength: 64 }));
const text = odd(fc.string());
const whole = odd(fc.integer({ min: 0, max: 2000 }));
const textOrNull = odd(fc.option(fc.string()));
const list = (entry: fc.Arbitrary<unknown>) => odd(fc.array(entry, { maxLength: 4 }));
const record = (fields: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[]) =>
  odd(fc.record(fields, { requiredKeys }));

const grant = record({ program: id, version: whole, rule: text, units: whole }, [
  'program',
  'version',
  'rule',
]);
const donation = record({ program: id, version: whole, charity: text, amount: whole }, ['program', 'amount']);
const line = record({ item: textOrNull, category: textOrNull, count: whole }, ['item', 'category', 'count']);
const sale = record({ amount: whole, lines: list(line), type: textOrNull }, ['amount', 'lines', 'type']);
const CONTENT = {
  visit: record(
    {
      count: whole,
      grants: list(grant),
      sale,
      donations: list(donation),
      referral: id,
      overLimit: fc.anything(),
    },
    ['count', 'grants'],
  ),
  redemption: record(
    {
      program: id,
      version: whole,
      reward: id,
      cost: whole,
      birthdayYear: whole,
      amount: whole,
      charity: text,
    },
    ['program', 'version', 'reward', 'cost'],
  ),
  void: record({ target: id, reason: text }, ['target']),
};

for (const type of ['visit', 'redemption', 'void'] as const) {
  test(`a ${type} that passes by hand passes its schema`, () => {
    fc.assert(
      fc.property(CONTENT[type], (data) => {
        if (isPlainEvent(type, data)) expect(eventDataSchemas[type].safeParse(data).success).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
}

test('what happens every day needs no schema', () => {
  const grants = [{ program: 'coffee', version: 1, rule: 'visit', units: 1 }];
  const lines = [{ item: 'Latte', category: null, count: 2 }];
  const donations = [{ program: 'coffee', version: 1, charity: 'Lifeboats', amount: 10 }];
  const redemption = { program: 'coffee', version: 1, reward: 'final', cost: 10 };
  expect(isPlainEvent('visit', { count: 1, grants })).toBe(true);
  expect(
    isPlainEvent('visit', {
      count: 1,
      grants,
      sale: { amount: 450, lines, type: null },
      donations,
      referral: 'r',
    }),
  ).toBe(true);
  expect(isPlainEvent('redemption', redemption)).toBe(true);
  expect(
    isPlainEvent('redemption', { ...redemption, amount: 500, charity: 'Lifeboats', birthdayYear: 2026 }),
  ).toBe(true);
  expect(isPlainEvent('void', { target: 'e1', reason: 'wrong member' })).toBe(true);
});

test('of a type it does not know it says nothing', () => {
  expect(isPlainEvent('enrolment', { by: 'phone', visit: 1, grants: [] })).toBe(false);
  expect(isPlainEvent('time-travel', {})).toBe(false);
});
