import { expect, test } from 'vitest';
import type { MemberRow } from '#renderer/data/rows.ts';
import { emptyMemberState } from '#shared/domain/member-state.ts';
import type { MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import { targetOf } from './counter-target.ts';

const row: MemberRow = {
  id: 'member-1' as MemberId,
  name: 'Anna',
  nameKeys: ['anna'],
  lastVisitAt: 1,
  joinedAt: 1,
  visits: 1,
  stamps: 1,
  points: [],
  ready: 0,
};
const state = emptyMemberState(row.id);
const nothing = { held: undefined, unknownCard: undefined, acting: undefined };

test('a whole number that nobody holds is never somebody’s longer number', () => {
  const number = '+49301234567' as PhoneNumber;
  const matches = { rows: [row], hasMore: false, isExact: false, isBeginning: false, number };
  expect(targetOf({ ...nothing, found: { text: '0301234567', matches, state } })).toEqual({
    kind: 'new-number',
    number,
  });
});

test('one of more than are shown is not the only one', () => {
  const matches = { rows: [row], hasMore: true, isExact: false, isBeginning: false, number: undefined };
  expect(targetOf({ ...nothing, found: { text: '5678', matches, state } }).kind).toBe('many');
});

test('while a command runs its member stays on screen, until the next customer is found', () => {
  const acting = { kind: 'member', row, state, isHeld: false } as const;
  expect(targetOf({ ...nothing, found: undefined, acting })).toBe(acting);
  const matches = { rows: [], hasMore: false, isExact: false, isBeginning: false, number: undefined };
  expect(targetOf({ ...nothing, acting, found: { text: 'x', matches, state: undefined } }).kind).toBe(
    'nobody',
  );
});

test('four digits that somebody’s number begins with mean nobody', () => {
  const matches = { rows: [row], hasMore: false, isExact: false, isBeginning: true, number: undefined };
  expect(targetOf({ ...nothing, found: { text: '0798', matches, state } }).kind).toBe('many');
});
