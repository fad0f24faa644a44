import type * as z from 'zod/mini';

/**
 * What a schema makes of a value from outside; undefined when it does not accept it. Never throws.
 */
export function parseAnything<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> | undefined {
  return tryParse(schema, value)?.data;
}

/**
 * The same with what is wrong. Undefined: so wrong that the schema can't say what.
 *
 * `safeParse` alone throws for one kind of JSON: a check of a length asks whatever has a `length`, and a `length` that is an
 * object with a `toString` of its own can't be compared with a number.
 */
export function tryParse<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
): z.core.util.SafeParseResult<z.output<Schema>> | undefined {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
