import { DEFAULT_SETTINGS, readSettings, type Settings } from './settings.ts';
import { useLive } from './store-context.tsx';

/** This till's settings, live; the defaults for the first moment. */
export function useSettings(): Settings {
  return useLive(({ database }) => readSettings(database), []) ?? DEFAULT_SETTINGS;
}
