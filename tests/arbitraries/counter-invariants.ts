import { applyEvent, voidedIds } from '#shared/domain/fold.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { type ProgramDefinition } from '#shared/domain/program.ts';
import { listReadyRewards, listRewardOffers } from '#shared/domain/rewards.ts';
import { tierOn } from '#shared/domain/tier.ts';
import { grantsOf } from '#shared/ledger/event.ts';
import { type PlainDay } from '#shared/lib/brand.ts';
import { addDays, endOfYear, yearOf } from '#shared/lib/plain-day.ts';
import { alike, notLess, same } from './sameness.ts';
import { ANA, BIRTHDAY, eventAfter, isWithdrawn, redemptionOf, type Played } from './shop-history.ts';

/** What holds of what is planned, offered and given at the counter. */

export function isAccepted(played: Played): void {
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

export function isSilentWhenWithdrawn(played: Played): void {
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

export function isRising(played: Played): void {
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

export function isGranted(played: Played): void {
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

export function isWithinCaps({ book, events, state }: Played): void {
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
    const year = `${program} ${id} in ${yearOf(event.day)}`;
    given.set(year, (given.get(year) ?? 0) + 1);
    if (reward?.cap?.per === 'year' && !isOnCard) notLess(reward.cap.times, given.get(year) ?? 0);
    if (!reward?.birthday) continue;
    const gift = `${program} ${id} ${birthdayYear ?? ''}`;
    same(given.get(gift), undefined);
    given.set(gift, 1);
  }
}
