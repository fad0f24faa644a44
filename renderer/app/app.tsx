import { useState } from 'react';
import type { i18n as I18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { PlatformProvider, type Platform } from '#renderer/platform/platform-context.tsx';
import { StoreProvider } from '#renderer/data/store-context.tsx';
import { BootScreen } from './boot-screen.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import type { Launch } from './launch.ts';
import { Preferences } from './preferences.tsx';
import { Screens } from './screens.tsx';
import { useOpenStore } from './use-open-store.ts';

interface AppProps {
  readonly platform: Platform;
  readonly i18n: I18n;
  readonly launch: Launch;
  /** Spoken until the till has a language of its own. */
  readonly machineLanguage: string;
}

export function App({ platform, i18n, launch, machineLanguage }: AppProps) {
  const [starts, setStarts] = useState(0);
  /** After a lost store: forgets that there was one, and opens the empty one. */
  const startAnew = async () => {
    await platform.host.tillMarks.remove();
    setStarts((before) => before + 1);
  };
  return (
    <I18nextProvider i18n={i18n}>
      <PlatformProvider value={platform}>
        <ErrorBoundary log={platform.log} onReload={() => void platform.host.reload()}>
          <OpenedApp
            key={starts}
            launch={launch}
            machineLanguage={machineLanguage}
            platform={platform}
            onStartAnew={() => void startAnew()}
          />
        </ErrorBoundary>
      </PlatformProvider>
    </I18nextProvider>
  );
}

function OpenedApp({
  platform,
  launch,
  machineLanguage,
  onStartAnew,
}: Omit<AppProps, 'i18n'> & { readonly onStartAnew: () => void }) {
  const opening = useOpenStore(platform, launch.isPractice);
  if (opening.phase !== 'open') {
    return (
      <BootScreen opening={opening} onReload={() => void platform.host.reload()} onStartAnew={onStartAnew} />
    );
  }
  return (
    <StoreProvider value={opening.store}>
      <Preferences machineLanguage={machineLanguage}>
        <Screens launch={launch} isStoreClosed={opening.isClosed} />
      </Preferences>
    </StoreProvider>
  );
}
