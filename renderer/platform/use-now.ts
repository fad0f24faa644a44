import { useEffect, useState } from 'react';
import { usePlatform } from './platform-context.tsx';

/** Words such as "for more than a day" and "until 14:17" may be this late. */
const LOOK_MS = 15_000;

/** The moment by the till's clock, milliseconds since 1970 UTC, looked at again from time to time. */
export function useNow(): number {
  const { clock } = usePlatform();
  const [nowMs, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, [clock]);
  return nowMs;
}
