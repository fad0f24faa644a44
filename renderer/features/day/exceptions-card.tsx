import { useTranslation } from 'react-i18next';
import type { DayException } from '#shared/domain/day-figures.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { listUnseenAlarms } from '#renderer/data/alarms.ts';
import { useLive } from '#renderer/data/store-context.tsx';
import { Card } from '#renderer/ui/card.tsx';
import styles from './day-screen.module.css';

/** More would not be looked at one by one here. */
const SHOWN = 20;

/**
 * What a manager should look at before going home: what the day's own entries show, and whatever else nobody has seen yet, of
 * any day, which the light of the rail tells of too.
 */
export function ExceptionsCard({ exceptions }: { readonly exceptions: readonly DayException[] }) {
  const { t } = useTranslation(['day', 'common', 'sync']);
  const shown = exceptions.slice(0, SHOWN);
  const names = useNames(shown);
  const unseen = useLive(({ database }) => listUnseenAlarms(database, SHOWN), []) ?? NOTHING_UNSEEN;
  const ofDay = new Set(exceptions.map(({ event }) => event));
  const others = unseen.alarms.filter(({ about }) => !ofDay.has(about));
  if (shown.length + others.length === 0) return null;
  const more = exceptions.length - shown.length + unseen.total - unseen.alarms.length;
  return (
    <Card title={t('exceptions.title')} description={t('exceptions.text')}>
      <ul className={styles['list']}>
        {shown.map(({ kind, event, member }) => (
          <li key={`${event} ${kind}`} className={styles['row']}>
            <span>{t(`exceptions.kinds.${kind}`)}</span>
            <a href={`#/members/${member}`} className={styles['link']}>
              <bdi>{names.get(member) ?? t('common:noName')}</bdi>
            </a>
          </li>
        ))}
        {others.map(({ id, code, member }) => (
          <li key={id} className={styles['row']}>
            <span>
              {t(code === 'excess-redemption' ? `exceptions.kinds.${code}` : `sync:alarms.code.${code}`)}
            </span>
            <a href={member ? `#/members/${member.id}` : '#/sync'} className={styles['link']}>
              {member ? <bdi>{member.name === '' ? t('common:noName') : member.name}</bdi> : t('sync:title')}
            </a>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className={styles['note']}>{t('exceptions.more', { count: more })}</p> : null}
    </Card>
  );
}

const NOTHING_UNSEEN = { alarms: [], total: 0 };

function useNames(exceptions: readonly DayException[]): ReadonlyMap<string, string> {
  const key = [...new Set(exceptions.map(({ member }) => member))].join(' ');
  const rows = useLive(
    async ({ database }) => (key === '' ? [] : await database.members.bulkGet(key.split(' ') as MemberId[])),
    [key],
  );
  return new Map(
    (rows ?? []).flatMap((row) => (row && row.name !== '' ? [[row.id as string, row.name] as const] : [])),
  );
}
