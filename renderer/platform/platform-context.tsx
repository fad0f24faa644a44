import { createContext, useContext } from 'react';
import { assert } from '#shared/lib/assert.ts';
import type { Clock, Ids, Log } from '#shared/lib/ports.ts';
import type { Host } from './host.ts';
import type { MemoryLog } from './memory-log.ts';
import type { Sounds } from './sounds.ts';

/** What this window runs on. */
export interface Platform {
  readonly host: Host;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log & MemoryLog;
  readonly sounds: Sounds;
}

const PlatformContext = createContext<Platform | undefined>(undefined);
export const PlatformProvider = PlatformContext.Provider;

export function usePlatform(): Platform {
  const platform = useContext(PlatformContext);
  assert(platform, 'a screen is shown only on a platform');
  return platform;
}
