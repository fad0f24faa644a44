import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { WhatIfByMonth } from './what-if-by-month.tsx';
import { WhatIfByReward } from './what-if-by-reward.tsx';
import { WhatIfFigures } from './what-if-figures-table.tsx';
import { WhatIfNotes } from './what-if-notes.tsx';
import type { ReportProps } from './what-if-report-props.ts';
import styles from './what-if-panel.module.css';
import { WhatIfSummary } from './what-if-summary.tsx';
import { WhatIfTiers } from './what-if-tiers.tsx';

/** In words, in figures, and what not to believe of them. */
export function WhatIfReportView({ report, request, isStale }: ReportProps & { readonly isStale: boolean }) {
  const { t } = useTranslation('what-if');
  const format = useFormat();
  const { from, to } = report.period;
  if (report.visits === 0) {
    return <p role="status">{t('nothing', { from: format.day(from), to: format.day(to) })}</p>;
  }
  const props = { report, request };
  return (
    <div className={styles['report']} data-stale={isStale || undefined}>
      <WhatIfSummary {...props} />
      <WhatIfFigures {...props} />
      <WhatIfByReward {...props} />
      <WhatIfTiers {...props} />
      <WhatIfByMonth {...props} />
      <WhatIfNotes {...props} />
    </div>
  );
}
