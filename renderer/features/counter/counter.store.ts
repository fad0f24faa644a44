import { createStore, type StoreApi } from 'zustand/vanilla';
import { findLastAction } from '#renderer/data/last-action.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import { storageProblemOf } from '#renderer/data/storage-problem.ts';
import type { Store } from '#renderer/data/store.ts';
import type { Sound } from '#renderer/platform/sounds.ts';
import { formatCardCode, parseCardCode, repairCardCode } from '#shared/domain/card-code.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { maskPhone, nearNumbers } from '#shared/domain/phone-number.ts';
import { MAX_STAMPS_PER_VISIT } from '#shared/domain/program.ts';
import { listReadyRewards, listRewardOffers } from '#shared/domain/rewards.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import type { KnownEvent } from '#shared/ledger/event.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { Clock, Ids, Log } from '#shared/lib/ports.ts';
import type { CounterCommands, CounterFailure, CounterResult } from './counter.commands.ts';
import {
  CLEARED,
  subjectOf,
  type ActTarget,
  type CounterActions,
  type CounterPreferences,
  type CounterState,
  type Intent,
  type ShownFailure,
} from './counter-state.ts';
import { onlyMatch, targetKey, targetOf, type Held, type Target } from './counter-target.ts';

/**
 * What keys do at the counter.
 *
 *   type ─► look up ─► target ─┬─ Enter ─► command ─► done      the field is free as soon as the command runs
 *   scan, arrow, press ────────┘             └─ refused ─► all of it back as it was, with the reason
 *
 * The event id of an intent is minted when its target appears and used by every Enter on it, so no key pressed twice
 * can count twice. An answer that comes after something newer was typed is thrown away (`turn`).
 */

/** Enter right after the match changed was meant for what stood there before. */
export const ENTER_GUARD_MS = 120;
/** More matches than a glance takes in are no help. */
const SHOWN_MATCHES = 8;

export type CounterStore = StoreApi<CounterState & CounterActions>;

/** The parts of the open store the counter works on. */
export type CounterData = Pick<Store, 'database' | 'ledger' | 'search' | 'identity' | 'region'>;

interface Subject {
  /** The member's name, empty when there is none. */
  readonly name: string;
  readonly before: MemberState;
  readonly reward?: string;
  /** Shown while the command runs. */
  readonly acting?: Target;
  /** What a limit's dialog lets pass. */
  readonly intent?: Intent;
}

export function createCounterStore(deps: {
  readonly store: CounterData;
  readonly commands: CounterCommands;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly play: (sound: Sound, volume: number) => void;
}): CounterStore {
  const { store, commands, clock, ids, log } = deps;
  const { search, database, identity, ledger } = store;
  let preferences: CounterPreferences = { defaultCount: 1, volume: 0 };
  /** Raised by everything that changes the subject: an answer to an older turn is nobody's any more. */
  let turn = 0;
  let open: { readonly key: string; readonly id: EventId; readonly member: MemberId } | undefined;
  let queuedScan: string | undefined;

  const play = (sound: Sound) => deps.play(sound, preferences.volume);

  return createStore<CounterState & CounterActions>()((set, get) => {
    /** The ids of the open intent; new ones as soon as it is about somebody else. */
    function openIds(target: Target) {
      const key = targetKey(target);
      if (open?.key !== key) open = { key, id: ids.eventId(), member: ids.memberId() };
      return open;
    }

    function fail(failure: ShownFailure): void {
      play('refused');
      set({ failure });
    }

    /** A read that fails is said; it never leaves a rejection behind. */
    async function guarded(work: () => Promise<void>): Promise<void> {
      try {
        await work();
      } catch (error) {
        const problem = storageProblemOf(error);
        log.error('counter-read', { problem });
        fail({ code: 'storage', problem });
      }
    }

    async function lookUp(text: string): Promise<void> {
      const own = (turn += 1);
      const matches = await search.search(text, SHOWN_MATCHES);
      const only = onlyMatch(matches);
      const state = only && (await search.getState(only.id));
      if (own !== turn) return;
      const before = targetKey(targetOf(get()));
      const found = { text, matches, state: state ?? (only && emptyMemberState(only.id)) };
      const target = targetOf({ ...get(), found });
      openIds(target);
      set({ found, ...(targetKey(target) === before ? {} : { foundAt: clock.now() }) });
      if (target.kind !== 'new-number') return;
      const slips = await search.listHolders(nearNumbers(target.number, store.region().callingCode));
      // Members whose longer number begins or ends with this one are just as likely meant.
      const near = [...new Map([...matches.rows, ...slips].map((row) => [row.id, row])).values()];
      if (own === turn) set({ near, foundAt: clock.now() });
    }

    async function read(member: MemberId): Promise<Held | undefined> {
      const [row, state] = await Promise.all([search.get(member), search.getState(member)]);
      return row && { row, state: state ?? emptyMemberState(member) };
    }

    function takeInHand(held: Held): void {
      const { text, found } = get();
      set({ ...CLEARED, text, found, held, foundAt: clock.now(), done: undefined, failure: undefined });
      openIds(targetOf(get()));
    }

    /** What stands on screen and is meant: nothing while an answer is on its way or a command runs. */
    function settledTarget(): Target | undefined {
      const { text, found, held, taking, unknownCard, dialog, isBusy } = get();
      if (dialog || isBusy || taking !== undefined) return undefined;
      const isStale = !held && unknownCard === undefined && (found?.text ?? '') !== text;
      return isStale ? undefined : targetOf(get());
    }

    /** The same, and there long enough to have been looked at. */
    function seenTarget(): Target | undefined {
      const waitedMs = clock.now() - get().foundAt;
      // A clock that was set back in between says nothing about eyes.
      return waitedMs >= 0 && waitedMs < ENTER_GUARD_MS ? undefined : settledTarget();
    }

    const countNow = () => get().count ?? preferences.defaultCount;

    function intentOf(target: ActTarget): Intent {
      const { id, member } = openIds(target);
      return { target, id, member, count: countNow(), name: get().name };
    }

    /** Runs one command at a time. The field is free meanwhile; refused, everything is put back. */
    async function run(command: () => Promise<CounterResult>, subject: Subject): Promise<void> {
      if (get().isBusy) return;
      const before = subjectOf(get());
      turn += 1;
      set({ ...CLEARED, isBusy: true, acting: subject.acting, failure: undefined });
      const result = await command().catch((error: unknown): CounterResult | undefined => {
        log.error('counter-command', { name: error instanceof Error ? error.name : 'unknown' });
        return undefined;
      });
      set({ isBusy: false, acting: undefined });
      if (result?.ok) finish(result.value.event, result.value.state ?? subject.before, subject);
      else refuse(result?.error ?? { code: 'unexpected' }, subject, before);
      const scanned = queuedScan;
      queuedScan = undefined;
      if (scanned !== undefined) await get().scan(scanned);
    }

    function finish(event: KnownEvent, after: MemberState, { name, before, reward }: Subject): void {
      open = undefined;
      const done = event.member && { event, member: event.member, name, before, after, reward };
      set({ dialog: undefined, done });
      play(soundOf(event, before, after, store));
    }

    function refuse(
      error: CounterFailure | { readonly code: 'unexpected' },
      subject: Subject,
      before: ReturnType<typeof subjectOf>,
    ): void {
      const { text, held, unknownCard } = get();
      // Unless the next customer has begun: then only the reason is shown.
      if (text === '' && !held && unknownCard === undefined) set(before);
      if (error.code !== 'limit' || !subject.intent) return fail(error);
      play('refused');
      set({ dialog: { kind: 'limit', breaches: error.breaches, intent: subject.intent } });
    }

    function act(intent: Intent, overLimitReason?: string): Promise<void> {
      const { target, id, member, count, name } = intent;
      const reason = overLimitReason === undefined ? {} : { overLimitReason };
      if (target.kind === 'member') {
        const { row, state } = target;
        return run(() => commands.punch({ id, member: row.id, count, ...reason }), {
          name: labelOf(row),
          before: state,
          acting: target,
          intent,
        });
      }
      const key = target.kind === 'new-number' ? { phone: target.number } : { card: target.code };
      return run(() => commands.enrol({ id, member, name, visits: count, ...key, ...reason }), {
        name:
          name.trim() ||
          (target.kind === 'new-number' ? maskPhone(target.number) : formatCardCode(target.code)),
        before: emptyMemberState(member),
        acting: target,
        intent,
      });
    }

    /** A number one slip away from a member's, or a code that is not one of our cards, needs a second Enter. */
    function needsConfirmation(target: ActTarget): boolean {
      const { near, isConfirmed } = get();
      if (isConfirmed) return false;
      if (target.kind === 'new-card') return !isOwnCard(target.code);
      return target.kind === 'new-number' && (near?.length ?? 0) > 0;
    }

    return {
      ...CLEARED,
      foundAt: Number.NEGATIVE_INFINITY,
      isBusy: false,
      acting: undefined,
      done: undefined,
      failure: undefined,
      dialog: undefined,

      configure: (next) => {
        preferences = next;
      },

      type(text) {
        const { found } = get();
        // The last answer stays on screen until the next one: a blank in between would flicker at every key.
        set({
          ...CLEARED,
          text,
          found: text.trim() === '' ? undefined : found,
          done: undefined,
          failure: undefined,
        });
        void guarded(() => lookUp(text));
      },

      typeName: (name) => set({ name }),

      move(by) {
        const { found, held, taking, near } = get();
        const listed = found?.matches.rows ?? [];
        const rows = listed.length > 0 ? listed : (near ?? []);
        if (rows.length === 0) return;
        const from = taking ?? held?.row.id;
        const at = from === undefined ? -1 : rows.findIndex((row) => row.id === from);
        const next = rows[at === -1 && by === -1 ? rows.length - 1 : (at + by + rows.length) % rows.length];
        if (next) void get().hold(next.id);
      },

      async hold(member) {
        if (get().isBusy) return;
        const own = (turn += 1);
        set({ taking: member });
        await guarded(async () => {
          const held = await read(member);
          if (own !== turn) return;
          if (held) takeInHand(held);
          else fail({ code: 'member-gone' });
        });
        if (own === turn) set({ taking: undefined });
      },

      async scan(code) {
        if (get().isBusy) {
          // Read while the last stamp is being kept: next.
          queuedScan = code;
          return;
        }
        const own = (turn += 1);
        set({ ...CLEARED, done: undefined, failure: undefined, dialog: undefined });
        await guarded(async () => {
          const row = (await search.findByCard(code)) ?? (await findByNumber(code));
          const held = row && (await read(row.id));
          if (own !== turn) return;
          if (held) return takeInHand(held);
          const unknownCard = parseCardCode(code);
          if (unknownCard === undefined) return fail({ code: 'unknown-card' });
          set({ unknownCard, foundAt: clock.now() });
          openIds(targetOf(get()));
          play('refused');
        });
      },

      see(state) {
        const { held, found } = get();
        const shown = held?.row.id === state.member ? held.state : found?.state;
        // The first live answer repeats what was just found: nothing to draw again.
        if (shown && canonicalJson(shown) === canonicalJson(state)) return;
        if (held?.row.id === state.member) set({ held: { ...held, state } });
        else if (found?.state?.member === state.member) set({ found: { ...found, state } });
      },

      setCount(count) {
        if (!settledTarget()) return;
        set({
          count: Math.min(MAX_STAMPS_PER_VISIT, Math.max(1, count)),
          isCounting: true,
          countDigits: '',
        });
      },

      countDigit(digit) {
        const digits = (get().countDigits + digit).slice(-2);
        const count = Math.min(MAX_STAMPS_PER_VISIT, Number(digits));
        set({ count: count >= 1 ? count : undefined, countDigits: digits });
      },

      async act() {
        if (get().isBusy || get().dialog) return;
        const target = seenTarget();
        if (!target) return fail({ code: 'too-fast' });
        const { rewardAt } = get();
        if (rewardAt !== undefined) return await get().redeem(rewardAt);
        if (target.kind !== 'member' && target.kind !== 'new-number' && target.kind !== 'new-card') return;
        if (target.kind === 'new-number' && get().near === undefined) return fail({ code: 'too-fast' });
        if (needsConfirmation(target)) {
          play('refused');
          return set({ isConfirmed: true, failure: undefined, foundAt: clock.now() });
        }
        await act(intentOf(target));
      },

      async actAnyway(reason) {
        const { dialog } = get();
        if (dialog?.kind === 'limit') await act(dialog.intent, reason);
      },

      async redeem(index) {
        const target = seenTarget();
        if (!target) return fail({ code: 'too-fast' });
        if (target.kind !== 'member') return;
        const offers = listRewardOffers(target.state, ledger.programs());
        if (offers.length > 1 && index === undefined) {
          const { rewardAt = -1 } = get();
          return set({ rewardAt: (rewardAt + 1) % offers.length });
        }
        const reward = offers[index ?? 0]?.next;
        if (!reward) return fail({ code: target.state.needsUpdate ? 'update-needed' : 'not-ready' });
        const { id } = openIds(target);
        await run(() => commands.redeem({ id, member: target.row.id, reward }), {
          name: labelOf(target.row),
          before: target.state,
          reward: reward.reward.name,
          acting: target,
        });
      },

      async undo() {
        const { isBusy, done } = get();
        if (isBusy) return;
        await guarded(async () => {
          const last = done
            ? done.event.type !== 'void' && { id: done.event.id, member: done.member, name: done.name }
            : await findLast();
          if (!last) return fail({ code: 'undo', refusal: 'nothing' });
          const before = (await search.getState(last.member)) ?? emptyMemberState(last.member);
          const id = ids.eventId();
          await run(() => commands.undo({ id, target: last.id, member: last.member }), {
            name: last.name,
            before,
          });
        });
      },

      async openPaper() {
        const target = settledTarget();
        const { done } = get();
        if (!target) return;
        await guarded(async () => {
          const held = target.kind === 'member' ? target : done && (await read(done.member));
          if (!held || get().isBusy) return;
          set({
            dialog: { kind: 'paper', id: ids.eventId(), held: { row: held.row, state: held.state } },
          });
        });
      },

      async takeOverPaper(program, stamps) {
        const { dialog } = get();
        if (dialog?.kind !== 'paper') return;
        const { id, held } = dialog;
        await run(() => commands.takeOverPaperCard({ id, member: held.row.id, program, stamps }), {
          name: labelOf(held.row),
          before: held.state,
        });
      },

      openPhoneless() {
        const { text } = get();
        const isName = targetOf(get()).kind === 'nobody' && !/\p{Nd}/u.test(text);
        set({
          dialog: {
            kind: 'phoneless',
            id: ids.eventId(),
            member: ids.memberId(),
            name: isName ? text.trim() : '',
            code: commands.newCardCode(),
          },
        });
      },

      async enrolPhoneless(name) {
        const { dialog } = get();
        if (dialog?.kind !== 'phoneless') return;
        const { id, member, code } = dialog;
        await run(() => commands.enrol({ id, member, card: code, name, visits: preferences.defaultCount }), {
          name: name.trim() || formatCardCode(code),
          before: emptyMemberState(member),
        });
      },

      closeDialog() {
        // What was sent can't be called back by closing the window over it.
        if (!get().isBusy) set({ dialog: undefined });
      },

      escape() {
        const { isCounting, countDigits, rewardAt, text, held, taking, unknownCard } = get();
        if (isCounting || countDigits !== '' || rewardAt !== undefined) {
          return set({ count: undefined, isCounting: false, countDigits: '', rewardAt: undefined });
        }
        turn += 1;
        if ((held ?? taking) && text !== '') {
          set({ held: undefined, taking: undefined });
          return void guarded(() => lookUp(text));
        }
        const isShowing = text !== '' || held !== undefined || unknownCard !== undefined;
        set({ ...CLEARED, failure: undefined, ...(isShowing ? {} : { done: undefined }) });
      },
    };

    /** A scanner may also read a phone number that is printed as a barcode. */
    async function findByNumber(code: string): Promise<MemberRow | undefined> {
      const found = await search.search(code, 1);
      return found.isExact ? found.rows[0] : undefined;
    }

    async function findLast() {
      const last = await findLastAction(database, identity.till, ledger.stream());
      return last && { id: last.id, member: last.member, name: last.row ? labelOf(last.row) : '' };
    }
  });
}

/** How a member is spoken of: by name, else by what they gave instead. */
function labelOf({ name, phone, card }: Pick<MemberRow, 'name' | 'phone' | 'card'>): string {
  if (name !== '') return name;
  if (phone !== undefined) return maskPhone(phone);
  return card === undefined ? '' : formatCardCode(card);
}

/** A code of our own making, rightly read. Any other barcode may be a product somebody scanned by mistake. */
function isOwnCard(code: string): boolean {
  const repaired = repairCardCode(code);
  return repaired.isOwn && !repaired.isMistyped;
}

function soundOf(event: KnownEvent, before: MemberState, after: MemberState, store: CounterData): Sound {
  if (event.type === 'void') return 'undo';
  const programs = store.ledger.programs();
  const isReached = listReadyRewards(after, programs).length > listReadyRewards(before, programs).length;
  return event.type === 'redemption' || isReached ? 'reward' : 'stamp';
}
