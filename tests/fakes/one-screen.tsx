import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { MemoryRouter, useLocation } from 'react-router';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createImportDesk } from '#renderer/data/import/import-desk.ts';
import { ensureTillIdentity } from '#renderer/data/till-identity.ts';
import type { Store } from '#renderer/data/store.ts';
import { StoreProvider } from '#renderer/data/store-provider.tsx';
import { FormatProvider } from '#renderer/i18n/format-context.tsx';
import { createI18n } from '#renderer/i18n/i18n.ts';
import type { Host } from '#renderer/platform/host.ts';
import { createMemoryLog } from '#renderer/platform/memory-log.ts';
import { PlatformProvider, type Platform } from '#renderer/platform/platform-context.tsx';
import { SyncProvider } from '#renderer/sync/sync-context.tsx';
import '#renderer/ui/base.css';
import { makePhoneRegion } from '#shared/domain/phone-number.ts';
import { FakeSyncDesk } from './fake-sync-desk.ts';
import type { TestStore } from './test-store.ts';

interface Surroundings {
  readonly desk?: FakeSyncDesk;
  readonly isPractice?: boolean;
  readonly host?: Partial<Host>;
}

/** One screen in a real browser, over a real store, with nothing of the app around it. */
export async function showScreen(
  bench: Pick<TestStore, 'database' | 'ledger' | 'clock' | 'ids'>,
  screen: ReactNode,
  language = 'en',
  /** A till on its own, unless a test says otherwise. */
  { desk = new FakeSyncDesk(), isPractice = false, host = {} }: Surroundings = {},
): Promise<void> {
  const i18n = await createI18n(language);
  const { database, ledger, clock, ids } = bench;
  const region = makePhoneRegion('FR');
  const identity = await ensureTillIdentity(database, ids);
  const store: Partial<Store> = {
    database,
    ledger,
    identity,
    imports: createImportDesk(database.name),
    isPractice,
    region: () => region,
    refreshRegion: async () => undefined,
  };
  const platform: Partial<Platform> = { clock, ids, log: createMemoryLog(clock), host: host as Host };
  await render(
    <I18nextProvider i18n={i18n}>
      <FormatProvider>
        <PlatformProvider value={platform as Platform}>
          <StoreProvider value={store as Store}>
            <SyncProvider value={desk}>
              <MemoryRouter>
                {screen}
                <Place />
              </MemoryRouter>
            </SyncProvider>
          </StoreProvider>
        </PlatformProvider>
      </FormatProvider>
    </I18nextProvider>,
  );
}

function Place() {
  return <output aria-label="place">{useLocation().pathname}</output>;
}

/** The address that is open. */
export const openPlace = () => page.getByLabelText('place');
