import { CirclePause, CloudAlert, CloudCheck, CloudOff, CloudSync, CloudUpload } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { countUnseenAlarms } from '#renderer/data/alarms.ts';
import { useLive, useStore } from '#renderer/data/store-context.tsx';
import { useSettings } from '#renderer/data/usual-data.tsx';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useNow } from '#renderer/platform/use-now.ts';
import { useSyncStatus } from '#renderer/sync/sync-context.tsx';
import type { SyncStatus } from '#renderer/sync/sync-desk.ts';
import { countUnsent, moodOf, type SyncMood } from '#renderer/sync/sync-mood.ts';
import { NavLight, type NavLightProps } from '#renderer/ui/nav-light.tsx';

type ShownMood = Exclude<SyncMood, 'unpaired'>;

const SIGNS: Readonly<Record<ShownMood, Pick<NavLightProps, 'icon' | 'tone'>>> = {
  manager: { icon: CloudAlert, tone: 'danger' },
  overdue: { icon: CloudAlert, tone: 'danger' },
  late: { icon: CloudAlert, tone: 'warning' },
  held: { icon: CirclePause, tone: 'notice' },
  look: { icon: CloudAlert, tone: 'warning' },
  'catching-up': { icon: CloudSync, tone: 'notice' },
  waiting: { icon: CloudUpload, tone: 'notice' },
  'out-of-touch': { icon: CloudOff, tone: 'quiet' },
  asking: { icon: CloudSync, tone: 'quiet' },
  sent: { icon: CloudCheck, tone: 'quiet' },
};

const COUNTED: ReadonlySet<ShownMood> = new Set(['waiting', 'late', 'overdue', 'held']);

/** More than this is "many"; the page has the number. */
const MOST_SHOWN = 999;

/** What the light of the rail is to show; undefined where there is none: a till on its own, practice. */
export function useSyncMood(): ShownMood | undefined {
  const { isPractice } = useStore();
  const status = useSyncStatus();
  const nowMs = useNow();
  const unseenAlarms = useLive(({ database }) => countUnseenAlarms(database), []) ?? 0;
  const { holdsSync } = useSettings();
  const mood = moodOf(status, { nowMs, unseenAlarms, isHeld: holdsSync });
  return isPractice || mood === 'unpaired' ? undefined : mood;
}

interface SyncLightProps {
  readonly mood: ShownMood;
  readonly status: Pick<SyncStatus, 'unsentEvents' | 'unsentProfiles'>;
  readonly isCurrent: boolean;
}

/** How sync stands, in the corner of the eye. A cashier never has to look. */
export function SyncLight({ mood, status, isCurrent }: SyncLightProps) {
  const { t } = useTranslation('sync');
  const format = useFormat();
  const count = countUnsent(status);
  const isCounted = count > 0 && COUNTED.has(mood);
  const text = count > MOST_SHOWN ? `${format.number(MOST_SHOWN)}+` : format.number(count);
  return (
    <NavLight
      href="#/sync"
      {...SIGNS[mood]}
      label={t(`light.${mood}`, { count, formatted: text })}
      text={isCounted ? text : undefined}
      isCurrent={isCurrent}
    />
  );
}
