import { expect, test } from 'vitest';
import { findProgramProblems } from '#shared/domain/program-problems.ts';
import { makeProgram, STAMP_PRESETS } from '#shared/domain/program.ts';
import type { ProgramId } from '#shared/lib/brand.ts';
import {
  addMilestone,
  definitionOf,
  draftOf,
  findDraftProblems,
  type ProgramDraft,
} from './program-draft.ts';

const bakery = STAMP_PRESETS.find(({ key }) => key === 'bakery');
if (!bakery) throw new Error('no bakery preset');
const program = makeProgram({
  id: 'bakery' as ProgramId,
  preset: bakery,
  name: 'Bakery card',
  finalReward: 'Cake',
  milestoneReward: 'Bun',
});
const draft = draftOf(program);
const problemsOf = (change: Partial<ProgramDraft>) => [...findDraftProblems({ ...draft, ...change })];

test('a published program becomes a draft and back without a change', () => {
  expect(definitionOf(draft)).toEqual(program);
  expect(problemsOf({})).toEqual([]);
});

test.each([
  ['an empty name', { name: ' \u200b ' }, ['name', 'name-missing']],
  ['a name too long', { name: 'x'.repeat(61) }, ['name', 'name-missing']],
  ['no size', { size: Number.NaN }, ['size', 'size-range']],
  ['no word', { hasOwnWord: true, wordOne: 'bean' }, ['wordOther', 'name-missing']],
  ['no stamps for a visit', { unitsPerVisit: 0 }, ['unitsPerVisit', 'units-range']],
  ['a broken number', { headStart: 1.5 }, ['headStart', 'head-start-range']],
  ['a full card on joining', { headStart: 12 }, ['headStart', 'head-start-fills-card']],
  ['no final reward', { finalReward: '' }, ['finalReward', 'name-missing']],
  ['a visit over its own limit', { unitsPerVisit: 6 }, ['perVisit', 'visit-over-own-limit']],
  ['a limit of nothing', { perDay: 0 }, ['perDay', 'limit-range']],
  ['a card that ends before the milestone', { size: 5 }, ['milestone-at:milestone', 'place-beyond-card']],
  ['a milestone on the last place', { size: 6 }, ['milestone-at:milestone', 'place-is-final']],
] as const)('%s is told beside its field', (_, change, problem) => {
  expect(problemsOf(change)).toEqual([problem]);
});

test('two rewards at one place: the second one is told', () => {
  const second = addMilestone(draft, 'second');
  const milestones = second.milestones.map((milestone) => ({ ...milestone, at: 6, name: 'Bun' }));
  expect([...findDraftProblems({ ...second, milestones })]).toEqual([
    [`milestone-at:${milestones[1]?.id}`, 'place-taken'],
  ]);
});

test('a new milestone takes a free place and only lacks its name', () => {
  const added = addMilestone(draft, 'new');
  expect(added.milestones.map(({ at }) => at)).toEqual([5, 6]);
  expect([...findDraftProblems(added)]).toEqual([['milestone-name:new', 'name-missing']]);
});

test('an empty limit is no limit', () => {
  const definition = definitionOf({ ...draft, perVisit: Number.NaN });
  expect(definition.limits.perVisit).toBeNull();
  expect(findProgramProblems(definition)).toEqual([]);
});
