import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '#renderer/data/store-context.tsx';
import type { StorageProblem } from '#renderer/data/storage-problem.ts';
import { useSettings } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { createSyncCommands } from './sync.commands.ts';

/** For a line that is metered or breaks: no contact until a person wants it again. */
export function HoldCard() {
  const { t } = useTranslation(['sync', 'common']);
  const store = useStore();
  const { log } = usePlatform();
  const { holdsSync } = useSettings();
  const commands = useMemo(() => createSyncCommands(store), [store]);
  const [problem, setProblem] = useState<StorageProblem>();
  const hold = async (isHeld: boolean) => {
    const held = await commands.hold(isHeld);
    setProblem(held.ok ? undefined : held.error.problem);
    if (!held.ok) log.error('sync-not-held', { problem: held.error.problem });
  };
  return (
    <Card title={t('hold.title')}>
      {problem === undefined ? null : (
        <Banner tone="error" role="alert" title={t('alarms.failed')}>
          {t(`common:storage.${problem}`)}
        </Banner>
      )}
      <Switch isSelected={holdsSync} onChange={(isHeld) => void hold(isHeld)} description={t('hold.text')}>
        {t('hold.switch')}
      </Switch>
    </Card>
  );
}
