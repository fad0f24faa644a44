import { Gift } from 'lucide-react';
import { formatCardCode } from '#shared/domain/card-code.ts';
import { maskPhone } from '#shared/domain/phone-number.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Skeleton } from '#renderer/ui/skeleton.tsx';
import type { MemberSort } from './member-query.ts';
import styles from './members-screen.module.css';
import type { Words } from './use-words.ts';

interface MemberRowViewProps {
  /** Undefined while it is read, null when the member has gone. */
  readonly row: MemberRow | null | undefined;
  readonly words: Words;
  readonly nowMs: number;
  readonly sort: MemberSort;
}

/** One line of the list. */
export function MemberRowView({ row, words, nowMs, sort }: MemberRowViewProps) {
  const { t, format } = words;
  if (row === undefined) {
    return (
      <div className={styles['row']}>
        <span className={styles['who']}>
          <Skeleton width="9rem" />
          <Skeleton width="5rem" />
        </span>
      </div>
    );
  }
  if (row === null) return <p className={styles['gone']}>{t('members:row.gone')}</p>;
  return (
    <div className={styles['row']}>
      <span className={styles['who']}>
        <span className={styles['name']} data-empty={row.name === '' || undefined}>
          {row.name === '' ? t('common:noName') : <bdi>{row.name}</bdi>}
        </span>
        <span className={styles['number']}>{numberText(row, words)}</span>
      </span>
      <span className={styles['when']}>
        {sort === 'joined' || row.visits === 0
          ? t('members:row.joined', { ago: format.ago(row.joinedAt, nowMs) })
          : t('members:row.lastVisit', { ago: format.ago(row.lastVisitAt, nowMs) })}
      </span>
      <span className={styles['state']}>
        {row.ready > 0 ? (
          <Badge tone="reward" icon={Gift}>
            {t('members:row.ready', { count: row.ready })}
          </Badge>
        ) : null}
        <span className={styles['stamps']}>{t('common:unit.stamp', { count: row.stamps })}</span>
      </span>
    </div>
  );
}

function numberText({ phone, card }: MemberRow, { t }: Words) {
  if (phone !== undefined) return <span className="ltr tabular">{maskPhone(phone)}</span>;
  if (card === undefined) return t('members:row.noNumber');
  const code = formatCardCode(card);
  return t('members:row.card', { code: `\u2066${code}\u2069` });
}
