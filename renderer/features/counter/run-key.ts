import type { KeyMeaning } from './counter-keys.ts';
import type { Counter } from './use-counter.ts';

/** Does what a key means. Typing and the name field are the input's own business. */
export function runKey(meaning: KeyMeaning, counter: Counter): void {
  const count = counter.count ?? counter.defaultCount;
  switch (meaning.kind) {
    case 'act':
      return void counter.act();
    case 'move':
      return counter.move(meaning.by);
    case 'more':
      return counter.setCount(count + 1);
    case 'fewer':
      return counter.setCount(count - 1);
    case 'count-digit':
      return counter.countDigit(meaning.digit);
    case 'restart':
      return counter.type(meaning.text);
    case 'redeem':
      return void counter.redeem();
    case 'menu':
      return void counter.openMore();
    case 'amount':
      return counter.openAmount();
    case 'amount-digit':
      return counter.amountDigit(meaning.digit);
    case 'amount-back':
      return counter.amountBack();
    case 'thing': {
      const thing = counter.needs.items[meaning.index];
      return thing && counter.addThing(thing, 1);
    }
    case 'undo':
      return void counter.undo();
    case 'escape':
      return counter.escape();
    case 'type':
    case 'name':
    case 'nothing':
      return undefined;
  }
}
