import { useEffect, useState } from 'react';
import { useStore } from '#renderer/data/store-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { countOpenCards } from './count-open-cards.ts';

/** Open cards by version, counted once when asked: a live count would read every card after each stamp. */
export function useOpenCards(program: string): ReadonlyMap<number, number> | undefined {
  const { database } = useStore();
  const { log } = usePlatform();
  const [counts, setCounts] = useState<ReadonlyMap<number, number>>();
  useEffect(() => {
    let isLeft = false;
    countOpenCards(database, program).then(
      (found) => !isLeft && setCounts(found),
      (error: unknown) =>
        log.error('count-failed', { name: error instanceof Error ? error.name : 'unknown' }),
    );
    return () => {
      isLeft = true;
    };
  }, [database, program, log]);
  return counts;
}
