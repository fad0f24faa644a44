import { useTranslation } from 'react-i18next';
import type { RunningJob } from '#renderer/data/import/import-desk.ts';
import { Card } from '#renderer/ui/card.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import { IMPORT_NAMESPACES } from './failure-text.ts';
import styles from './import-screen.module.css';

export function RunningCard({ job, onCancel }: { readonly job: RunningJob; readonly onCancel: () => void }) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const { progress, isCancelling } = job;
  return (
    <Card title={t(`running.${job.kind}`)} description={<bdi>{job.fileName}</bdi>} padding="lg">
      <Progress
        label={t(`running.${job.kind}`)}
        isLabelHidden
        value={progress?.done}
        maxValue={progress?.total ?? 1}
        valueText={t('running.members', { count: progress?.members ?? 0 })}
        cancelLabel={isCancelling ? t('running.cancelling') : t('running.cancel')}
        onCancel={onCancel}
      />
      <p className={styles['note']}>{t('running.meanwhile')}</p>
    </Card>
  );
}
