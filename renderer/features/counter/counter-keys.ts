import type { Target } from './counter-target.ts';

/**
 * What a key means at the counter. Everything can be done on a number pad alone: digits and Enter find and punch,
 * + gives more, . opens the amount, * redeems (again for the next of several, then Enter), - undoes, / is for the paper
 * card and whatever else is rare.
 */
export type KeyMeaning =
  /** The key types into the field as usual. */
  | { readonly kind: 'type' }
  | { readonly kind: 'act' }
  | { readonly kind: 'move'; readonly by: 1 | -1 }
  | { readonly kind: 'more' }
  | { readonly kind: 'fewer' }
  | { readonly kind: 'count-digit'; readonly digit: string }
  /** A second digit for a member in hand: it begins somebody else's number. */
  | { readonly kind: 'restart'; readonly text: string }
  | { readonly kind: 'amount' }
  | { readonly kind: 'amount-digit'; readonly digit: string }
  | { readonly kind: 'amount-back' }
  /** The n-th button of what is sold, from 0. */
  | { readonly kind: 'thing'; readonly index: number }
  /** Means nothing here, and must not be typed either. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'redeem' }
  | { readonly kind: 'menu' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'name' }
  | { readonly kind: 'escape' };

export interface KeyContext {
  readonly text: string;
  readonly target: Target['kind'];
  readonly isHeld: boolean;
  /** `+` was pressed: digits are a count. */
  readonly isCounting: boolean;
  /** The digit that set the count of a member in hand. */
  readonly countDigit: string | undefined;
  /** How many visits it is makes a difference in this shop. */
  readonly countsVisits: boolean;
  /** All of a number or code was typed, not a part of it. */
  readonly isWhole: boolean;
  /** A program asks for the amount of the sale. */
  readonly asksAmount: boolean;
  /** Digits belong to the amount. */
  readonly isAmountOpen: boolean;
}

/** The key between the numbers and what comes after the point, on whichever keyboard. */
const POINTS: ReadonlySet<string> = new Set(['.', ',', '٫']);

const TYPE: KeyMeaning = { kind: 'type' };

/** @param key as in KeyboardEvent.key. */
export function readKey(key: string, hasControl: boolean, context: KeyContext): KeyMeaning {
  const { text, target, isHeld, isCounting } = context;
  const isMember = target === 'member';
  const isNew = target === 'new-number' || target === 'new-card';
  const isEmpty = text === '';
  // In the middle of an amount no character can be meant for the search.
  const other: KeyMeaning = context.isAmountOpen ? { kind: 'nothing' } : TYPE;
  if (hasControl) return key.toLowerCase() === 'z' && isEmpty ? { kind: 'undo' } : TYPE;
  switch (key) {
    case 'Enter':
      return { kind: 'act' };
    case 'ArrowDown':
      return { kind: 'move', by: 1 };
    case 'ArrowUp':
      return { kind: 'move', by: -1 };
    case 'Escape':
      return { kind: 'escape' };
    case 'Backspace':
      if (context.isAmountOpen && !isCounting) return { kind: 'amount-back' };
      return isCounting || (isHeld && isEmpty) ? { kind: 'escape' } : TYPE;
    case '+':
      return isMember || isNew ? { kind: 'more' } : other;
    case '-':
      // Beside an amount it would make the next digits a count.
      if (context.isAmountOpen && !isCounting) return other;
      if (isCounting || isHeld || target === 'new-card') return { kind: 'fewer' };
      return isEmpty ? { kind: 'undo' } : TYPE;
    case '*':
      return isMember ? { kind: 'redeem' } : other;
    case '/':
      return isMember || isEmpty ? { kind: 'menu' } : other;
    default:
      return readCharacter(key, context, isNew);
  }
}

function readCharacter(key: string, context: KeyContext, isNew: boolean): KeyMeaning {
  const { target, asksAmount, isAmountOpen } = context;
  if (POINTS.has(key) && asksAmount && (isNew || target === 'member') && !isSeparator(context)) {
    return { kind: 'amount' };
  }
  if (/^\p{Nd}$/u.test(key)) return readDigit(key, context);
  // A letter behind a whole new number is the name of the new member.
  if (isNew && /^\p{L}$/u.test(key)) return { kind: 'name' };
  return isAmountOpen && [...key].length === 1 ? { kind: 'nothing' } : TYPE;
}

/** `06.12` may be somebody's last four digits, and is on its way to `06.12.34.56.78`. */
const isSeparator = ({ text, isHeld, isWhole }: KeyContext): boolean =>
  !isHeld && !isWhole && /^[\p{Nd}\s+()/-]*[.,٫][\p{Nd}\s.,٫()/-]*$/u.test(text);

function readDigit(digit: string, context: KeyContext): KeyMeaning {
  if (context.isCounting) return { kind: 'count-digit', digit };
  if (context.isAmountOpen) return { kind: 'amount-digit', digit };
  if (!context.isHeld) return TYPE;
  if (!context.countsVisits) return { kind: 'restart', text: digit };
  if (context.countDigit !== undefined) return { kind: 'restart', text: context.countDigit + digit };
  return { kind: 'count-digit', digit };
}

/** Alt and a digit of the row above the letters press a button of what is sold. On a number pad Alt types characters. */
export function readAltKey(code: string): KeyMeaning {
  const digit = /^Digit([1-9])$/.exec(code)?.[1];
  return digit === undefined ? TYPE : { kind: 'thing', index: Number(digit) - 1 };
}
