import { HashRouter, Navigate, Route, Routes } from 'react-router';
import { useShop } from '#renderer/data/usual-data.tsx';
import { useStore } from '#renderer/data/store-context.tsx';
import { CounterScreen } from '#renderer/features/counter/counter-screen.tsx';
import { DiagnosticsScreen } from '#renderer/features/diagnostics/diagnostics-screen.tsx';
import { ImportScreen } from '#renderer/features/import/import-screen.tsx';
import { MemberScreen } from '#renderer/features/members/member-screen.tsx';
import { MembersScreen } from '#renderer/features/members/members-screen.tsx';
import { ProgramScreen } from '#renderer/features/programs/program-screen.tsx';
import { SettingsScreen } from '#renderer/features/settings/settings-screen.tsx';
import { PracticeSetup } from '#renderer/features/setup/practice-setup.tsx';
import { SetupScreen } from '#renderer/features/setup/setup-screen.tsx';
import { Frame } from '#renderer/ui/frame.tsx';
import type { Launch } from './launch.ts';
import { Notice } from './notice.tsx';
import { Rail } from './rail.tsx';
import { ScannerListener } from './scanner-listener.tsx';
import { useFollowWindows } from './use-follow-windows.ts';

interface ScreensProps {
  readonly launch: Launch;
  readonly isStoreClosed: boolean;
}

export function Screens(props: ScreensProps) {
  return (
    <HashRouter>
      <RoutedScreens {...props} />
    </HashRouter>
  );
}

function RoutedScreens({ launch, isStoreClosed }: ScreensProps) {
  const { isPractice } = useStore();
  const shop = useShop();
  useFollowWindows();
  if (shop === undefined) return <Frame>{null}</Frame>;
  if (shop === null) {
    return <div data-app-ready>{isPractice ? <PracticeSetup /> : <SetupScreen />}</div>;
  }
  return (
    <div data-app-ready>
      <ScannerListener />
      <Frame nav={<Rail launch={launch} />} banner={<Notice launch={launch} isStoreClosed={isStoreClosed} />}>
        <Routes>
          <Route path="/" element={<CounterScreen />} />
          <Route path="/members" element={<MembersScreen />} />
          <Route path="/members/:member" element={<MemberScreen />} />
          <Route path="/import" element={<ImportScreen />} />
          <Route path="/programs/:program" element={<ProgramScreen />} />
          <Route path="/settings" element={<SettingsScreen />} />
          <Route path="/diagnostics" element={<DiagnosticsScreen />} />
          <Route path="*" element={<Navigate to="/" replace />} />
        </Routes>
      </Frame>
    </div>
  );
}
