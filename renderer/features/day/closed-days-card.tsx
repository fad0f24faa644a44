import { useTranslation } from 'react-i18next';
import type { ClosedDay } from '#renderer/data/day/day-job.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import styles from './day-screen.module.css';
import type { Day } from './use-day.ts';

/** The latest closes; a closed day stays closed, its files can be written again at any time. */
export function ClosedDaysCard({
  day,
  closed,
}: {
  readonly day: Day;
  readonly closed: readonly ClosedDay[];
}) {
  const { t } = useTranslation('day');
  const format = useFormat();
  if (closed.length === 0) return null;
  return (
    <Card title={t('closedDays.title')}>
      <ul className={styles['list']}>
        {closed.map((one) => (
          <li key={one.event} className={styles['row']}>
            <div className={styles['texts']}>
              <p className={styles['name']}>
                {one.supplement > 0
                  ? t('closedDays.supplement', { day: format.day(one.day), number: one.supplement })
                  : format.day(one.day)}
              </p>
              <p className={styles['note']}>
                {t('closedDays.at', {
                  count: one.events,
                  formatted: format.number(one.events),
                  when: format.dateTime(one.closedAt),
                })}
              </p>
            </div>
            <Badge tone={one.isExported ? 'success' : 'warning'}>
              {one.isExported ? t('closedDays.written') : t('closedDays.notWritten')}
            </Badge>
            <Button
              variant="quiet"
              isDisabled={day.running !== undefined}
              onPress={() => void day.writeAgain(one.day, [one.event])}
              aria-label={t('closedDays.againNamed', { day: format.day(one.day) })}
            >
              {t('closedDays.again')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
