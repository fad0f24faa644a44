import { parseCardCode } from '#shared/domain/card-code.ts';
import { emptyMemberState } from '#shared/domain/member-state.ts';
import { nearNumbers } from '#shared/domain/phone-number.ts';
import type { FindActions } from './counter-actions.ts';
import type { BroughtByAnswer } from './counter-state.ts';
import { onlyMatch, targetOf } from './counter-target.ts';
import type { CounterTools } from './counter-tools.ts';
import { labelOf } from './label-of.ts';

/** More are no help: one more digit is. */
const SHOWN = 4;

/** Who brought the new member. The same care as for a new number: what is one slip away is offered, never taken. */
export function createReferrerFinder(
  tools: CounterTools,
): Pick<FindActions, 'typeBroughtBy' | 'chooseBroughtBy'> {
  const { get, set, store, guarded } = tools;
  const { search } = store;
  let turn = 0;

  async function find(text: string): Promise<BroughtByAnswer> {
    const target = targetOf(get());
    const matches = await search.search(text, SHOWN);
    if (target.kind === 'new-number' && matches.number === target.number) return { kind: 'self' };
    if (target.kind === 'new-card' && parseCardCode(text) === target.code) return { kind: 'self' };
    const only = onlyMatch(matches);
    if (only) {
      const state = (await search.getState(only.id)) ?? emptyMemberState(only.id);
      return { kind: 'found', row: only, state };
    }
    if (matches.rows.length > 0) return { kind: 'several', rows: matches.rows };
    if (matches.number === undefined) return { kind: 'unknown' };
    const rows = await search.listHolders(nearNumbers(matches.number, store.region().callingCode));
    return rows.length === 0 ? { kind: 'unknown' } : { kind: 'near', rows: rows.slice(0, SHOWN) };
  }

  return {
    typeBroughtBy(text) {
      const own = (turn += 1);
      // The last answer would be about somebody else: Enter waits for the next one.
      set({ broughtBy: { text, answer: undefined }, failure: undefined });
      if (text.trim() === '') return;
      void guarded(async () => {
        const answer = await find(text);
        if (own === turn && get().broughtBy.text === text) set({ broughtBy: { text, answer } });
      });
    },

    async chooseBroughtBy(row) {
      const own = (turn += 1);
      await guarded(async () => {
        const state = (await search.getState(row.id)) ?? emptyMemberState(row.id);
        if (own !== turn) return;
        set({ broughtBy: { text: labelOf(row), answer: { kind: 'found', row, state } }, failure: undefined });
      });
    },
  };
}
