import { applyEvent, foldMember, stateOn, voidedIds } from '#shared/domain/fold.ts';
import { makeProgramBook, type ProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import { listProgramViews, listReadyRewards } from '#shared/domain/rewards.ts';
import { type KnownEvent } from '#shared/ledger/event.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { addDays } from '#shared/lib/plain-day.ts';
import { alike, same, sameBytes } from './sameness.ts';
import { ANA, BIRTHDAY, eventAfter, fold, later, on, type Played } from './shop-history.ts';

/** What holds of the fold: the same events give the same state, however they come. */

export function isInverted(played: Played): void {
  const voided = voidedIds(played.events);
  const without = played.events.filter(({ id, type }) => type !== 'void' && !voided.has(id));
  sameBytes(fold(played, without), played.state);
  // And one more, of whatever came first.
  const [first, ...rest] = without;
  if (!first) return;
  const undone = eventAfter(played, { type: 'void', data: { target: first.id } }, 0);
  sameBytes(fold(played, [...played.events, undone]), fold(played, rest));
}

export function isIncremental(played: Played): void {
  sameBytes(played.state, fold(played, played.events));
  const half = played.turns[Math.floor(played.turns.length / 2)];
  if (!half) return;
  const soFar = played.events.slice(0, played.turns.indexOf(half) + 1);
  sameBytes(half.after, fold(played, soFar));
}

const inLedgerOrder = (events: readonly KnownEvent[]): KnownEvent[] =>
  [...events].sort((a, b) => (a.hlc < b.hlc ? -1 : 1));

export function isOrderFree(played: Played): void {
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

export function isPure(played: Played): void {
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

export function isPinned(played: Played): void {
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
