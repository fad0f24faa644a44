import { expect, test } from 'vitest';
import { readAltKey, readKey, type KeyContext, type KeyMeaning } from './counter-keys.ts';

const idle: KeyContext = {
  text: '',
  target: 'idle',
  isHeld: false,
  isCounting: false,
  countDigit: undefined,
  countsVisits: true,
  isWhole: false,
  asksAmount: false,
  isAmountOpen: false,
};
const found: KeyContext = { ...idle, text: '5678', target: 'member' };
const held: KeyContext = { ...idle, target: 'member', isHeld: true };
/** A shop that gives points for amounts. */
const selling: KeyContext = { ...found, asksAmount: true };
const amount: KeyContext = { ...selling, isAmountOpen: true };
const fresh: KeyContext = { ...idle, text: '0612345678', target: 'new-number' };

test.each<[string, string, KeyContext, KeyMeaning]>([
  ['digits type', '5', idle, { kind: 'type' }],
  ['digits narrow a match', '5', found, { kind: 'type' }],
  ['letters search', 'a', idle, { kind: 'type' }],
  ['Enter acts', 'Enter', found, { kind: 'act' }],
  ['+ begins an international number', '+', idle, { kind: 'type' }],
  ['+ gives more', '+', found, { kind: 'more' }],
  ['+ gives more to a new member too', '+', fresh, { kind: 'more' }],
  ['a digit after + is the count', '3', { ...found, isCounting: true }, { kind: 'count-digit', digit: '3' }],
  ['a digit for a member in hand is the count', '3', held, { kind: 'count-digit', digit: '3' }],
  ['a second digit is the next customer', '6', { ...held, countDigit: '0' }, { kind: 'restart', text: '06' }],
  ['- on an empty field takes back', '-', idle, { kind: 'undo' }],
  ['- inside a number is a separator', '-', { ...idle, text: '415', target: 'many' }, { kind: 'type' }],
  ['- while counting gives fewer', '-', { ...found, isCounting: true }, { kind: 'fewer' }],
  ['- for a member in hand gives fewer', '-', held, { kind: 'fewer' }],
  ['* redeems', '*', found, { kind: 'redeem' }],
  ['* without a member types', '*', idle, { kind: 'type' }],
  ['a digit after * is the next customer, never a reward', '2', found, { kind: 'type' }],
  [
    '- on a scanned unknown card gives fewer, and undoes nobody',
    '-',
    { ...idle, target: 'new-card' },
    { kind: 'fewer' },
  ],
  ['/ takes over a paper card', '/', found, { kind: 'menu' }],
  ['/ also for the one just served', '/', idle, { kind: 'menu' }],
  ['/ inside a number is a separator', '/', { ...idle, text: '030', target: 'many' }, { kind: 'type' }],
  ['a letter behind a new number is the name', 'E', fresh, { kind: 'name' }],
  ['an accented letter too', 'Ç', fresh, { kind: 'name' }],
  ['arrows move', 'ArrowDown', { ...idle, text: 'anna', target: 'many' }, { kind: 'move', by: 1 }],
  ['Escape escapes', 'Escape', found, { kind: 'escape' }],
  ['Backspace edits', 'Backspace', found, { kind: 'type' }],
  ['. opens the amount', '.', selling, { kind: 'amount' }],
  ['so does the comma of other keyboards', ',', selling, { kind: 'amount' }],
  ['also for a new member', '.', { ...fresh, asksAmount: true }, { kind: 'amount' }],
  ['. types where no amount is asked', '.', found, { kind: 'type' }],
  ['. before anybody is found types', '.', { ...idle, text: '06', asksAmount: true }, { kind: 'type' }],
  ['digits belong to the open amount', '4', amount, { kind: 'amount-digit', digit: '4' }],
  [
    'also with a member in hand',
    '4',
    { ...amount, text: '', isHeld: true },
    { kind: 'amount-digit', digit: '4' },
  ],
  ['Backspace takes the last digit of the amount', 'Backspace', amount, { kind: 'amount-back' }],
  ['+ beside an amount counts visits', '+', amount, { kind: 'more' }],
  [
    'digits after it are the count',
    '3',
    { ...amount, isCounting: true },
    { kind: 'count-digit', digit: '3' },
  ],
  ['- beside an amount undoes nobody and counts nothing', '-', amount, { kind: 'nothing' }],
  ['also with a member in hand', '-', { ...amount, text: '', isHeld: true }, { kind: 'nothing' }],
  ['- beside an amount while counting gives fewer', '-', { ...amount, isCounting: true }, { kind: 'fewer' }],
  [
    '. in a number written with points goes on with the number',
    '.',
    { ...selling, text: '06.12' },
    { kind: 'type' },
  ],
  [
    'behind the whole number it opens the amount',
    '.',
    { ...selling, text: '06.12.34.56.78', isWhole: true },
    { kind: 'amount' },
  ],
  ['also behind an initial', '.', { ...selling, text: 'J. Smith' }, { kind: 'amount' }],
  [
    'nor does a key that means nothing for a new member',
    '/',
    { ...fresh, asksAmount: true, isAmountOpen: true },
    { kind: 'nothing' },
  ],
  ['a letter does not search in the middle of an amount', 'x', amount, { kind: 'nothing' }],
  [
    'where visits are not counted, a digit for a member in hand is the next customer',
    '7',
    { ...held, countsVisits: false },
    { kind: 'restart', text: '7' },
  ],
  ['Backspace ends counting', 'Backspace', { ...found, isCounting: true }, { kind: 'escape' }],
])('%s', (_, key, context, meaning) => {
  expect(readKey(key, false, context)).toEqual(meaning);
});

test('Ctrl+Z takes back on an empty field and edits text otherwise', () => {
  expect(readKey('z', true, idle)).toEqual({ kind: 'undo' });
  expect(readKey('z', true, found)).toEqual({ kind: 'type' });
});

test('Alt and a digit press a button of what is sold', () => {
  expect(readAltKey('Digit1')).toEqual({ kind: 'thing', index: 0 });
  expect(readAltKey('Digit9')).toEqual({ kind: 'thing', index: 8 });
  expect(readAltKey('Numpad1')).toEqual({ kind: 'type' });
  expect(readAltKey('KeyF')).toEqual({ kind: 'type' });
});
