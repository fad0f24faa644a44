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
    case 'paper':
      return void counter.openPaper();
    case 'undo':
      return void counter.undo();
    case 'escape':
      return counter.escape();
    case 'type':
    case 'name':
      return undefined;
  }
}
