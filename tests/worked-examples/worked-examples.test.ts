import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyEvent } from '#shared/domain/fold.ts';
import { balanceOf, emptyMemberState } from '#shared/domain/member-state.ts';
import { programSchema } from '#shared/domain/program.ts';
import { createWorld, memberOf, tellOutcome, type World } from './play.ts';
import { readCases, type Case } from './read-cases.ts';
import { tell } from './tell.ts';

/**
 * The worked examples of `cases/*.txt`: what a shop does and what its members then have, written by hand from the rules.
 * The actions go through the real planners and the real fold.
 */

const FOLDER = join(import.meta.dirname, 'cases');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
const chapters = files.map((name) => ({ name, cases: readCases(readFileSync(join(FOLDER, name), 'utf8')) }));

describe.each(chapters.map(({ name, cases }) => [name, cases] as const))('%s', (_, cases) => {
  test.each(cases.map((given) => [given.title, given] as const))('%s', (_title, given) => {
    expect(playThrough(given)).toEqual(hoped(given));
  });
});

test('there are enough of them, and none has the title of another', () => {
  const titles = chapters.flatMap(({ cases }) => cases.map(({ title }) => title));
  expect(titles.length).toBeGreaterThanOrEqual(80);
  expect(new Set(titles).size).toBe(titles.length);
});

/** Every answer with its line, as the example has it. */
const hoped = ({ steps }: Case): string[] =>
  steps.flatMap((step) =>
    step.kind === 'look'
      ? step.checks.map(({ line, about, text }) => `${line} ${about}: ${text}`)
      : step.gives === undefined
        ? []
        : [`${step.line} ${step.text} -> ${step.gives}`],
  );

function playThrough(given: Case): string[] {
  for (const program of given.programs) expect(programSchema.safeParse(program).error).toBeUndefined();
  const world = createWorld(given);
  const said: string[] = [];
  const names = new Set<string>();
  for (const step of given.steps) {
    if (step.kind === 'act') {
      const outcome = world.act(step);
      if (!step.text.startsWith('the shop ')) names.add(step.text.split(' ')[0] ?? '');
      if (step.gives !== undefined) said.push(`${step.line} ${step.text} -> ${tellOutcome(outcome)}`);
      // What nobody expected to be refused must not pass unseen.
      else expect(outcome.refusal).toBeUndefined();
    } else {
      for (const { line, about } of step.checks) {
        said.push(`${line} ${about}: ${tell(about, { world, given, name: step.name, day: step.day })}`);
      }
    }
  }
  for (const name of names) expectSound(world, name);
  return said;
}

/** What holds in every example, said or not. */
function expectSound(world: World, name: string): void {
  const state = world.stateOf(name);
  for (const program of state.programs) {
    expect(program.earned + program.adjusted).toBe(balanceOf(program) + program.spent + program.expired);
  }
  const events = world.eventsOf(name);
  if (events.some(({ type }) => type === 'void')) return;
  const one = events.reduce(
    (before, event) => applyEvent(before, event, world.book),
    emptyMemberState(memberOf(name)),
  );
  expect(one).toEqual(state);
}
