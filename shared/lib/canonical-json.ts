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
  if (typeof value === 'string') return JSON.stringify(value);
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
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(field)}`;
  }
  return `{${text}}`;
}
