import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { isPriced } from './what-if-figures.ts';
import styles from './what-if-panel.module.css';
import type { ReportProps } from './what-if-report-props.ts';

/** Two or three sentences, read out when they appear. */
export function WhatIfSummary({ report, request }: ReportProps) {
  const { t } = useTranslation('what-if');
  const format = useFormat();
  const { from, to } = report.period;
  const visits = t('visits', { count: report.visits });
  const members = t('members', { count: report.visitors });
  const about = t('about', { visits, members, from: format.day(from), to: format.day(to) });
  const rewards = useRewardSentence({ report, request });
  const cost = useCostSentence({ report, request });
  return (
    <p role="status" className={styles['summary']}>
      {[about, rewards, cost].join(' ')}
    </p>
  );
}

function useRewardSentence({ report: { now, draft } }: ReportProps): string {
  const { t } = useTranslation('what-if');
  const wanted = t('rewards', { count: draft.rewards });
  if (!now) return t('alone', { draft: wanted });
  if (now.rewards === draft.rewards) return t('same', { draft: wanted });
  return t('more', { draft: wanted, now: t('rewards', { count: now.rewards }) });
}

function useCostSentence({ report: { now, draft }, request }: ReportProps): string {
  const { t } = useTranslation('what-if');
  const words = useProgramWords();
  const isAnyPriced = [draft, ...(now ? [now] : [])].some(isPriced);
  if (!isAnyPriced) return draft.rewards > 0 ? t('noPrice') : '';
  const wanted = words.money(draft.cost, request.draft.currency);
  if (!now) return t('costAlone', { draft: wanted });
  const present = words.money(now.cost, request.base?.currency);
  return wanted === present
    ? t('costSame', { draft: wanted })
    : t('costMore', { draft: wanted, now: present });
}
