import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import { readAltKey, readKey, type KeyMeaning } from './counter-keys.ts';
import { targetOf } from './counter-target.ts';
import { runKey } from './run-key.ts';
import type { Counter } from './use-counter.ts';

/**
 * A scanner may send `*`, `-` or `/` inside a code. A key that acts waits this long: when another one follows sooner than
 * fingers can, it was part of a code and does nothing.
 */
const SETTLE_MS = 25;
const ACTING: ReadonlySet<KeyMeaning['kind']> = new Set(['redeem', 'undo', 'menu', 'more', 'fewer']);
/** Held down, these would act again and again. Digits, arrows and Backspace may repeat. */
const NEVER_REPEATED: ReadonlySet<KeyMeaning['kind']> = new Set([...ACTING, 'act', 'amount', 'thing']);

type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'preventDefault'
>;

interface Fields {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly name: RefObject<HTMLInputElement | null>;
}

/**
 * Keys of the counter, wherever the focus is: in the field, or nowhere in particular after a press on the screen. Other
 * fields, dialogs and focused buttons keep their own keys.
 *
 * @returns what the field does with a key.
 */
export function useCounterKeys(counter: Counter, { input, name }: Fields): (press: KeyPress) => void {
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);

  const press = (event: KeyPress): void => {
    clearTimeout(waiting.current);
    const hasControl = event.ctrlKey || event.metaKey;
    // Control and Alt together are how some keyboards write a character.
    const isAlt = event.altKey && !hasControl;
    const meaning = isAlt ? readAltKey(event.code) : meaningOf(event.key, hasControl, counter);
    if (meaning.kind === 'type') return;
    // The letter itself still goes into the name field, which has the focus by the time it is typed.
    if (meaning.kind === 'name') return name.current?.focus();
    event.preventDefault();
    if (event.repeat && NEVER_REPEATED.has(meaning.kind)) return;
    if (ACTING.has(meaning.kind)) waiting.current = setTimeout(() => runKey(meaning, counter), SETTLE_MS);
    else runKey(meaning, counter);
    // What found nobody is replaced by the next customer's digits instead of being continued by them.
    if (meaning.kind === 'act' && targetOf(counter).kind === 'nobody') input.current?.select();
  };

  const pressElsewhere = useEffectEvent((event: KeyboardEvent): void => {
    if (counter.dialog !== undefined || isOwnedKey(event)) return;
    press(event);
    const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isText && !event.defaultPrevented && document.activeElement !== name.current) input.current?.focus();
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressElsewhere(event);
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
      clearTimeout(waiting.current);
    };
  }, []);

  return press;
}

/** What the key means now; also for a key of the number pad on screen. */
export function meaningOf(key: string, hasControl: boolean, counter: Counter): KeyMeaning {
  const target = targetOf(counter);
  return readKey(key, hasControl, {
    text: counter.text,
    target: target.kind,
    isHeld: target.kind === 'member' && target.isHeld,
    isCounting: counter.isCounting,
    countDigit: counter.isCounting || counter.countDigits === '' ? undefined : counter.countDigits,
    countsVisits: counter.countsVisits,
    isWhole: target.kind !== 'member' || (counter.found?.matches.isExact ?? false),
    asksAmount: counter.needs.amount,
    isAmountOpen: counter.sale.isAmountOpen,
  });
}

/** Keys that belong to what has the focus: any key in a field or dialog, the ones that work a button on a button. */
function isOwnedKey({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input, textarea, select, [role="dialog"], [role="alertdialog"]')) return true;
  const isWorking = ['Enter', ' ', 'Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(key);
  return isWorking && target.closest('button, a, [role="button"]') !== null;
}
