import { useEffect, useMemo, useState } from 'react';
import { useStore as useZustand } from 'zustand';
import { useStore } from '#renderer/data/store-context.tsx';
import { usePrograms, useSettings } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { listSaleNeeds, type SaleNeeds } from '#shared/domain/earn.ts';
import { listCurrentPrograms, type ProgramBook } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { useSyncDesk } from '#renderer/sync/sync-context.tsx';
import { createCounterCommands } from './counter.commands.ts';
import { createCounterStore } from './counter.store.ts';
import type { CounterActions } from './counter-actions.ts';
import type { CounterState } from './counter-state.ts';
import { createHandOver } from './hand-over.commands.ts';
import { askedPart } from './sale-entry.ts';
import { listMoreEntries, type MoreEntry } from './more-entries.ts';
import { earnsByVisit, listOpen, needsSale } from './visit-plan.ts';

export type Counter = CounterState & CounterActions & CounterShop & { readonly defaultCount: number };

/** What the shop's programs make of the counter. */
export interface CounterShop {
  /** What a sale has to say. */
  readonly needs: SaleNeeds;
  /** A visit about which nothing is said earns nothing. */
  readonly needsSale: boolean;
  /** How many visits it is makes a difference. */
  readonly countsVisits: boolean;
  readonly rewardsReferrals: boolean;
  /** What `/` offers. */
  readonly more: readonly MoreEntry[];
}

/** The counter's state and what can be done, for one mounted counter screen. */
export function useCounter(): Counter {
  const store = useStore();
  const { clock, ids, log, sounds } = usePlatform();
  const desk = useSyncDesk();
  const settings = useSettings();
  const [counter] = useState(() =>
    createCounterStore({
      store,
      clock,
      ids,
      log,
      commands: createCounterCommands({ ledger: store.ledger, ids, staff: () => UNASSIGNED_STAFF }),
      play: sounds.play,
      handOver: createHandOver({
        ...store,
        desk,
        ids,
        staff: () => UNASSIGNED_STAFF,
        today: () => plainDayAt(clock.now(), clock.timeZone()),
      }),
    }),
  );
  const { defaultCount, sound, volume } = settings;
  useEffect(() => {
    counter.getState().configure({ defaultCount, volume: sound ? volume : 0 });
  }, [counter, defaultCount, sound, volume]);
  const programs = usePrograms();
  const shop = useMemo(() => readShop(programs), [programs]);
  const state = useZustand(counter);
  const sale = useMemo(() => askedPart(state.sale, shop.needs), [state.sale, shop.needs]);
  return { ...state, ...shop, sale, defaultCount };
}

function readShop(programs: ProgramBook | undefined): CounterShop {
  const current = programs ? listCurrentPrograms(programs) : [];
  const rules = listOpen(current).flatMap(({ earn }) => earn);
  return {
    needs: listSaleNeeds(current),
    needsSale: needsSale(current),
    countsVisits: earnsByVisit(current),
    rewardsReferrals: rules.some(({ kind }) => kind === 'referral'),
    more: listMoreEntries(current),
  };
}
