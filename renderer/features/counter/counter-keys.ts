import type { Target } from './counter-target.ts';

/**
 * What a key means at the counter. Everything can be done on a number pad alone: digits and Enter find and punch,
 * + gives more, * redeems (again for the next of several, then Enter), - undoes, / takes over a paper card.
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
  | { readonly kind: 'redeem' }
  | { readonly kind: 'paper' }
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
}

const TYPE: KeyMeaning = { kind: 'type' };

/** @param key as in KeyboardEvent.key. */
export function readKey(key: string, hasControl: boolean, context: KeyContext): KeyMeaning {
  const { text, target, isHeld, isCounting } = context;
  const isMember = target === 'member';
  const isNew = target === 'new-number' || target === 'new-card';
  const isEmpty = text === '';
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
      return isCounting || (isHeld && isEmpty) ? { kind: 'escape' } : TYPE;
    case '+':
      return isMember || isNew ? { kind: 'more' } : TYPE;
    case '-':
      if (isCounting || isHeld || target === 'new-card') return { kind: 'fewer' };
      return isEmpty ? { kind: 'undo' } : TYPE;
    case '*':
      return isMember ? { kind: 'redeem' } : TYPE;
    case '/':
      return isMember || isEmpty ? { kind: 'paper' } : TYPE;
    default:
      return readCharacter(key, context, isNew);
  }
}

function readCharacter(key: string, context: KeyContext, isNew: boolean): KeyMeaning {
  if (/^\p{Nd}$/u.test(key)) return readDigit(key, context);
  // A letter behind a whole new number is the name of the new member.
  return isNew && /^\p{L}$/u.test(key) ? { kind: 'name' } : TYPE;
}

function readDigit(digit: string, context: KeyContext): KeyMeaning {
  if (context.isCounting) return { kind: 'count-digit', digit };
  if (!context.isHeld) return TYPE;
  if (context.countDigit !== undefined) return { kind: 'restart', text: context.countDigit + digit };
  return { kind: 'count-digit', digit };
}
