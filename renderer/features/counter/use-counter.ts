import { useEffect, useState } from 'react';
import { useStore as useZustand } from 'zustand';
import { useStore } from '#renderer/data/store-context.tsx';
import { useSettings } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { createCounterCommands } from './counter.commands.ts';
import { createCounterStore } from './counter.store.ts';
import type { CounterActions, CounterState } from './counter-state.ts';

export type Counter = CounterState & CounterActions & { readonly defaultCount: number };

/** The counter's state and what can be done, for one mounted counter screen. */
export function useCounter(): Counter {
  const store = useStore();
  const { clock, ids, log, sounds } = usePlatform();
  const settings = useSettings();
  const [counter] = useState(() =>
    createCounterStore({
      store,
      clock,
      ids,
      log,
      commands: createCounterCommands({ ledger: store.ledger, ids, staff: () => UNASSIGNED_STAFF }),
      play: sounds.play,
    }),
  );
  const { defaultCount, sound, volume } = settings;
  useEffect(() => {
    counter.getState().configure({ defaultCount, volume: sound ? volume : 0 });
  }, [counter, defaultCount, sound, volume]);
  return { ...useZustand(counter), defaultCount };
}
