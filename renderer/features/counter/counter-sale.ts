import { listSaleNeeds } from '#shared/domain/earn.ts';
import { parseAmount } from '#shared/lib/money.ts';
import { phoneDigits } from '#shared/domain/phone-number.ts';
import type { SaleActions } from './counter-actions.ts';
import type { Finder } from './counter-finder.ts';
import type { SaleEntry } from './sale-entry.ts';
import { addThing, dropDigit, pushDigit } from './sale-entry.ts';
import { isActTarget } from './counter-target.ts';
import type { CounterTools } from './counter-tools.ts';

/** What is bought: typed and pressed while a member, or somebody who becomes one, is on screen. */
export function createSale({ get, set, fail, listPrograms }: CounterTools, finder: Finder): SaleActions {
  const change = (part: Partial<SaleEntry>) => set({ sale: { ...get().sale, ...part }, failure: undefined });

  /** Is it clear who buys? */
  function hasBuyer(): boolean {
    const target = finder.settledTarget();
    return target !== undefined && isActTarget(target);
  }

  return {
    openAmount() {
      if (!hasBuyer() || !listSaleNeeds(listPrograms()).amount) return;
      change({ isAmountOpen: true });
      set({ isCounting: false, rewardAt: undefined });
    },

    amountDigit(digit) {
      if (!hasBuyer()) return;
      const amount = pushDigit(get().sale.amount, Number(phoneDigits(digit)));
      if (amount === undefined) return fail({ code: 'amount-too-large' });
      change({ amount });
    },

    amountBack() {
      const { amount } = get().sale;
      change(amount === 0 ? { isAmountOpen: false } : { amount: dropDigit(amount) });
    },

    pasteAmount(text) {
      const { currency } = listSaleNeeds(listPrograms());
      if (!hasBuyer() || currency === null) return;
      const parsed = parseAmount(text, currency);
      if (parsed.ok) return change({ amount: parsed.value });
      fail({ code: parsed.error === 'too-large' ? 'amount-too-large' : 'amount-unreadable' });
    },

    addThing(thing, by) {
      if (!hasBuyer()) return;
      change({ lines: addThing(get().sale.lines, thing, by) });
    },

    setSaleType: (type) => change({ type }),
  };
}
