import { lazy, Suspense } from 'react';
import { HashRouter, Navigate, Route, Routes } from 'react-router';
import { useShop } from '#renderer/data/usual-data.tsx';
import { useStore } from '#renderer/data/store-context.tsx';
import { CounterScreen } from '#renderer/features/counter/counter-screen.tsx';
import { LeftSearchProvider } from '#renderer/features/members/left-search.tsx';
import { Frame } from '#renderer/ui/frame.tsx';
import type { Launch } from './launch.ts';
import { Notice } from './notice.tsx';
import { Rail } from './rail.tsx';
import { ScannerListener } from './scanner-listener.tsx';
import { useAnnounceScreen } from './use-announce-screen.ts';
import { useFollowWindows } from './use-follow-windows.ts';
import { useForgetFileNames } from './use-forget-file-names.ts';

// The counter comes with the page; every other screen is read when it is first asked for, from the same disk.
const DayScreen = lazy(async () => ({
  default: (await import('#renderer/features/day/day-screen.tsx')).DayScreen,
}));
const DiagnosticsScreen = lazy(async () => ({
  default: (await import('#renderer/features/diagnostics/diagnostics-screen.tsx')).DiagnosticsScreen,
}));
const DuplicatesScreen = lazy(async () => ({
  default: (await import('#renderer/features/members/duplicates-screen.tsx')).DuplicatesScreen,
}));
const ImportScreen = lazy(async () => ({
  default: (await import('#renderer/features/import/import-screen.tsx')).ImportScreen,
}));
const MemberScreen = lazy(async () => ({
  default: (await import('#renderer/features/members/member-screen.tsx')).MemberScreen,
}));
const MembersScreen = lazy(async () => ({
  default: (await import('#renderer/features/members/members-screen.tsx')).MembersScreen,
}));
const ProgramScreen = lazy(async () => ({
  default: (await import('#renderer/features/programs/program-screen.tsx')).ProgramScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import('#renderer/features/settings/settings-screen.tsx')).SettingsScreen,
}));
const PracticeSetup = lazy(async () => ({
  default: (await import('#renderer/features/setup/practice-setup.tsx')).PracticeSetup,
}));
const SetupScreen = lazy(async () => ({
  default: (await import('#renderer/features/setup/setup-screen.tsx')).SetupScreen,
}));

const SyncScreen = lazy(async () => ({
  default: (await import('#renderer/features/sync/sync-screen.tsx')).SyncScreen,
}));

interface ScreensProps {
  readonly launch: Launch;
  readonly isStoreClosed: boolean;
}

export function Screens(props: ScreensProps) {
  return (
    <HashRouter>
      <LeftSearchProvider>
        <RoutedScreens {...props} />
      </LeftSearchProvider>
    </HashRouter>
  );
}

function RoutedScreens({ launch, isStoreClosed }: ScreensProps) {
  const { isPractice } = useStore();
  const shop = useShop();
  useFollowWindows();
  useForgetFileNames();
  useAnnounceScreen();
  if (shop === undefined) return <Frame>{null}</Frame>;
  if (shop === null) {
    return (
      <Suspense fallback={null}>
        <div data-app-ready>{isPractice ? <PracticeSetup /> : <SetupScreen />}</div>
      </Suspense>
    );
  }
  return (
    <div data-app-ready>
      <ScannerListener />
      <Frame nav={<Rail launch={launch} />} banner={<Notice launch={launch} isStoreClosed={isStoreClosed} />}>
        <Suspense fallback={null}>
          <Routes>
            <Route path="/" element={<CounterScreen />} />
            <Route path="/members" element={<MembersScreen />} />
            <Route path="/members/duplicates" element={<DuplicatesScreen />} />
            <Route path="/members/:member" element={<MemberScreen />} />
            <Route path="/day" element={<DayScreen />} />
            <Route path="/import" element={<ImportScreen />} />
            <Route path="/programs/:program" element={<ProgramScreen />} />
            <Route path="/settings" element={<SettingsScreen />} />
            <Route path="/sync" element={<SyncScreen />} />
            <Route path="/diagnostics" element={<DiagnosticsScreen />} />
            <Route path="*" element={<Navigate to="/" replace />} />
          </Routes>
        </Suspense>
      </Frame>
    </div>
  );
}
