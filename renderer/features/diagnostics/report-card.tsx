import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileDown } from 'lucide-react';
import type { StoreFacts } from '#renderer/data/diagnostics.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { APP_VERSION } from '#renderer/platform/app-version.ts';
import type { SaveError } from '#renderer/platform/host.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import type { HostFacts } from '#renderer/platform/use-host-facts.ts';
import { useSyncStatus } from '#renderer/sync/sync-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { makeReport, reportName } from './diagnostics-report.ts';
import type { Jobs } from './use-diagnostics.ts';

interface ReportCardProps {
  readonly host: HostFacts | undefined;
  readonly store: StoreFacts | undefined;
  readonly jobs: Pick<Jobs, 'verify' | 'rebuild'>;
}

type Saved = 'saved' | 'inDownloads' | { readonly failed: SaveError['code'] };

export function ReportCard({ host: facts, store, jobs }: ReportCardProps) {
  const { t } = useTranslation('diagnostics');
  const { host, clock, log } = usePlatform();
  const { isPractice } = useStore();
  const sync = useSyncStatus();
  const [saved, setSaved] = useState<Saved>();
  const save = async (storeFacts: StoreFacts) => {
    const nowMs = clock.now();
    // Everything is ready before: the browser's dialog opens only straight from a click.
    const result = await host.saveFile({
      suggestedName: reportName(nowMs),
      kind: 'json',
      contents: makeReport({
        appVersion: APP_VERSION,
        hostKind: host.kind,
        host: facts,
        store: storeFacts,
        isPractice,
        sync,
        verified: jobs.verify.phase === 'done' ? jobs.verify.outcome : undefined,
        rebuilt: jobs.rebuild.phase === 'done' ? jobs.rebuild.outcome : undefined,
        log: log.entries(),
        nowMs,
      }),
    });
    if (!result.ok) return setSaved({ failed: result.error.code });
    if (result.value.kind === 'cancelled') return;
    setSaved(result.value.kind === 'saved' ? 'saved' : 'inDownloads');
  };
  return (
    <Card title={t('report.title')} description={t('report.text')}>
      <div>
        <Button icon={FileDown} isDisabled={!store} onPress={() => store && void save(store)}>
          {t('report.save')}
        </Button>
      </div>
      {saved === undefined ? null : (
        <Banner tone={typeof saved === 'string' ? 'success' : 'error'} role="status">
          {typeof saved === 'string' ? t(`report.${saved}`) : t(`report.failed.${saved.failed}`)}
        </Banner>
      )}
    </Card>
  );
}
