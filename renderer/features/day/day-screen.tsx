import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DayException } from '#shared/domain/day-figures.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import { CloseCard } from './close-card.tsx';
import { ClosedDaysCard } from './closed-days-card.tsx';
import styles from './day-screen.module.css';
import { ExceptionsCard } from './exceptions-card.tsx';
import { FiguresCards } from './figures-cards.tsx';
import { FilesCard } from './files-card.tsx';
import { OutcomeBanner } from './outcome-banner.tsx';
import { SyncFileCard } from './sync-file-card.tsx';
import { useDay } from './use-day.ts';
import { useProblemText } from './use-problem-text.ts';

/** Of no day in particular. */
const NONE: readonly DayException[] = [];

/** The end of the business day: look, Enter, done. Everything else on it is for the days on which something is different. */
export function DayScreen() {
  const { t } = useTranslation(['day', 'common']);
  const { isPractice } = useStore();
  const [chosen, setChosen] = useState<PlainDay>();
  const day = useDay(chosen);
  const problemText = useProblemText();
  const { look, running, outcome, failure } = day;
  const sealed = outcome?.kind === 'closed' ? outcome.seals[0] : undefined;
  // Of what the next Enter closes; when nothing is left, of what was closed.
  const figures = look?.seal?.figures ?? sealed?.figures;
  const close = async () => {
    await day.close();
    setChosen(undefined);
  };
  return (
    <Page title={t('title')} description={t('lead')} width="wide">
      {running ? (
        <Progress
          label={t(`running.${running.step}`)}
          value={running.part}
          maxValue={1}
          cancelLabel={t('common:cancel')}
          onCancel={day.cancel}
        />
      ) : null}
      {outcome ? <OutcomeBanner day={day} outcome={outcome} /> : null}
      {failure ? (
        <Banner tone="error" role="alert" title={t('failed')}>
          {problemText(failure)}
        </Banner>
      ) : null}
      {look ? (
        <CloseCard
          look={look}
          isBusy={running !== undefined}
          onClose={() => void close()}
          onCloseForgotten={() => void day.closeForgotten()}
          onChoose={setChosen}
        />
      ) : failure ? null : (
        <Progress label={t('reading')} value={undefined} />
      )}
      {figures ? <FiguresCards figures={figures} /> : <ExceptionsCard exceptions={NONE} />}
      <div className={styles['columns']}>
        {isPractice ? null : <FilesCard isBusy={running !== undefined} />}
        {isPractice ? null : <SyncFileCard day={day} />}
        {look && !isPractice ? <ClosedDaysCard day={day} closed={look.closed} /> : null}
      </div>
    </Page>
  );
}
