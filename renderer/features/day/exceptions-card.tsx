import { useTranslation } from 'react-i18next';
import type { DayException, DayFigures } from '#shared/domain/day-figures.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { useLive } from '#renderer/data/store-context.tsx';
import { Card } from '#renderer/ui/card.tsx';
import styles from './day-screen.module.css';

/** More would not be looked at one by one here. */
const SHOWN = 20;

/** What a manager should look at before going home. */
export function ExceptionsCard({ figures }: { readonly figures: DayFigures }) {
  const { t } = useTranslation(['day', 'common']);
  const shown = figures.exceptions.slice(0, SHOWN);
  const names = useNames(shown);
  if (shown.length === 0) return null;
  const more = figures.exceptions.length - shown.length;
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
      </ul>
      {more > 0 ? <p className={styles['note']}>{t('exceptions.more', { count: more })}</p> : null}
    </Card>
  );
}

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
