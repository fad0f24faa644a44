/**
 * The columns of many rows for one insert: `select … from ${sql}` with `values`.
 *
 * A column travels as one text with a value on each line. A list of texts would have to be escaped and read back quote by
 * quote, which takes longer than the insert itself; it is there for values that lines can't carry.
 */

export type Cell = string | number | null;

export interface Column {
  readonly name: string;
  readonly type: 'text' | 'bigint';
  readonly cells: readonly Cell[];
}

/** A control character that neither JSON nor an id nor a name can hold. */
const NOTHING = '\x01';

/** @param first the number of the first value's placeholder */
export function asRows(
  columns: readonly Column[],
  first: number,
): { readonly sql: string; readonly values: readonly unknown[] } {
  const written = columns.map(({ type, cells }, index) => {
    const text = cells.map((cell) => cell ?? NOTHING).join('\n');
    const place = `$${first + index}`;
    return canBeLines(text, cells)
      ? { sql: `string_to_array(${place}, e'\\n', e'\\x01')::${type}[]`, value: text }
      : { sql: `${place}::${type}[]`, value: cells };
  });
  const names = columns.map(({ name }) => name).join(', ');
  return {
    sql: `unnest(${written.map(({ sql }) => sql).join(', ')}) as w (${names})`,
    values: written.map(({ value }) => value),
  };
}

function canBeLines(text: string, cells: readonly Cell[]): boolean {
  // One empty text would be no line at all.
  if (text === '') return false;
  let breaks = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks += 1;
  if (breaks !== cells.length - 1) return false;
  return (
    !text.includes(NOTHING) || cells.every((cell) => typeof cell !== 'string' || !cell.includes(NOTHING))
  );
}
