import { useSyncExternalStore } from 'react';
import type { i18n as I18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { PlatformProvider, type Platform } from '#renderer/platform/platform-context.tsx';
import { StoreProvider } from '#renderer/data/store-provider.tsx';
import { SyncProvider } from '#renderer/sync/sync-context.tsx';
import { BootScreen } from './boot-screen.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import type { Launch } from './launch.ts';
import { Preferences } from './preferences.tsx';
import { Screens } from './screens.tsx';
import type { StoreOpening } from './store-opening.ts';

interface AppProps {
  readonly platform: Platform;
  readonly opening: StoreOpening;
  readonly i18n: I18n;
  readonly launch: Launch;
  /** Spoken until the till has a language of its own. */
  readonly machineLanguage: string;
  /** The operating system's or the browser's own, for example `tr-TR`. */
  readonly machineLocale: string;
}

export function App({ i18n, platform, ...rest }: AppProps) {
  return (
    <I18nextProvider i18n={i18n}>
      <PlatformProvider value={platform}>
        <ErrorBoundary log={platform.log} onReload={() => void platform.host.reload()}>
          <OpenedApp platform={platform} {...rest} />
        </ErrorBoundary>
      </PlatformProvider>
    </I18nextProvider>
  );
}

function OpenedApp({
  platform,
  opening: begun,
  launch,
  machineLanguage,
  machineLocale,
}: Omit<AppProps, 'i18n'>) {
  const { host } = platform;
  const opening = useSyncExternalStore(begun.subscribe, begun.current);
  /** After a lost store: forgets that there was one, and starts on the empty one. */
  const startAnew = async () => {
    await host.tillMarks.remove();
    await host.reload();
  };
  if (opening.phase !== 'open') {
    return (
      <BootScreen
        opening={opening}
        onReload={() => void host.reload()}
        onStartAnew={() => void startAnew()}
      />
    );
  }
  return (
    <StoreProvider value={opening.store}>
      <SyncProvider value={opening.sync}>
        <Preferences machineLanguage={machineLanguage} machineLocale={machineLocale}>
          <Screens launch={launch} isStoreClosed={opening.isClosed} />
        </Preferences>
      </SyncProvider>
    </StoreProvider>
  );
}
