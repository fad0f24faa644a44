import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudDownload } from 'lucide-react';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { useSyncDesk } from '#renderer/sync/sync-context.tsx';
import type { SyncStatus } from '#renderer/sync/sync-desk.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Frame } from '#renderer/ui/frame.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import styles from './setup-screen.module.css';

/** Paired, and the shop is on its way. As soon as its description is here, the counter stands in this place. */
export function SetupArriving({ status }: { readonly status: SyncStatus }) {
  const { t } = useTranslation('sync');
  const desk = useSyncDesk();
  const { log } = usePlatform();
  const { phase } = status;
  const [hasFailed, setFailed] = useState(false);
  const leave = async () => {
    setFailed(false);
    try {
      await desk.unpair();
    } catch (error) {
      log.error('not-unpaired', { name: error instanceof Error ? error.name : 'unknown' });
      setFailed(true);
    }
  };
  const isHalted = phase.kind === 'paused' || phase.kind === 'stopped';
  return (
    <Frame>
      <Page title={t('joining.title')} isTitleHidden width="narrow">
        <EmptyState icon={CloudDownload} title={t('joining.title')}>
          {t('joining.text')}
        </EmptyState>
        {isHalted ? <Halt status={status} /> : <Arrival status={status} />}
        {phase.kind === 'waiting' ? (
          <Banner
            tone="warning"
            role="status"
            action={{ label: t('joining.retry'), onPress: () => desk.syncNow() }}
          >
            {t(`now.because.${phase.because}`)}
          </Banner>
        ) : null}
        {hasFailed ? (
          <Banner tone="error" role="alert">
            {t('unpair.failed')}
          </Banner>
        ) : null}
        <div className={styles['ways']}>
          <Button variant="quiet" onPress={() => void leave()}>
            {t('joining.stop')}
          </Button>
        </div>
      </Page>
    </Frame>
  );
}

function Arrival({ status }: { readonly status: SyncStatus }) {
  const { t } = useTranslation('sync');
  const format = useFormat();
  const { cursor, head, phase, lastContactAt } = status;
  // All of it is here, and no shop in it: the till that made the shop has not sent that yet.
  if (phase.kind === 'idle' && lastContactAt !== null && cursor >= head) {
    return (
      <Banner role="status" tone="info">
        {t('joining.waits')}
      </Banner>
    );
  }
  return (
    <Progress
      label={t('progress.fetching')}
      value={head === 0 ? undefined : cursor}
      maxValue={Math.max(1, head)}
      valueText={
        head === 0
          ? t('progress.asking')
          : t('progress.of', { done: format.number(cursor), total: format.number(head) })
      }
    />
  );
}

function Halt({ status }: { readonly status: SyncStatus }) {
  const { t } = useTranslation('sync');
  const { phase } = status;
  const halt = phase.kind === 'stopped' ? phase.because : 'paused';
  return (
    <Banner tone="error" role="alert" title={t(`halt.${halt}Title`)}>
      {t(`halt.${halt}Text`)}
    </Banner>
  );
}
