import { foldMember, stateOn, voidedIds } from '#shared/domain/fold.ts';
import { balanceOf, type MemberState, type ProgramState } from '#shared/domain/member-state.ts';
import { makeProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import { grantsOf } from '#shared/ledger/event.ts';
import { addDays } from '#shared/lib/plain-day.ts';
import { alike, notLess, same, sameBytes } from './sameness.ts';
import { ANA, later, on, type Played } from './shop-history.ts';

/** What holds of the units themselves: earned, spent, lapsed. */

export function isConserved(played: Played): void {
  const states = [...played.turns.map(({ after }) => after), ...later(played).map((day) => on(played, day))];
  for (const state of states) for (const program of state.programs) expectSound(program);
}

function expectSound(program: ProgramState): void {
  const { earned, adjusted, spent, expired, unplaced, completed, cards, lots } = program;
  same(earned + adjusted, balanceOf(program) + spent + expired);
  notLess(Math.min(earned, spent, expired, unplaced, completed), 0);
  const open = cards.filter((card) => !card.spent && card.stamps < card.size);
  notLess(1, open.length);
  if (open.length > 0)
    same(
      cards.findLast((card) => !card.spent),
      open[0],
    );
  for (const card of cards) {
    same(
      card.stamps,
      card.lots.reduce((sum, lot) => sum + lot.units, 0),
    );
    notLess(card.stamps, 1);
    notLess(card.size, card.stamps);
    same(new Set(card.taken).size, card.taken.length);
  }
  for (const lot of [...lots, ...cards.flatMap((card) => card.lots)]) notLess(lot.units, 1);
  const untils = lots.map(({ until }) => until ?? '9999-12-31');
  alike(untils, [...untils].sort());
}

export function isEarned({ events, state }: Played): void {
  const voided = voidedIds(events);
  const sums = new Map<string, number>();
  for (const event of events) {
    if (voided.has(event.id) || event.type === 'adjustment') continue;
    for (const { program, units } of grantsOf(event)) sums.set(program, (sums.get(program) ?? 0) + units);
  }
  for (const { program, earned } of state.programs) same(earned, sums.get(program) ?? 0);
}

export function isSteady(played: Played): void {
  const { book } = played;
  let stepwise = played.state;
  let before: MemberState | undefined;
  for (const day of later(played)) {
    stepwise = stateOn(stepwise, day, book);
    const atOnce = on(played, day);
    sameBytes(stepwise, atOnce);
    sameBytes(stateOn(atOnce, day, book), atOnce);
    // A clock set back brings nothing back.
    sameBytes(stateOn(atOnce, addDays(day, -500), book), atOnce);
    for (const { program, ...now } of atOnce.programs) {
      const then = before?.programs.find((candidate) => candidate.program === program);
      if (!then) continue;
      notLess(now.expired, then.expired);
      notLess(balanceOf(then), balanceOf({ program, ...now }));
    }
    before = atOnce;
  }
}

export function isTold(played: Played): void {
  const told = new Map<string, number>();
  const add = ({ program, units }: { readonly program: string; readonly units: number }) =>
    void told.set(program, (told.get(program) ?? 0) + units);
  const state = foldMember(ANA, played.events, played.book, add);
  const end = stateOn(state, addDays(played.lastDay, 400), played.book, add);
  for (const { program, expired } of end.programs) same(told.get(program) ?? 0, expired);
}

export function isPlacedLater(played: Played): void {
  const { book, events, state } = played;
  const arrived = [...book.values()].flatMap((versions) =>
    versions.slice(0, 1).map((program): ProgramDefinition => Object.assign({}, program, { version: 9 })),
  );
  const complete = makeProgramBook([...[...book.values()].flat(), ...arrived]);
  const after = foldMember(ANA, events, complete);
  for (const program of after.programs) {
    expectSound(program);
    same(program.unplaced, 0);
    same(program.earned, state.programs.find((other) => other.program === program.program)?.earned);
  }
}

export function isOldestFirst({ book, turns }: Played): void {
  for (const { event, before, after } of turns) {
    if (event.type !== 'redemption') continue;
    for (const { program, lots } of stateOn(before, event.day, book).programs) {
      const left = after.programs.find((own) => own.program === program)?.lots ?? [];
      // Only the first one that is left may have been cut.
      alike(left.slice(1), left.length === 0 ? [] : lots.slice(lots.length - left.length + 1));
      same(left[0]?.until, left.length === 0 ? undefined : lots[lots.length - left.length]?.until);
    }
  }
}
