import { useEffect, useState } from 'react';
import type { PlainDay } from '#shared/lib/brand.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { usePlatform } from './platform-context.tsx';

/** A till that runs through midnight notices within this time. */
const LOOK_MS = 30_000;

/** The business day by the till's clock, also after midnight. */
export function useToday(): PlainDay {
  const { clock } = usePlatform();
  const [today, setToday] = useState(() => plainDayAt(clock.now(), clock.timeZone()));
  useEffect(() => {
    const timer = setInterval(() => setToday(plainDayAt(clock.now(), clock.timeZone())), LOOK_MS);
    return () => clearInterval(timer);
  }, [clock]);
  return today;
}
