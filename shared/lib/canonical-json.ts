import { assert } from './assert.ts';

/** Far more than anything here needs. Without a limit one reader's stack would hold what another's does not. */
const MAX_DEPTH = 100;

/**
 * The one text form of a JSON value: keys sorted by code unit, no white space. Two equal values give equal bytes on
 * every till, so hashes and "rebuilds to equal bytes" can be compared.
 *
 * @throws InvariantError for anything that has no exact form: a fraction (money is whole minor units), NaN, an
 *   unsafe integer, a function, a bigint, `undefined` inside an array, more than a hundred levels. A key whose value is
 *   `undefined` is left out.
 */
export const canonicalJson = (value: unknown): string => write(value, 0);

/** @param depth how many arrays and objects it stands in. */
function write(value: unknown, depth: number): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') {
    assert(Number.isSafeInteger(value), 'only whole numbers have a canonical form');
    return Object.is(value, -0) ? '0' : String(value);
  }
  assert(typeof value === 'object', `no canonical form for a ${typeof value}`);
  assert(depth < MAX_DEPTH, 'too deep for a canonical form');
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
  const record = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(record).sort()) {
    const field = record[key];
    if (field === undefined) continue;
    text += `${text === '' ? '' : ','}${quote(key)}:${write(field, depth + 1)}`;
  }
  return `{${text}}`;
}

/** Nothing in it that JSON would write otherwise: most texts of an event, and JSON.stringify costs more than this. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const quote = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));
