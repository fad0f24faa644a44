import * as z from 'zod/mini';
import { InvariantError } from '#shared/lib/assert.ts';

/** @throws InvariantError when page and main process are of different versions. */
export function parseReply<Schema extends z.ZodMiniType>(schema: Schema, reply: unknown): z.output<Schema> {
  const parsed = z.safeParse(schema, reply);
  if (!parsed.success) throw new InvariantError('a reply of the main process does not fit the contract');
  return parsed.data;
}
