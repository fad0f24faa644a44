import { useTranslation } from 'react-i18next';
import { MOST_LOOKED_AT, readUnsentKinds } from '#renderer/data/waiting-events.ts';
import { useLive } from '#renderer/data/store-context.tsx';
import type { SyncStatus } from '#renderer/sync/sync-desk.ts';
import { countUnsent } from '#renderer/sync/sync-mood.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { DescriptionList } from '#renderer/ui/description-list.tsx';
import styles from './sync-screen.module.css';
import { useKindWords } from './use-kind-words.ts';
import { useMoment } from './use-moment.ts';

/** What has not been sent: how much, since when, and of what kind. */
export function UnsentCard({ status }: { readonly status: SyncStatus }) {
  const { t } = useTranslation('sync');
  const format = useFormat();
  const moment = useMoment();
  const wordOf = useKindWords();
  const { unsentEvents, unsentProfiles, oldestUnsentAt, setAside } = status;
  // Of very many only the newest are looked at, and these stay the same while the oldest are sent.
  const looked = Math.min(unsentEvents, MOST_LOOKED_AT);
  const read = useLive(
    ({ database }) => readUnsentKinds(database, { unsent: looked, setAside }),
    [looked, setAside],
  );
  if (countUnsent(status) === 0) return null;
  const figures = [
    { term: t('unsent.count'), value: format.number(unsentEvents), isNumeric: true },
    { term: t('unsent.profiles'), value: format.number(unsentProfiles), isNumeric: true },
  ];
  const counts = new Map<string, number>();
  for (const { type, count } of read?.kinds ?? []) {
    const word = wordOf(type);
    counts.set(word, (counts.get(word) ?? 0) + count);
  }
  const kinds = [...counts].map(([term, count]) => ({ term, value: format.number(count), isNumeric: true }));
  return (
    <Card title={t('unsent.title')} description={t('unsent.text')}>
      <DescriptionList layout="figures" items={figures} />
      <DescriptionList
        items={[
          ...(oldestUnsentAt === null ? [] : [{ term: t('unsent.oldest'), value: moment(oldestUnsentAt) }]),
          ...kinds,
        ]}
      />
      {read && read.counted < unsentEvents ? (
        <p className={styles['soft']}>{t('unsent.more', { formatted: format.number(read.counted) })}</p>
      ) : null}
    </Card>
  );
}
