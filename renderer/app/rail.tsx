import { GraduationCap, Moon, Settings, Stamp, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useStore } from '#renderer/data/store-context.tsx';
import { useSyncStatus } from '#renderer/sync/sync-context.tsx';
import { SideNav } from '#renderer/ui/side-nav.tsx';
import { practiceAddress, type Launch } from './launch.ts';
import { Logo } from './logo.tsx';
import { SyncLight, useSyncMood } from './sync-light.tsx';

/** The way between screens. */
export function Rail({ launch }: { readonly launch: Launch }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { isPractice } = useStore();
  const syncStatus = useSyncStatus();
  const syncMood = useSyncMood();
  const isAt = (path: string) => pathname === path || pathname.startsWith(`${path}/`);
  return (
    <SideNav
      label={t('nav.label')}
      header={<Logo />}
      items={[
        { href: '#/', label: t('nav.counter'), icon: Stamp, isCurrent: pathname === '/' },
        {
          href: '#/members',
          label: t('nav.members'),
          icon: Users,
          isCurrent: isAt('/members') || isAt('/import'),
        },
        { href: '#/day', label: t('nav.day'), icon: Moon, isCurrent: isAt('/day') },
      ]}
      bottomItems={[
        ...(isPractice
          ? []
          : [{ href: practiceAddress(true, launch), label: t('nav.practice'), icon: GraduationCap }]),
        {
          href: '#/settings',
          label: t('nav.settings'),
          icon: Settings,
          isCurrent:
            isAt('/settings') ||
            isAt('/diagnostics') ||
            isAt('/programs') ||
            // A till without the light came here from the settings.
            (syncMood === undefined && isAt('/sync')),
        },
      ]}
      {...(syncMood === undefined
        ? {}
        : { footer: <SyncLight mood={syncMood} status={syncStatus} isCurrent={isAt('/sync')} /> })}
    />
  );
}
