import { isDeepStrictEqual } from 'node:util';
import { applyEvent, foldMember, stateOn, voidedIds } from '#shared/domain/fold.ts';
import {
  balanceOf,
  emptyMemberState,
  type MemberState,
  type ProgramState,
} from '#shared/domain/member-state.ts';
import { makeProgramBook, type ProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import { listProgramViews, listReadyRewards, listRewardOffers } from '#shared/domain/rewards.ts';
import { tierOn } from '#shared/domain/tier.ts';
import { grantsOf, type KnownEvent } from '#shared/ledger/event.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { addDays, endOfYear, yearOf } from '#shared/lib/plain-day.ts';
import { ANA, BIRTHDAY, eventAfter, isWithdrawn, redemptionOf, type Played } from './shop-history.ts';

/** What holds in every history of every shop. Each throws where it does not. */
export interface Invariant {
  readonly name: string;
  readonly check: (played: Played) => void;
}

// Millions of times a night: a matcher that builds a message each time would take longer than the engine.
function same(actual: unknown, wanted: unknown): void {
  if (!Object.is(actual, wanted)) throw new Error(`${String(actual)} instead of ${String(wanted)}`);
}
function alike(actual: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(actual, wanted)) {
    throw new Error(`${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`);
  }
}
function notLess(actual: number, least: number): void {
  if (!(actual >= least)) throw new Error(`${actual} is less than ${least}`);
}

const fold = ({ book }: Pick<Played, 'book'>, events: readonly KnownEvent[]): MemberState =>
  foldMember(ANA, events, book);

/** Equal bytes. The canonical form takes as long as everything else here together: only for what looks different. */
function sameBytes(actual: unknown, wanted: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(wanted)) same(canonicalJson(actual), canonicalJson(wanted));
}
const later = ({ lastDay }: Played): readonly PlainDay[] =>
  [0, 1, 31, 95, 400, 800].map((days) => addDays(lastDay, days));

export const INVARIANTS: readonly Invariant[] = [
  { name: 'earned and adjusted equal balance, spent and expired; nothing is negative', check: isConserved },
  { name: 'earned is the sum of the grants that count', check: isEarned },
  { name: 'a void inverts: as if neither it nor its target had been', check: isInverted },
  { name: 'event after event gives the bytes of all at once', check: isIncremental },
  { name: 'any order of delivery, put into ledger order, gives the same bytes', check: isOrderFree },
  { name: 'the same events give the same bytes, and nothing given is changed', check: isPure },
  { name: 'a published version changes nothing that a member holds', check: isPinned },
  { name: 'what is offered is accepted, as often as is said', check: isAccepted },
  { name: 'what holds on a day holds however often and in what steps one asks', check: isSteady },
  { name: 'a withdrawn program gives nothing', check: isSilentWhenWithdrawn },
  { name: 'a tier rises within its year and never falls', check: isRising },
  { name: 'what is told as expired adds up to what expired', check: isTold },
  { name: 'units kept for unknown rules find their place when the rules arrive', check: isPlacedLater },
  { name: 'what lapses first is used first', check: isOldestFirst },
  { name: 'no birthday gift is given twice, no cap for ever is passed', check: isWithinCaps },
  { name: 'a plan grants whole units under current rules, and grants all of them', check: isGranted },
];

function isConserved(played: Played): void {
  const states = [...played.turns.map(({ after }) => after), ...later(played).map((day) => on(played, day))];
  for (const state of states) for (const program of state.programs) expectSound(program);
}

const on = ({ state, book }: Played, day: PlainDay): MemberState => stateOn(state, day, book);

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

function isEarned({ events, state }: Played): void {
  const voided = voidedIds(events);
  const sums = new Map<string, number>();
  for (const event of events) {
    if (voided.has(event.id) || event.type === 'adjustment') continue;
    for (const { program, units } of grantsOf(event)) sums.set(program, (sums.get(program) ?? 0) + units);
  }
  for (const { program, earned } of state.programs) same(earned, sums.get(program) ?? 0);
}

function isInverted(played: Played): void {
  const voided = voidedIds(played.events);
  const without = played.events.filter(({ id, type }) => type !== 'void' && !voided.has(id));
  sameBytes(fold(played, without), played.state);
  // And one more, of whatever came first.
  const [first, ...rest] = without;
  if (!first) return;
  const undone = eventAfter(played, { type: 'void', data: { target: first.id } }, 0);
  sameBytes(fold(played, [...played.events, undone]), fold(played, rest));
}

function isIncremental(played: Played): void {
  sameBytes(played.state, fold(played, played.events));
  const half = played.turns[Math.floor(played.turns.length / 2)];
  if (!half) return;
  const soFar = played.events.slice(0, played.turns.indexOf(half) + 1);
  sameBytes(half.after, fold(played, soFar));
}

const inLedgerOrder = (events: readonly KnownEvent[]): KnownEvent[] =>
  [...events].sort((a, b) => (a.hlc < b.hlc ? -1 : 1));

function isOrderFree(played: Played): void {
  const { events, state } = played;
  const odd = [
    ...events.filter((_, place) => place % 2 === 1),
    ...events.filter((_, place) => place % 2 === 0),
  ];
  for (const delivered of [events.toReversed(), odd]) {
    sameBytes(fold(played, inLedgerOrder(delivered)), state);
    // A void takes out what it names wherever it stands.
    alike([...voidedIds(delivered)].sort(), [...voidedIds(events)].sort());
  }
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
}

function isPure(played: Played): void {
  const { events, book, bookNow, state, lastDay } = played;
  for (const versions of book.values()) deepFreeze(versions);
  deepFreeze(events);
  deepFreeze(state);
  sameBytes(fold(played, events), state);
  const before = canonicalJson(state);
  const context = { day: lastDay, birthday: BIRTHDAY };
  const first = [listReadyRewards(state, bookNow, context), listProgramViews(state, bookNow, lastDay)];
  const second = [listReadyRewards(state, bookNow, context), listProgramViews(state, bookNow, lastDay)];
  alike(second, first);
  const last = events.at(-1);
  if (last && last.type !== 'void') applyEvent(state, last, book);
  stateOn(state, addDays(lastDay, 400), book);
  same(canonicalJson(state), before);
}

const NEW_VERSION = 99;

/** The rules as an owner might change them next: everything dearer, shorter and smaller. */
const harsher = (program: ProgramDefinition): ProgramDefinition => ({
  ...program,
  version: NEW_VERSION,
  unit: program.unit.kind === 'stamps' ? { ...program.unit, size: 50 } : program.unit,
  rewards: program.rewards.map((reward) => ({ ...reward, at: 50, expiresAfterDays: 1 })),
  expiry: { kind: 'after-last-visit', months: 1 },
});

function isPinned(played: Played): void {
  const { book, bookNow, events, state, lastDay } = played;
  const next = [...book.values()].flatMap((versions) => versions.slice(-1).map(harsher));
  const published = makeProgramBook([...[...book.values()].flat(), ...next]);
  sameBytes(foldMember(ANA, events, published), state);
  for (const day of later(played)) {
    sameBytes(stateOn(state, day, published), on(played, day));
  }
  // On their cards members find the same rewards.
  const context = { day: lastDay, birthday: BIRTHDAY };
  const onCards = (programs: ProgramBook) =>
    listReadyRewards(state, programs, context).filter(
      ({ program, version, reward }) =>
        reward.at > 0 &&
        version < NEW_VERSION &&
        book.get(program)?.find((known) => known.version === version)?.unit.kind === 'stamps',
    );
  alike(onCards(published), onCards(bookNow));
}

function isAccepted(played: Played): void {
  const { bookNow, book, state, lastDay } = played;
  for (const { taken, before, after } of played.turns) {
    if (taken) alike(after.exceptions, before.exceptions);
  }
  const context = { day: lastDay, birthday: BIRTHDAY };
  const ready = listReadyRewards(state, bookNow, context);
  for (const [place, offer] of ready.entries()) {
    const once = applyEvent(state, eventAfter(played, redemptionOf(offer, place), 0), book);
    alike(once.exceptions, state.exceptions);
  }
  for (const { next, count } of listRewardOffers(state, bookNow, context)) {
    let now = state;
    for (let time = 0; time < Math.min(count, 5); time += 1) {
      const offer = listReadyRewards(now, bookNow, context).find(
        ({ program, reward }) => program === next.program && reward.id === next.reward.id,
      );
      same(offer !== undefined, true);
      if (offer) now = applyEvent(now, eventAfter(played, redemptionOf(offer, 0), time), book);
    }
    alike(now.exceptions, state.exceptions);
  }
}

function isSteady(played: Played): void {
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

function isSilentWhenWithdrawn(played: Played): void {
  for (const { planned } of played.turns) {
    for (const { program } of planned?.grants ?? []) {
      same(isWithdrawn(planned?.current ?? [], program), false);
    }
  }
  const current = [...played.bookNow.values()].flatMap((versions) => versions.at(-1) ?? []);
  const context = { day: played.lastDay, birthday: BIRTHDAY };
  for (const { program, reward } of listReadyRewards(emptyMemberState(ANA), played.bookNow, context)) {
    same(`${program} ${reward.id} ${isWithdrawn(current, program)}`, `${program} ${reward.id} false`);
  }
}

function isRising(played: Played): void {
  const programs = [...played.book.values()].flat().filter(({ tiers }) => tiers !== undefined);
  for (const { event, before, after } of played.turns) {
    // A void takes back, and what is brought along is said anew.
    if (event.type === 'void' || event.type === 'opening') continue;
    for (const definition of programs) {
      for (const day of [event.day, endOfYear(yearOf(event.day)), endOfYear(yearOf(event.day) + 1)]) {
        const place = (state: MemberState): number =>
          definition.tiers?.levels.findIndex(({ id }) => id === tierOn(state, definition, day)?.level?.id) ??
          -1;
        notLess(place(after), place(before));
      }
      expectTrueUntil(after, definition, event.day);
    }
  }
}

/** What is said of the end of a tier is what is then so. */
function expectTrueUntil(state: MemberState, definition: ProgramDefinition, day: PlainDay): void {
  const view = tierOn(state, definition, day);
  // Asked about a day before the latest one, the future is known already.
  if (!view?.level || view.until === null || (state.lastDay !== null && day < state.lastDay)) return;
  same(tierOn(state, definition, view.until)?.level?.id, view.level.id);
  same(tierOn(state, definition, addDays(view.until, 1))?.level?.id, view.after?.id);
}

function isTold(played: Played): void {
  const told = new Map<string, number>();
  const add = ({ program, units }: { readonly program: string; readonly units: number }) =>
    void told.set(program, (told.get(program) ?? 0) + units);
  const state = foldMember(ANA, played.events, played.book, add);
  const end = stateOn(state, addDays(played.lastDay, 400), played.book, add);
  for (const { program, expired } of end.programs) same(told.get(program) ?? 0, expired);
}

function isPlacedLater(played: Played): void {
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

function isGranted(played: Played): void {
  for (const { planned, before, after, event } of played.turns) {
    if (!planned) continue;
    for (const { program, version, units } of planned.grants) {
      same(
        planned.current.some((current) => current.id === program && current.version === version),
        true,
      );
      same(Number.isSafeInteger(units) && units > 0, true);
    }
    for (const { program } of planned.grants) {
      const earned = (state: MemberState) =>
        state.programs.find((own) => own.program === program)?.earned ?? 0;
      const units = grantsOf(event).reduce(
        (sum, grant) => sum + (grant.program === program ? grant.units : 0),
        0,
      );
      same(earned(after) - earned(before), units);
    }
  }
}

function isOldestFirst({ book, turns }: Played): void {
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

function isWithinCaps({ book, events, state }: Played): void {
  const voided = voidedIds(events);
  const refused = new Set(state.exceptions.map(({ event }) => event));
  const given = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'redemption' || voided.has(event.id) || refused.has(event.id)) continue;
    const { program, reward: id, version, birthdayYear } = event.data;
    const definition = book.get(program)?.find((known) => known.version === version);
    const reward = definition?.rewards.find((candidate) => candidate.id === id);
    const count = (given.get(`${program} ${id}`) ?? 0) + 1;
    given.set(`${program} ${id}`, count);
    // On a card the cap is that of the card's version.
    const isOnCard = definition?.unit.kind === 'stamps' && reward !== undefined && reward.at > 0;
    if (reward?.cap?.per === 'ever' && !isOnCard) notLess(reward.cap.times, count);
    if (!reward?.birthday) continue;
    const gift = `${program} ${id} ${birthdayYear ?? ''}`;
    same(given.get(gift), undefined);
    given.set(gift, 1);
  }
}
