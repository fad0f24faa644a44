import { createStore, type StoreApi } from 'zustand/vanilla';
import { findLastAction } from '#renderer/data/last-action.ts';
import { repairCardCode } from '#shared/domain/card-code.ts';
import { listSaleNeeds } from '#shared/domain/earn.ts';
import { emptyMemberState } from '#shared/domain/member-state.ts';
import { phoneDigits } from '#shared/domain/phone-number.ts';
import { MAX_STAMPS_PER_VISIT } from '#shared/domain/program.ts';
import { isChosen } from './chosen-points.ts';
import type { CounterActions } from './counter-actions.ts';
import { createFinder, type Finder } from './counter-finder.ts';
import { createMore } from './counter-more.ts';
import { listCounterOffers, offerKey } from './counter-offers.ts';
import { createReferrerFinder } from './referrer-finder.ts';
import { createRunner, type Runner } from './counter-runner.ts';
import { createSale } from './counter-sale.ts';
import { CLEARED, type CounterPreferences, type CounterState, type VisitIntent } from './counter-state.ts';
import { isActTarget, type ActTarget } from './counter-target.ts';
import { createTools, type CounterDeps, type CounterTools } from './counter-tools.ts';
import { labelOf } from './label-of.ts';
import { NO_SALE, saleOf } from './sale-entry.ts';
import { earnsByVisit } from './visit-plan.ts';

/**
 * What keys do at the counter.
 *
 *   type ─► look up ─► target ─┬─ Enter ─► command ─► done      the field is free as soon as the command runs
 *   scan, arrow, press ────────┘             └─ refused ─► all of it back as it was, with the reason
 *
 * The event id of an intent is minted when its target appears and used by every Enter on it, so no key pressed twice
 * can count twice. `counter-finder` finds the target, `counter-sale` says what is bought, `counter-runner` runs the
 * command, `counter-more` is what is asked in dialogs; here is what Enter, `*`, `-` and Escape mean.
 */

export type CounterStore = StoreApi<CounterState & CounterActions>;

export function createCounterStore(deps: CounterDeps): CounterStore {
  let preferences: CounterPreferences = { defaultCount: 1, volume: 0 };

  return createStore<CounterState & CounterActions>()((set, get) => {
    const tools = createTools(deps, { get, set, preferences: () => preferences });
    const finder = createFinder(tools);
    const runner = createRunner(tools, finder);
    const { move, hold, scan, see, forget } = finder;

    return {
      ...CLEARED,
      foundAt: Number.NEGATIVE_INFINITY,
      background: undefined,
      isBusy: false,
      isAsking: false,
      acting: undefined,
      done: undefined,
      failure: undefined,
      dialog: undefined,

      move,
      hold,
      scan,
      see,
      forget,
      ...createReferrerFinder(tools),
      ...createSale(tools, finder),
      ...createMore(tools, finder, runner),
      ...createTyping(tools, finder),
      ...createActing(tools, finder, runner),

      configure: (next) => {
        preferences = next;
      },
    };
  });
}

/** Text, name, count, and Escape from each of them. */
function createTyping(
  { get, set, guarded, listPrograms }: CounterTools,
  finder: Finder,
): Pick<CounterActions, 'type' | 'typeName' | 'setCount' | 'countDigit' | 'escape'> {
  return {
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
      void guarded(() => finder.lookUp(text));
    },

    typeName: (name) => set({ name }),

    setCount(count) {
      if (!finder.settledTarget() || !earnsByVisit(listPrograms())) return;
      set({
        count: Math.min(MAX_STAMPS_PER_VISIT, Math.max(1, count)),
        isCounting: true,
        countDigits: '',
      });
    },

    countDigit(digit) {
      const digits = (get().countDigits + phoneDigits(digit)).slice(-2);
      const count = Math.min(MAX_STAMPS_PER_VISIT, Number(digits));
      set({ count: count >= 1 ? count : undefined, countDigits: digits });
    },

    escape() {
      const { isCounting, countDigits, rewardAt, sale, text, held, taking, unknownCard } = get();
      if (isCounting || countDigits !== '' || rewardAt !== undefined) {
        return set({ count: undefined, isCounting: false, countDigits: '', rewardAt: undefined });
      }
      if (sale.isAmountOpen) return set({ sale: { ...sale, isAmountOpen: false, amount: 0 } });
      if (sale !== NO_SALE && saleOf(sale)) return set({ sale: NO_SALE });
      finder.moveOn();
      if ((held ?? taking) && text !== '') {
        set({ held: undefined, taking: undefined });
        return void guarded(() => finder.lookUp(text));
      }
      const isShowing = text !== '' || held !== undefined || unknownCard !== undefined;
      set({ ...CLEARED, failure: undefined, ...(isShowing ? {} : { done: undefined }) });
    },
  };
}

/** Minor units. Most shops never sell for so much, and a phone number read as an amount is more: it takes a second Enter. */
export const LARGE_AMOUNT = 1_000_000;

/** Enter, `*` and `-`. */
function createActing(
  tools: CounterTools,
  finder: Finder,
  runner: Runner,
): Pick<CounterActions, 'act' | 'actAnyway' | 'redeem' | 'undo'> {
  const { get, set, store, commands, clock, ids, fail, guarded, play } = tools;
  const { search, database, identity, ledger } = store;

  function intentOf(target: ActTarget): VisitIntent {
    const { id, companionId, member } = finder.openIds(target);
    const { count = tools.preferences().defaultCount, name, broughtBy } = get();
    return {
      kind: 'visit',
      target,
      id,
      companionId,
      member,
      name,
      // Somebody new who buys nothing that counts only joins.
      count: target.kind !== 'member' && tools.lacksSale() ? 0 : count,
      sale: tools.bought(),
      referredBy: broughtBy.answer?.kind === 'found' ? broughtBy.answer.row.id : undefined,
    };
  }

  /** A number one slip away from a member's, or a code that is not one of our cards, needs a second Enter. */
  function needsConfirmation(target: ActTarget): boolean {
    const { near, isConfirmed } = get();
    if (isConfirmed) return false;
    if (target.kind === 'new-card') return !isOwnCard(target.code);
    return target.kind === 'new-number' && (near?.length ?? 0) > 0;
  }

  /** Is something missing without which Enter means nothing? Then it is asked for. */
  function asksBack(target: ActTarget): boolean {
    const { near, broughtBy, sale, failure } = get();
    // A digit was refused: what stands there is not what was meant.
    if (failure?.code === 'amount-too-large') return refuse(failure);
    if (target.kind === 'new-number' && near === undefined) return refuse({ code: 'too-fast' });
    if (target.kind !== 'member' && broughtBy.text.trim() !== '') {
      const { answer } = broughtBy;
      if (!answer) return refuse({ code: 'too-fast' });
      if (answer.kind !== 'found') return refuse({ code: 'brought-by', reason: answer.kind });
    }
    if (needsConfirmation(target)) {
      play('refused');
      set({ isConfirmed: true, failure: undefined, foundAt: clock.now() });
      return true;
    }
    // The next customer's number, typed onto an amount that was left open.
    if ((tools.bought()?.amount ?? 0) >= LARGE_AMOUNT && failure?.code !== 'amount-large') {
      set({ foundAt: clock.now() });
      return refuse({ code: 'amount-large' });
    }
    if (!tools.lacksSale()) return false;
    if (listSaleNeeds(tools.listPrograms()).amount && !sale.isAmountOpen) {
      get().openAmount();
      set({ foundAt: clock.now() });
      return true;
    }
    return target.kind === 'member' && refuse({ code: 'sale-needed' });
  }

  function refuse(failure: Parameters<typeof fail>[0]): true {
    fail(failure);
    return true;
  }

  return {
    async act() {
      if (get().isBusy || get().dialog) return;
      const target = finder.seenTarget();
      if (!target) return fail({ code: 'too-fast' });
      const { rewardAt } = get();
      if (rewardAt !== undefined) return await get().redeem(rewardAt);
      if (!isActTarget(target) || asksBack(target)) return;
      await runner.carryOut(intentOf(target));
    },

    async actAnyway(reason) {
      const { dialog } = get();
      if (dialog?.kind === 'limit') await runner.carryOut(dialog.intent, reason);
    },

    async redeem(wanted) {
      const target = finder.seenTarget();
      if (!target) return fail({ code: 'too-fast' });
      if (target.kind !== 'member') return;
      const { row, state } = target;
      const { background } = get();
      const birthday = background?.member === row.id ? background.birthday : null;
      const offers = listCounterOffers(state, ledger.programs(), { day: tools.today(), birthday });
      const at = (key: string | undefined) => offers.findIndex((offer) => offerKey(offer) === key);
      const { rewardAt } = get();
      if (wanted === undefined && (offers.length > 1 || rewardAt !== undefined)) {
        const next = offers[(at(rewardAt) + 1) % offers.length];
        return set({ rewardAt: next && offerKey(next) });
      }
      // By its name, never by its place: what was meant may have been taken in another window.
      const reward = offers[wanted === undefined ? 0 : at(wanted)]?.next;
      if (!reward) {
        set({ rewardAt: undefined });
        return fail({ code: state.needsUpdate ? 'update-needed' : 'not-ready' });
      }
      const { id } = finder.openIds(target);
      if (isChosen(reward))
        return set({ dialog: { kind: 'points', id, held: { row, state }, offer: reward } });
      await runner.run(() => tools.giveReward({ id, member: row.id, reward }), {
        name: labelOf(row),
        before: state,
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
        const [id, companionId] = [ids.eventId(), ids.eventId()];
        await runner.run(() => commands.undo({ id, companionId, target: last.id, member: last.member }), {
          name: last.name,
          before,
        });
      });
    },
  };

  async function findLast() {
    const last = await findLastAction(database, identity.till, ledger);
    return last && { id: last.id, member: last.member, name: last.row ? labelOf(last.row) : '' };
  }
}

/** A code of our own making, rightly read. Any other barcode may be a product somebody scanned by mistake. */
function isOwnCard(code: string): boolean {
  const repaired = repairCardCode(code);
  return repaired.isOwn && !repaired.isMistyped;
}
