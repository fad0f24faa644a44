import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { parseAnything } from './parse-anything.ts';

const schema = z.object({
  name: z.string().check(z.minLength(1)),
  list: z.array(z.int()).check(z.maxLength(2)),
});

test('gives what the schema accepts', () => {
  expect(parseAnything(schema, { name: 'a', list: [1], more: 2 })).toEqual({ name: 'a', list: [1] });
});

test.each([
  null,
  1,
  { name: '' },
  { name: 'a', list: [1, 2, 3] },
  { name: { length: { toString: 1 } }, list: [] },
  { name: 'a', list: { length: { valueOf: 1, toString: 1 } } },
])('%j is not accepted, and nothing is thrown', (value) =>
  expect(parseAnything(schema, value)).toBeUndefined(),
);
