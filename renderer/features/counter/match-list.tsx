import { Gift } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { maskPhone } from '#shared/domain/phone-number.ts';
import { listCurrentPrograms } from '#shared/domain/program.ts';
import type { MemberMatches } from '#renderer/data/member-search.ts';
import { hasReward } from '#renderer/data/row-rewards.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Badge } from '#renderer/ui/badge.tsx';
import type { Counter } from './use-counter.ts';
import counterStyles from './counter.module.css';
import styles from './match-list.module.css';

interface MatchListProps {
  readonly counter: Counter;
  readonly matches: MemberMatches;
}

/** Several members: the last visitor first. Arrow keys or a press take one in hand; Enter alone does nothing. */
export function MatchList({ counter, matches }: MatchListProps) {
  const { t } = useTranslation(['counter', 'common']);
  const { rows, hasMore } = matches;
  const heldId = counter.held?.row.id;
  return (
    <section className={styles['list']} aria-label={t('list.label')}>
      <p className={styles['listTitle']}>
        {hasMore ? t('list.more', { count: rows.length }) : t('list.title', { count: rows.length })}
        <span className={counterStyles['note']}>{t('list.choose')}</span>
      </p>
      <ul className={styles['rows']}>
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={styles['row']}
              aria-pressed={row.id === heldId}
              onClick={() => void counter.hold(row.id)}
            >
              <MatchRow row={row} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const MatchRow = memo(function MatchRow({ row }: { readonly row: MemberRow }) {
  const { t } = useTranslation(['counter', 'common']);
  const format = useFormat();
  const words = useProgramWords();
  const programs = usePrograms();
  const { clock } = usePlatform();
  // One figure is enough to tell two people apart: all of them are on the card.
  const [points] = row.points;
  const balance =
    row.stamps > 0
      ? words.units(undefined, row.stamps)
      : // Nothing yet, in the word of what the shop counts.
        words.units(
          points ? programs?.get(points.program)?.at(-1) : programs && listCurrentPrograms(programs)[0],
          points?.units ?? 0,
        );
  return (
    <>
      <span className={styles['rowName']} dir="auto">
        {row.name || t('common:noName')}
      </span>
      <bdi className="tabular">{row.phone === undefined ? '' : maskPhone(row.phone)}</bdi>
      <span className={styles['rowWhen']}>
        {row.visits === 0 ? t('match.firstVisit') : format.ago(row.lastVisitAt, clock.now())}
      </span>
      <span className={styles['rowEnd']}>
        {programs && hasReward(row, programs) ? (
          <Badge tone="reward" icon={Gift}>
            {t('list.readyReward')}
          </Badge>
        ) : (
          <span className="tabular">{balance}</span>
        )}
      </span>
    </>
  );
});
