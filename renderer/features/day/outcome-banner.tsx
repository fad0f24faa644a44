import { useTranslation } from 'react-i18next';
import type { DaySeal, TakeReport } from '#renderer/data/day/day-job.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import styles from './day-screen.module.css';
import type { Day, DayOutcome, WrittenFiles } from './use-day.ts';
import { useProblemText } from './use-problem-text.ts';

/** What came of it, in a sentence, and the way on where something is left to do. */
export function OutcomeBanner({ day, outcome }: { readonly day: Day; readonly outcome: DayOutcome }) {
  const { t } = useTranslation(['day', 'common']);
  const problemText = useProblemText();
  switch (outcome.kind) {
    case 'closed':
      return (
        <>
          <ClosedBanner seals={outcome.seals} written={outcome.written} />
          <NotWritten day={day} written={outcome.written} />
        </>
      );
    case 'written':
      return outcome.written.ok ? (
        <Banner tone="success" role="status">
          <WrittenText written={outcome.written} />
        </Banner>
      ) : (
        <NotWritten day={day} written={outcome.written} />
      );
    case 'taken':
      return <TakenBanner report={outcome.report} onDismiss={day.dismiss} />;
    case 'failed':
      return outcome.problem.code === 'cancelled' ? (
        <Banner tone="info" role="status">
          {t('problems.cancelled')}
        </Banner>
      ) : (
        <Banner tone="error" role="alert" title={t('failed')}>
          {problemText(outcome.problem)}
        </Banner>
      );
  }
}

function ClosedBanner({
  seals,
  written,
}: {
  readonly seals: readonly DaySeal[];
  readonly written: WrittenFiles;
}) {
  const { t } = useTranslation(['day', 'common']);
  const format = useFormat();
  const [first, ...supplements] = seals;
  if (!first) return null;
  const day = format.day(first.day);
  return (
    <Banner
      tone="success"
      role="status"
      title={first.supplement > 0 ? t('closed.supplementTitle', { day }) : t('closed.title', { day })}
    >
      {supplements.length > 0 ? (
        <p>
          {t('closed.supplements', {
            count: supplements.length,
            days: format.list(supplements.map((one) => format.day(one.day))),
          })}
        </p>
      ) : null}
      {written.ok ? <WrittenText written={written} /> : null}
    </Banner>
  );
}

function WrittenText({ written }: { readonly written: WrittenFiles & { readonly ok: true } }) {
  const { t } = useTranslation(['day', 'common']);
  const { files, folder } = written;
  return (
    <p>
      {folder === 'downloads'
        ? t('written.downloads', { count: files })
        : t('written.folder', { count: files, folder })}
    </p>
  );
}

/** Files that are not in the folder: the day is closed all the same, and one press writes them. */
function NotWritten({ day, written }: { readonly day: Day; readonly written: WrittenFiles }) {
  const { t } = useTranslation(['day', 'common']);
  const { host } = usePlatform();
  const problemText = useProblemText();
  if (written.ok) return null;
  const { problem, prepared } = written;
  if (problem.code === 'practice') return <Banner tone="info">{problemText(problem)}</Banner>;
  const needsFolder = problem.code === 'no-folder';
  const choose = async () => {
    const chosen = await host.exports.choose();
    if (chosen.ok && prepared) await day.writeNow(prepared);
  };
  return (
    <Banner tone="warning" role="alert" title={t('written.notYet')}>
      <p>{problemText(problem)}</p>
      {prepared ? (
        <div className={styles['buttons']}>
          {needsFolder ? null : (
            <Button variant="primary" onPress={() => void day.writeNow(prepared)}>
              {t('written.now')}
            </Button>
          )}
          <Button variant={needsFolder ? 'primary' : 'secondary'} onPress={() => void choose()}>
            {t('written.choose')}
          </Button>
        </div>
      ) : null}
    </Banner>
  );
}

function TakenBanner({ report, onDismiss }: { readonly report: TakeReport; readonly onDismiss: () => void }) {
  const { t } = useTranslation(['day', 'common']);
  const format = useFormat();
  const { added, known, refused, docs, unreadableDocs } = report;
  const number = (count: number) => ({ count, formatted: format.number(count) });
  const parts = [
    t('taken.added', number(added)),
    t('taken.known', number(known)),
    t('taken.refused', number(refused)),
  ];
  return (
    <Banner
      tone={refused > 0 ? 'warning' : 'success'}
      role="status"
      title={added === 0 && refused === 0 ? t('taken.nothingNew') : t('taken.title')}
      onDismiss={onDismiss}
      dismissLabel={t('common:dismiss')}
    >
      <p>{format.list(parts)}</p>
      {docs > 0 ? <p>{t('taken.docs', number(docs))}</p> : null}
      {unreadableDocs > 0 ? <p>{t('taken.unreadableDocs', number(unreadableDocs))}</p> : null}
      {refused > 0 ? <p>{t('taken.refusedText')}</p> : null}
    </Banner>
  );
}
