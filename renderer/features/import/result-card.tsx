import { useTranslation } from 'react-i18next';
import { CircleCheck, Undo2 } from 'lucide-react';
import type { FinishedJob } from '#renderer/data/import/import-desk.ts';
import type { ImportReport } from '#renderer/data/import/import-job.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { failureText, IMPORT_NAMESPACES } from './failure-text.ts';
import { RowReports } from './row-reports.tsx';

interface ResultCardProps {
  readonly job: FinishedJob;
  readonly onUndo: (report: ImportReport) => void;
  readonly onMembers: () => void;
  readonly onAnother: () => void;
}

/** What the last job did, until somebody goes on. */
export function ResultCard({ job, onUndo, onMembers, onAnother }: ResultCardProps) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const { kind, result } = job;
  if (!result.ok) {
    return (
      <Banner
        tone="error"
        role="alert"
        title={t('failure.title')}
        action={{ label: t('common:back'), onPress: onAnother }}
      >
        {failureText(t, result.error)}
      </Banner>
    );
  }
  if (kind === 'undo') {
    const isWhole = result.value.phase === 'undone';
    return (
      <EmptyState
        icon={Undo2}
        title={isWhole ? t('result.undone', { count: result.value.undone }) : t('result.undoStopped')}
        actions={<Button onPress={onAnother}>{t('common:done')}</Button>}
      >
        {isWhole ? null : t('result.undoStoppedText')}
      </EmptyState>
    );
  }
  const { enrolled, credited, phase, counts, reports } = result.value;
  return (
    <>
      <EmptyState
        icon={CircleCheck}
        title={phase === 'done' ? t('result.done', { count: enrolled }) : t('result.cancelled')}
        actions={
          <>
            <Button variant="primary" size="lg" onPress={onMembers}>
              {t('result.toMembers')}
            </Button>
            <Button size="lg" onPress={onAnother}>
              {t('result.another')}
            </Button>
            {enrolled + credited > 0 ? (
              <Button size="lg" variant="quiet" icon={Undo2} onPress={() => onUndo(result.value)}>
                {t('result.undo')}
              </Button>
            ) : null}
          </>
        }
      >
        {phase === 'cancelled' ? <p>{t('result.cancelledText', { count: enrolled })}</p> : null}
        {credited > 0 ? <p>{t('result.credited', { count: credited })}</p> : null}
      </EmptyState>
      <RowReports reports={reports} total={counts.duplicates + counts.problems} />
    </>
  );
}
