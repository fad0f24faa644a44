import { useEffect, useState } from 'react';
import { useStore } from '#renderer/data/store-context.tsx';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { useToday } from '#renderer/platform/use-today.ts';
import { countHoldings, type Holdings } from './count-holdings.ts';

/** Counted once when asked: a live count would read every card after each stamp. Undefined until it is known. */
export function useHoldings(program: string): Holdings | undefined {
  const { database } = useStore();
  const { log } = usePlatform();
  const programs = usePrograms();
  const day = useToday();
  const [holdings, setHoldings] = useState<Holdings>();
  useEffect(() => {
    if (!programs) return undefined;
    let isLeft = false;
    countHoldings(database, program, { day, programs }).then(
      (found) => !isLeft && setHoldings(found),
      (error: unknown) =>
        log.error('count-failed', { name: error instanceof Error ? error.name : 'unknown' }),
    );
    return () => {
      isLeft = true;
    };
  }, [database, program, programs, day, log]);
  return holdings;
}
