/** A list of numbers that grows, without an object for each. */
export interface Column {
  /** @returns the place of `value`. */
  push(value: number): number;
  at(place: number): number;
  set(place: number, value: number): void;
}

const FIRST_LENGTH = 1024;

export function createColumn(
  Kind: new (length: number) => Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>,
): Column {
  let values = new Kind(FIRST_LENGTH);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const longer = new Kind(length * 2);
        longer.set(values);
        values = longer;
      }
      values[length] = value;
      length += 1;
      return length - 1;
    },
    at(place) {
      const value = place < length ? values[place] : undefined;
      if (value === undefined) throw new RangeError('no such place');
      return value;
    },
    set(place, value) {
      values[place] = value;
    },
  };
}
