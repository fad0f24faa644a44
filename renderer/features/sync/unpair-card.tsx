import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Unlink } from 'lucide-react';
import type { SyncDesk, SyncStatus } from '#renderer/sync/sync-desk.ts';
import { countUnsent } from '#renderer/sync/sync-mood.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx';
import styles from './sync-screen.module.css';

interface UnpairCardProps {
  readonly status: SyncStatus;
  readonly desk: SyncDesk;
  /** This till has just joined: what the others did before is not all here. */
  readonly isPastComing: boolean;
}

/** The way out of sync. The cards stay. */
export function UnpairCard({ status, desk, isPastComing }: UnpairCardProps) {
  const { t } = useTranslation(['sync', 'common']);
  const format = useFormat();
  const { log } = usePlatform();
  const [isAsking, setAsking] = useState(false);
  const [isPending, setPending] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const count = countUnsent(status);
  const unpair = async () => {
    setPending(true);
    setFailed(false);
    try {
      await desk.unpair();
    } catch (error) {
      log.error('not-unpaired', { name: error instanceof Error ? error.name : 'unknown' });
      setFailed(true);
    }
    setPending(false);
    setAsking(false);
  };
  return (
    <Card title={t('unpair.title')} description={t('unpair.text')}>
      {hasFailed ? (
        <Banner tone="error" role="alert">
          {t('unpair.failed')}
        </Banner>
      ) : null}
      <div className={styles['buttons']}>
        <Button icon={Unlink} onPress={() => setAsking(true)}>
          {t('unpair.button')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        isDanger
        isPending={isPending}
        title={t('unpair.confirmTitle')}
        confirmLabel={t('unpair.confirm')}
        cancelLabel={t('common:cancel')}
        onConfirm={() => void unpair()}
        onCancel={() => setAsking(false)}
      >
        <div className={styles['sentences']}>
          <p>{t('unpair.confirmText')}</p>
          {isPastComing ? <p className={styles['strong']}>{t('unpair.confirmComing')}</p> : null}
          {count === 0 ? null : (
            <p className={styles['strong']}>
              {t('unpair.confirmUnsent', { count, formatted: format.number(count) })}
            </p>
          )}
        </div>
      </ConfirmDialog>
    </Card>
  );
}
