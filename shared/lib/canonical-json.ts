import { assert } from './assert.ts';

/**
 * The one text form of a JSON value: keys sorted by code unit, no white space. Two equal values give equal bytes on
 * every till, so hashes and "rebuilds to equal bytes" can be compared.
 *
 * @throws InvariantError for anything that has no exact form: a fraction (money is whole minor units), NaN, an
 *   unsafe integer, a function, a bigint, `undefined` inside an array. A key whose value is `undefined` is left out.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') {
    assert(Number.isSafeInteger(value), 'only whole numbers have a canonical form');
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  assert(typeof value === 'object', `no canonical form for a ${typeof value}`);
  const record = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(record).sort()) {
    const field = record[key];
    if (field === undefined) continue;
    text += `${text === '' ? '' : ','}${quote(key)}:${canonicalJson(field)}`;
  }
  return `{${text}}`;
}

/** Nothing in it that JSON would write otherwise: most texts of an event, and JSON.stringify costs more than this. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const quote = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));
