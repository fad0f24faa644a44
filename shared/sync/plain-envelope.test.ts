import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visitsOf } from '#tests/fakes/visits.ts';
import { isPlainEnvelope } from './plain-envelope.ts';
import { envelopeSchema } from './wire.ts';

const [first, second] = visitsOf({ stream: 'a', count: 2 });

test('recognises what tills send', () => {
  for (const event of [first, second]) expect(isPlainEnvelope(event)).toBe(true);
  const { member, ...without } = second as object as Record<string, unknown>;
  expect(isPlainEnvelope(without)).toBe(true);
  expect(isPlainEnvelope({ ...second, newer: 'field' })).toBe(true);
});

test('says yes only where the schema does', () => {
  const value = fc.oneof(
    fc.anything(),
    fc.constantFrom<unknown>(
      '',
      'x'.repeat(65),
      'f'.repeat(64),
      'F'.repeat(64),
      `${'f'.repeat(64)}\n`,
      'é',
      0,
      1,
      1.5,
    ),
    fc.constantFrom<unknown>(
      'x'.repeat(129),
      2 ** 53,
      -0,
      Number.NaN,
      null,
      undefined,
      [],
      {},
      'x\n',
      '\u007f',
    ),
  );
  const keys = Object.keys(envelopeSchema.shape);
  const changes = fc.array(fc.tuple(fc.constantFrom(...keys), value), { minLength: 1, maxLength: 2 });
  let accepted = 0;
  fc.assert(
    fc.property(changes, (changed) => {
      const event = { ...second, ...Object.fromEntries(changed) };
      if (!isPlainEnvelope(event)) return;
      accepted += 1;
      expect(envelopeSchema.safeParse(event).success).toBe(true);
    }),
    { numRuns: 3000 },
  );
  expect(accepted).toBeGreaterThan(20);
  for (const raw of [null, [], 'x', 1, undefined]) expect(isPlainEnvelope(raw)).toBe(false);
});
