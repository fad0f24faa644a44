import { readAltKey } from './counter-keys.ts';
import { runKey } from './run-key.ts';
import type { Counter } from './use-counter.ts';

/** No name ends in a point and a digit: that is the amount, typed where the name was. */
const ENDS_IN_POINT = /\s*[.,٫]$/u;

type NamePress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'repeat' | 'preventDefault'
>;

/** Number, name, amount is how a new customer is told: the sale goes on from the name without another key. */
export function typeSaleFromName(event: NamePress, counter: Counter, focusInput: () => void): void {
  const { needs, sale, name } = counter;
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    const meaning = readAltKey(event.code);
    if (meaning.kind !== 'thing') return;
    event.preventDefault();
    if (!event.repeat) runKey(meaning, counter);
    return;
  }
  if (!needs.amount || sale.amount > 0) return;
  const isDigit = /^\p{Nd}$/u.test(event.key) && ENDS_IN_POINT.test(name);
  // The number pad's own point is never part of a name.
  if (!isDigit && event.code !== 'NumpadDecimal') return;
  event.preventDefault();
  if (isDigit) counter.typeName(name.replace(ENDS_IN_POINT, ''));
  counter.openAmount();
  if (isDigit) counter.amountDigit(event.key);
  focusInput();
}
