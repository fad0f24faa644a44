import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Check } from 'lucide-react';
import type { StoredAlarm } from '#renderer/data/alarms.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import type { StorageProblem } from '#renderer/data/storage-problem.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { createSyncCommands } from './sync.commands.ts';
import styles from './sync-screen.module.css';

/** A till that raises more than these has one reason for all of them. */
export const SHOWN_ALARMS = 50;

interface AlarmsCardProps {
  readonly alarms: readonly StoredAlarm[];
  readonly total: number;
}

/** What a manager must know, in words, until somebody says that it was seen. */
export function AlarmsCard({ alarms, total }: AlarmsCardProps) {
  const { t } = useTranslation(['sync', 'common']);
  const format = useFormat();
  const { markSeen, problem } = useMarkSeen();
  if (alarms.length === 0) return null;
  return (
    <Card
      title={t('alarms.title')}
      description={t('alarms.text')}
      actions={
        alarms.length < 2 ? undefined : (
          <Button icon={Check} onPress={() => void markSeen(alarms.map(({ id }) => id))}>
            {t('alarms.seenAll')}
          </Button>
        )
      }
    >
      {problem === undefined ? null : (
        <Banner tone="error" role="alert" title={t('alarms.failed')}>
          {t(`common:storage.${problem}`)}
        </Banner>
      )}
      <ul className={styles['rows']}>
        {alarms.map((alarm) => (
          <li key={alarm.id} className={styles['row']}>
            <AlarmRow alarm={alarm} onSeen={() => void markSeen([alarm.id])} />
          </li>
        ))}
      </ul>
      {alarms.length < total ? (
        <p className={styles['soft']}>
          {t('alarms.shown', { shown: format.number(alarms.length), total: format.number(total) })}
        </p>
      ) : null}
    </Card>
  );
}

function AlarmRow({ alarm, onSeen }: { readonly alarm: StoredAlarm; readonly onSeen: () => void }) {
  const { t } = useTranslation(['sync', 'common']);
  const format = useFormat();
  const title = t(`alarms.code.${alarm.code}`);
  return (
    <div className={styles['rowHead']}>
      <div className={styles['rowTexts']}>
        <p className={styles['rowTitle']}>{title}</p>
        <p>{t(`alarms.help.${alarm.code}`)}</p>
        <p className={styles['soft']}>
          <bdi>{format.dateTime(alarm.at)}</bdi> · {t('alarms.about')}{' '}
          {alarm.member ? (
            <a href={`#/members/${alarm.member.id}`} className={styles['link']}>
              <bdi>{alarm.member.name === '' ? t('common:noName') : alarm.member.name}</bdi>
            </a>
          ) : (
            <bdi className={`ltr ${styles['code']}`}>{alarm.about}</bdi>
          )}
        </p>
      </div>
      <Button onPress={onSeen} aria-label={`${t('alarms.seen')}: ${title}`}>
        {t('alarms.seen')}
      </Button>
    </div>
  );
}

function useMarkSeen() {
  const store = useStore();
  const { log } = usePlatform();
  const commands = useMemo(() => createSyncCommands(store), [store]);
  const [problem, setProblem] = useState<StorageProblem>();
  const markSeen = async (ids: readonly number[]) => {
    const marked = await commands.markSeen(ids);
    setProblem(marked.ok ? undefined : marked.error.problem);
    if (!marked.ok) log.error('alarms-not-marked', { problem: marked.error.problem });
  };
  return { markSeen, problem };
}
