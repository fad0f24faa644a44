import { expect, test } from 'vitest';
import { sealAll } from '#tests/arbitraries/member-events.ts';
import { UNASSIGNED_STAFF, type EventDraft } from '../ledger/event.ts';
import type { MemberId, PhoneNumber } from '../lib/brand.ts';
import { planSameNumberMerges } from './merge-same-number.ts';

const PHONE = '+33612345678' as PhoneNumber;
const holder = (member: string, phone: PhoneNumber = PHONE) => ({ member: member as MemberId, phone });
const said = (drafts: readonly object[]) =>
  sealAll(
    drafts.map(
      (draft, index) => ({ id: `e-${index}`, staff: UNASSIGNED_STAFF, ...draft }) as unknown as EventDraft,
    ),
  );
const enrol = (member: string, by = 'phone') => ({
  type: 'enrolment',
  member,
  data: { by, visit: 0, grants: [] },
});
const unmerge = (member: string, other: string) => ({
  type: 'unmerge',
  member,
  data: { other, merges: [], reason: 'two' },
});
const pairs = (holders: readonly ReturnType<typeof holder>[], drafts: readonly object[]) =>
  planSameNumberMerges(holders, said(drafts)).map(({ member, other }) => `${member}-${other}`);
const both = [holder('b'), holder('a')];

test('two who were enrolled with one number are due, whichever document came first', () => {
  expect(pairs(both, [enrol('b'), enrol('a')])).toEqual(['a-b']);
});

test.each([
  ['one came from a file', [enrol('a'), enrol('b', 'import')]],
  ['one was undone', [enrol('a'), enrol('b'), { type: 'void', member: 'b', data: { target: 'e-1' } }]],
  [
    'one was given the number later',
    [enrol('a'), enrol('b'), { type: 'profile', member: 'b', data: { fields: ['phone'] } }],
  ],
  [
    'a newer app said something of one',
    [enrol('a'), enrol('b'), { type: 'part-company', member: 'b', data: {} }],
  ],
  ['they are two people', [enrol('a'), enrol('b'), unmerge('b', 'a')]],
  [
    'it was said already',
    [enrol('a'), enrol('b'), { type: 'merge', member: 'b', data: { other: 'a', by: 'manager' } }],
  ],
])('nothing is due: %s', (_, drafts) => {
  expect(pairs(both, drafts)).toEqual([]);
});

test('another number is another person', () => {
  expect(pairs([holder('a'), holder('b', '+33612345679' as PhoneNumber)], [enrol('a'), enrol('b')])).toEqual(
    [],
  );
});

test('three become one, by two merges', () => {
  expect(pairs([...both, holder('c')], [enrol('a'), enrol('b'), enrol('c')])).toEqual(['a-b', 'a-c']);
});

test('a third one does not bring together who was told apart', () => {
  const drafts = [enrol('a'), enrol('b'), enrol('c'), unmerge('a', 'b')];
  expect(pairs([...both, holder('c')], drafts)).toEqual(['a-c']);
});
