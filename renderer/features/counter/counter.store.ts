import { createStore, type StoreApi } from 'zustand/vanilla';
import { findLastAction } from '#renderer/data/last-action.ts';
import type { Appended } from '#renderer/data/ledger.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import type { Store } from '#renderer/data/store.ts';
import { storageProblemOf } from '#renderer/data/storage-problem.ts';
import type { Sound } from '#renderer/platform/sounds.ts';
import { parseCardCode } from '#shared/domain/card-code.ts';
import type { LimitBreach } from '#shared/domain/earn.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { nearNumbers } from '#shared/domain/phone-number.ts';
import { MAX_STAMPS_PER_VISIT } from '#shared/domain/program.ts';
import { listReadyRewards, listRewardOffers } from '#shared/domain/rewards.ts';
import type { KnownEvent } from '#shared/ledger/event.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { Clock, Ids } from '#shared/lib/ports.ts';
import type { CounterCommands, CounterFailure, CounterResult } from './counter.commands.ts';
import { onlyMatch, targetKey, targetOf, type Found, type Held, type Target } from './counter-target.ts';

/**
 * What is typed, found and open at the counter: everything here may vanish in a crash. The event id of an intent is
 * minted when its target appears and used by every Enter on it, so no key pressed twice can count twice.
 */

/** Enter right after the match changed was meant for what stood there before. */
export const ENTER_GUARD_MS = 120;
/** More matches than a glance takes in are no help. */
export const SHOWN_MATCHES = 8;

export interface Done {
  readonly event: KnownEvent;
  readonly member: MemberId;
  /** Empty when the member has none. */
  readonly name: string;
  readonly before: MemberState;
  readonly after: MemberState;
  /** The reward that was given. */
  readonly reward: string | undefined;
}

export type CounterDialog =
  | { readonly kind: 'paper'; readonly id: EventId; readonly held: Held }
  | {
      readonly kind: 'phoneless';
      readonly id: EventId;
      readonly member: MemberId;
      readonly name: string;
      readonly code: string;
    }
  | { readonly kind: 'limit'; readonly breaches: readonly LimitBreach[]; readonly count: number };

export type ShownFailure =
  CounterFailure | { readonly code: 'unknown-card' } | { readonly code: 'unexpected' };

export interface CounterState {
  readonly text: string;
  readonly found: Found | undefined;
  /** When the match last changed. */
  readonly foundAt: number;
  readonly held: Held | undefined;
  readonly unknownCard: string | undefined;
  /** Members whose number is one slip away from the new one. */
  readonly near: readonly MemberRow[];
  readonly isNearConfirmed: boolean;
  /** Undefined: what the till's default says. */
  readonly count: number | undefined;
  readonly isCounting: boolean;
  readonly countDigits: string;
  readonly isChoosingReward: boolean;
  readonly name: string;
  readonly isBusy: boolean;
  readonly done: Done | undefined;
  readonly failure: ShownFailure | undefined;
  readonly dialog: CounterDialog | undefined;
}

export interface CounterPreferences {
  /** Visits that Enter counts. */
  readonly defaultCount: number;
  /** 0..100 */
  readonly volume: number;
}

export interface CounterActions {
  readonly configure: (preferences: CounterPreferences) => void;
  readonly type: (text: string) => void;
  readonly typeName: (name: string) => void;
  readonly move: (by: 1 | -1) => void;
  readonly hold: (member: MemberId) => Promise<void>;
  readonly scan: (code: string) => Promise<void>;
  readonly setCount: (count: number) => void;
  readonly countDigit: (digit: string) => void;
  /** Enter: punch, enrol, or nothing when it is not clear whom it is about. */
  readonly act: () => Promise<void>;
  readonly punchAnyway: (reason: string) => Promise<void>;
  readonly redeem: (index?: number) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly openPaper: () => Promise<void>;
  readonly takeOverPaper: (program: string, stamps: number) => Promise<void>;
  readonly openPhoneless: () => void;
  readonly enrolPhoneless: (name: string) => Promise<void>;
  readonly closeDialog: () => void;
  readonly escape: () => void;
}

export type CounterStore = StoreApi<CounterState & CounterActions>;

const CLEARED = {
  text: '',
  found: undefined,
  held: undefined,
  unknownCard: undefined,
  near: [],
  isNearConfirmed: false,
  count: undefined,
  isCounting: false,
  countDigits: '',
  isChoosingReward: false,
  name: '',
} as const satisfies Partial<CounterState>;

/** The parts of the open store the counter works on. */
export type CounterData = Pick<Store, 'database' | 'ledger' | 'search' | 'identity' | 'region'>;

export function createCounterStore(deps: {
  readonly store: CounterData;
  readonly commands: CounterCommands;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly play: (sound: Sound, volume: number) => void;
}): CounterStore {
  const { store, commands, clock, ids } = deps;
  const { search, database, identity } = store;
  let preferences: CounterPreferences = { defaultCount: 1, volume: 0 };
  let latestLookup = 0;
  let intent: { readonly key: string; readonly id: EventId; readonly member: MemberId } | undefined;

  const defaultCount = () => preferences.defaultCount;
  const play = (sound: Sound) => deps.play(sound, preferences.volume);

  return createStore<CounterState & CounterActions>()((set, get) => {
    /** The ids of the open intent; new ones as soon as it is about somebody else. */
    function openIntent(target: Target) {
      const key = targetKey(target);
      if (intent?.key !== key) intent = { key, id: ids.eventId(), member: ids.memberId() };
      return intent;
    }

    async function lookUp(text: string): Promise<void> {
      const lookup = (latestLookup += 1);
      try {
        const matches = await search.search(text, SHOWN_MATCHES);
        const only = onlyMatch(matches);
        const state = only && (await search.getState(only.id));
        if (lookup !== latestLookup) return;
        const before = targetKey(targetOf(get()));
        const found = { text, matches, state: state ?? (only && emptyMemberState(only.id)) };
        const target = targetOf({ ...get(), found });
        openIntent(target);
        set({ found, ...(targetKey(target) === before ? {} : { foundAt: clock.now() }) });
        if (target.kind !== 'new-number') return;
        const near = await search.listHolders(nearNumbers(target.number, store.region().callingCode));
        if (lookup === latestLookup && near.length > 0) set({ near });
      } catch (error) {
        if (lookup === latestLookup) fail({ code: 'storage', problem: storageProblemOf(error) });
      }
    }

    async function take(member: MemberId): Promise<Held | undefined> {
      const [row, state] = await Promise.all([search.get(member), search.getState(member)]);
      return row && { row, state: state ?? emptyMemberState(member) };
    }

    function holdMember(held: Held): void {
      const { text, found } = get();
      latestLookup += 1;
      set({ ...CLEARED, text, found, held, foundAt: clock.now(), done: undefined, failure: undefined });
      openIntent(targetOf(get()));
    }

    function fail(failure: ShownFailure): void {
      play('refused');
      set({ failure, isBusy: false });
    }

    /** Runs one command at a time and shows what came of it. */
    async function run(
      command: () => Promise<CounterResult>,
      subject: {
        readonly row: Pick<MemberRow, 'name'>;
        readonly before: MemberState;
        readonly reward?: string;
      },
    ): Promise<Appended | undefined> {
      if (get().isBusy) return undefined;
      set({ isBusy: true, failure: undefined });
      const result = await command().catch((): CounterResult | undefined => undefined);
      if (!result) {
        fail({ code: 'unexpected' });
        return undefined;
      }
      if (!result.ok) {
        refuse(result.error);
        return undefined;
      }
      const { event, state } = result.value;
      const { row, before, reward } = subject;
      const after = state ?? before;
      intent = undefined;
      latestLookup += 1;
      const done = event.member && { event, member: event.member, name: row.name, before, after, reward };
      set({ ...CLEARED, isBusy: false, dialog: undefined, done });
      play(soundOf(event, before, after, store));
      return result.value;
    }

    function refuse(error: CounterFailure): void {
      if (error.code !== 'limit') return fail(error);
      play('refused');
      const count = get().count ?? defaultCount();
      set({ isBusy: false, dialog: { kind: 'limit', breaches: error.breaches, count } });
    }

    async function punch(
      target: Target & { readonly kind: 'member' },
      overLimitReason?: string,
    ): Promise<void> {
      const { id } = openIntent(target);
      const count = get().count ?? defaultCount();
      await run(
        () =>
          commands.punch({
            id,
            member: target.row.id,
            count,
            ...(overLimitReason === undefined ? {} : { overLimitReason }),
          }),
        { row: target.row, before: target.state },
      );
    }

    async function enrol(target: Target & { readonly kind: 'new-number' | 'new-card' }): Promise<void> {
      const { id, member } = openIntent(target);
      const { name, count } = get();
      await run(
        () =>
          commands.enrol({
            id,
            member,
            name,
            visits: count ?? defaultCount(),
            ...(target.kind === 'new-number' ? { phone: target.number } : { card: target.code }),
          }),
        { row: { name }, before: emptyMemberState(member) },
      );
    }

    return {
      ...CLEARED,
      foundAt: Number.NEGATIVE_INFINITY,
      isBusy: false,
      done: undefined,
      failure: undefined,
      dialog: undefined,

      configure: (next) => {
        preferences = next;
      },

      type(text) {
        const { found, isBusy } = get();
        if (isBusy) return;
        // The last answer stays on screen until the next one: a blank in between would flicker at every key.
        set({
          ...CLEARED,
          text,
          found: text.trim() === '' ? undefined : found,
          done: undefined,
          failure: undefined,
        });
        void lookUp(text);
      },

      typeName: (name) => set({ name }),

      move(by) {
        const { found, held } = get();
        const rows = found?.matches.rows ?? [];
        if (rows.length === 0) return;
        const at = held ? rows.findIndex((row) => row.id === held.row.id) : -1;
        const next = rows[at === -1 && by === -1 ? rows.length - 1 : (at + by + rows.length) % rows.length];
        if (next) void get().hold(next.id);
      },

      async hold(member) {
        if (get().isBusy) return;
        const held = await take(member);
        if (held) holdMember(held);
        else fail({ code: 'member-gone' });
      },

      async scan(code) {
        if (get().isBusy) return;
        set({ ...CLEARED, done: undefined, failure: undefined, dialog: undefined });
        const row = await search.findByCard(code);
        const held = row && (await take(row.id));
        if (held) return holdMember(held);
        const { matches } = await searchExact(code);
        if (matches) return holdMember(matches);
        const unknownCard = parseCardCode(code);
        if (unknownCard === undefined) return fail({ code: 'unknown-card' });
        set({ unknownCard, foundAt: clock.now() });
        openIntent(targetOf(get()));
        play('refused');
      },

      setCount: (count) =>
        set({ count: Math.min(MAX_STAMPS_PER_VISIT, Math.max(1, count)), isCounting: true, countDigits: '' }),

      countDigit(digit) {
        const { countDigits } = get();
        const digits = (countDigits + digit).slice(-2);
        const count = Math.min(MAX_STAMPS_PER_VISIT, Number(digits));
        set({ count: count === 0 ? undefined : count, countDigits: digits });
      },

      async act() {
        const { text, found, held, foundAt, near, isNearConfirmed, dialog, unknownCard } = get();
        const isStale = !held && unknownCard === undefined && found?.text !== text;
        if (dialog || isStale || clock.now() - foundAt < ENTER_GUARD_MS) return;
        const target = targetOf(get());
        if (target.kind === 'member') return await punch(target);
        if (target.kind !== 'new-number' && target.kind !== 'new-card') return;
        if (near.length > 0 && !isNearConfirmed) return set({ isNearConfirmed: true, foundAt: clock.now() });
        await enrol(target);
      },

      async punchAnyway(reason) {
        const target = targetOf(get());
        if (target.kind === 'member') await punch(target, reason);
      },

      async redeem(index) {
        const target = targetOf(get());
        if (target.kind !== 'member') return;
        const offers = listRewardOffers(target.state, store.ledger.programs());
        if (offers.length > 1 && index === undefined) return set({ isChoosingReward: true });
        const reward = offers[index ?? 0]?.next;
        if (!reward) return fail({ code: target.state.needsUpdate ? 'update-needed' : 'not-ready' });
        const { id } = openIntent(target);
        await run(() => commands.redeem({ id, member: target.row.id, reward }), {
          row: target.row,
          before: target.state,
          reward: reward.reward.name,
        });
      },

      async undo() {
        if (get().isBusy) return;
        const last = await findLastAction(database, identity.till);
        if (!last) return fail({ code: 'undo', refusal: 'nothing' });
        const before = (await search.getState(last.member)) ?? emptyMemberState(last.member);
        const id = ids.eventId();
        await run(() => commands.undo({ id, target: last.id, member: last.member }), {
          row: last.row ?? { name: '' },
          before,
        });
      },

      async openPaper() {
        const target = targetOf(get());
        const { done } = get();
        const held = target.kind === 'member' ? target : done && (await take(done.member));
        if (held)
          set({ dialog: { kind: 'paper', id: ids.eventId(), held: { row: held.row, state: held.state } } });
      },

      async takeOverPaper(program, stamps) {
        const { dialog } = get();
        if (dialog?.kind !== 'paper') return;
        const { id, held } = dialog;
        await run(() => commands.takeOverPaperCard({ id, member: held.row.id, program, stamps }), {
          row: held.row,
          before: held.state,
        });
      },

      openPhoneless() {
        const { text, found } = get();
        const isName = found !== undefined && targetOf(get()).kind === 'nobody' && !/\p{Nd}/u.test(text);
        const dialog = {
          kind: 'phoneless',
          id: ids.eventId(),
          member: ids.memberId(),
          name: isName ? text.trim() : '',
          code: commands.newCardCode(),
        } as const;
        set({ dialog });
      },

      async enrolPhoneless(name) {
        const { dialog } = get();
        if (dialog?.kind !== 'phoneless') return;
        const { id, member, code } = dialog;
        await run(() => commands.enrol({ id, member, card: code, name, visits: defaultCount() }), {
          row: { name },
          before: emptyMemberState(member),
        });
      },

      closeDialog: () => set({ dialog: undefined, isBusy: false }),

      escape() {
        const { isCounting, countDigits, isChoosingReward, text, held, unknownCard } = get();
        if (isCounting || countDigits !== '' || isChoosingReward) {
          return set({ count: undefined, isCounting: false, countDigits: '', isChoosingReward: false });
        }
        if (held && text !== '') {
          set({ held: undefined });
          return void lookUp(text);
        }
        latestLookup += 1;
        const isShowing = text !== '' || held !== undefined || unknownCard !== undefined;
        set({ ...CLEARED, failure: undefined, ...(isShowing ? {} : { done: undefined }) });
      },
    };

    /** A scanner may also read a phone number that is printed as a barcode. */
    async function searchExact(code: string): Promise<{ readonly matches: Held | undefined }> {
      const found = await search.search(code, 1);
      const row = found.isExact ? found.rows[0] : undefined;
      return { matches: row && (await take(row.id)) };
    }
  });
}

function soundOf(event: KnownEvent, before: MemberState, after: MemberState, store: CounterData): Sound {
  if (event.type === 'void') return 'undo';
  const programs = store.ledger.programs();
  const isReached = listReadyRewards(after, programs).length > listReadyRewards(before, programs).length;
  return event.type === 'redemption' || isReached ? 'reward' : 'stamp';
}
