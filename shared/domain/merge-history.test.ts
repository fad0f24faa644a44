import { describe, expect, test } from 'vitest';
import { PROGRAMS, sealAll } from '#tests/arbitraries/member-events.ts';
import { UNASSIGNED_STAFF, type EventDraft } from '../ledger/event.ts';
import type { MemberId, PlainDay } from '../lib/brand.ts';
import { foldMember } from './fold.ts';
import { listHistory } from './history.ts';
import { findGroups } from './merge.ts';

const [ANNA, BERT] = ['anna', 'bert'] as [MemberId, MemberId];
const DAY = '2026-01-02' as PlainDay;

function tell(drafts: readonly object[]) {
  const events = sealAll(
    drafts.map(
      (draft, index) => ({ id: `e-${index}`, staff: UNASSIGNED_STAFF, ...draft }) as unknown as EventDraft,
    ),
  );
  const [group] = findGroups(events);
  const state = foldMember(ANNA, events, PROGRAMS, undefined, group);
  return listHistory(events, state, PROGRAMS, DAY)
    .flatMap((entry) => (entry.source === 'event' ? [entry] : []))
    .toReversed();
}
const joining = (member: MemberId) => ({
  type: 'enrolment',
  member,
  data: { by: 'phone', visit: 0, grants: [{ program: 'coffee', version: 1, rule: 'joining', units: 2 }] },
});
const merge = (by: string) => ({
  type: 'merge',
  member: BERT,
  data: { other: ANNA, by, reason: 'Anna moved' },
});

describe('the history of several who are one', () => {
  test('says under which other id something happened, and counts a second joining for nothing', () => {
    const [first, second, merged] = tell([joining(ANNA), joining(BERT), merge('same-number')]);
    expect([first?.under, second?.under, merged?.under]).toEqual([undefined, BERT, BERT]);
    expect([first?.what, second?.what]).toMatchObject([{ sums: [{ units: 2 }] }, { sums: [] }]);
    expect(merged?.what).toEqual({ kind: 'merge', other: ANNA, by: 'same-number', reason: 'Anna moved' });
  });

  test('of two numbers both joinings count', () => {
    const entries = tell([joining(ANNA), joining(BERT), merge('manager')]);
    expect(entries.slice(0, 2).map(({ what }) => what)).toMatchObject([
      { sums: [{ units: 2 }] },
      { sums: [{ units: 2 }] },
    ]);
  });
});

test('of somebody who was forgotten nothing typed is told, before or after', () => {
  const typed = 'Anna from number 5';
  const overLimit = { limits: ['per-day'], reason: typed };
  const grants = [{ program: 'coffee', version: 1, rule: 'adjustment', units: 1 }];
  const entries = tell([
    { ...joining(ANNA), data: { ...joining(ANNA).data, overLimit } },
    { type: 'adjustment', member: ANNA, data: { grants, reason: typed } },
    { type: 'void', member: ANNA, data: { target: 'e-1', reason: typed } },
    { type: 'erasure', member: ANNA, data: { reason: 'asked' } },
    { type: 'adjustment', member: ANNA, data: { grants, reason: typed } },
  ]);
  expect(JSON.stringify(entries)).not.toContain('Anna from');
  expect(entries[3]?.what).toEqual({ kind: 'erasure', why: 'asked' });
  expect(entries[1]?.undone).toBeDefined();
});
