import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { makeProgramBook, type ProgramBook } from '#shared/domain/program.ts';
import { DEFAULT_SETTINGS, readSettings, type Settings } from './settings.ts';
import { findShop, type Shop } from './shop.ts';
import { useLive } from './store-context.tsx';

interface UsualData {
  readonly settings: Settings | undefined;
  readonly shop: Shop | null | undefined;
  readonly programs: ProgramBook | undefined;
}

const NOTHING: UsualData = { settings: undefined, shop: undefined, programs: undefined };
const UsualDataContext = createContext<UsualData>(NOTHING);

/**
 * What nearly every screen needs, read once per window and kept live. A panel that appears at a key press has it in its
 * first frame instead of asking the store and drawing twice.
 */
export function UsualDataProvider({ children }: { readonly children: ReactNode }) {
  const settings = useLive(({ database }) => readSettings(database), []);
  const shop = useLive(async ({ database }) => (await findShop(database)) ?? null, []);
  const rows = useLive(({ database }) => database.programs.toArray(), []);
  const programs = useMemo(() => rows && makeProgramBook(rows), [rows]);
  const data = useMemo(() => ({ settings, shop, programs }), [settings, shop, programs]);
  return <UsualDataContext value={data}>{children}</UsualDataContext>;
}

/** This till's settings, live; the defaults for the first moment. */
export const useSettings = (): Settings => useContext(UsualDataContext).settings ?? DEFAULT_SETTINGS;

/** `null` before the first run is finished, undefined until read. */
export const useShop = (): Shop | null | undefined => useContext(UsualDataContext).shop;

/** Every published program version, live over windows; undefined until read. */
export const usePrograms = (): ProgramBook | undefined => useContext(UsualDataContext).programs;
