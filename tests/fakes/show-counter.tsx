import { I18nextProvider } from 'react-i18next';
import { MemoryRouter } from 'react-router';
import { render } from 'vitest-browser-react';
import type { Store } from '#renderer/data/store.ts';
import { StoreProvider } from '#renderer/data/store-provider.tsx';
import { FormatProvider } from '#renderer/i18n/format-context.tsx';
import { createI18n, directionOf } from '#renderer/i18n/i18n.ts';
import { createMemoryLog } from '#renderer/platform/memory-log.ts';
import { PlatformProvider, type Platform } from '#renderer/platform/platform-context.tsx';
import { adoptAriaStyles } from '#renderer/ui/adopt-aria-styles.ts';
import '#renderer/ui/base.css';
import { makePhoneRegion } from '#shared/domain/phone-number.ts';
import type { ShopId, TillId } from '#shared/lib/brand.ts';
import { SyncProvider } from '#renderer/sync/sync-context.tsx';
import { FakeSyncDesk } from './fake-sync-desk.ts';
import type { TestCounter } from './test-counter.ts';
import { CounterScreen } from '#renderer/features/counter/counter-screen.tsx';

/** The counter as it stands in the window. */
export async function showCounter(
  { till }: TestCounter,
  {
    language = 'en',
    desk = new FakeSyncDesk(),
  }: { readonly language?: string; readonly desk?: FakeSyncDesk } = {},
): Promise<void> {
  adoptAriaStyles(document);
  const i18n = await createI18n(language);
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  const identity = await till.database.meta.get('identity');
  const region = makePhoneRegion('FR');
  // Only what this screen uses.
  const store: Partial<Store> = {
    database: till.database,
    ledger: till.ledger,
    search: till.search,
    identity: identity?.value as { shop: ShopId; till: TillId },
    isPractice: false,
    region: () => region,
  };
  const platform: Partial<Platform> = {
    clock: till.clock,
    ids: till.ids,
    log: createMemoryLog(till.clock),
    sounds: { play: () => undefined },
  };
  await render(
    <I18nextProvider i18n={i18n}>
      <FormatProvider>
        <PlatformProvider value={platform as Platform}>
          <StoreProvider value={store as Store}>
            <SyncProvider value={desk}>
              <MemoryRouter>
                <CounterScreen />
              </MemoryRouter>
            </SyncProvider>
          </StoreProvider>
        </PlatformProvider>
      </FormatProvider>
    </I18nextProvider>,
  );
}
