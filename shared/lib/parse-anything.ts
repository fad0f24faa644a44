import type * as z from 'zod/mini';

/**
 * What a schema makes of a value from outside; undefined when it does not accept it. Never throws.
 *
 * `safeParse` alone does, for one kind of JSON: a check of a length asks whatever has a `length`, and a `length` that is an
 * object with a `toString` of its own can't be compared with a number.
 */
export function parseAnything<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> | undefined {
  try {
    return schema.safeParse(value).data;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
