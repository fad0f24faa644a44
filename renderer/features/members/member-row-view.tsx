import { Gift } from 'lucide-react';
import { formatCardCode } from '#shared/domain/card-code.ts';
import { maskPhone } from '#shared/domain/phone-number.ts';
import { listCurrentPrograms, type ProgramBook } from '#shared/domain/program.ts';
import { hasReward } from '#renderer/data/row-rewards.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Skeleton } from '#renderer/ui/skeleton.tsx';
import type { MemberSort } from './member-query.ts';
import styles from './members-screen.module.css';
import type { Words } from './use-words.ts';

interface MemberRowViewProps {
  /** Undefined while it is read, null when the member has gone. */
  readonly row: MemberRow | null | undefined;
  /** Undefined until read. */
  readonly programs: ProgramBook | undefined;
  readonly words: Words;
  readonly nowMs: number;
  readonly sort: MemberSort;
}

/** One line of the list. */
export function MemberRowView({ row, programs, words, nowMs, sort }: MemberRowViewProps) {
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
        {programs && hasReward(row, programs) ? (
          <Badge tone="reward" icon={Gift}>
            {row.ready > 0 ? t('members:row.ready', { count: row.ready }) : t('members:row.enoughPoints')}
          </Badge>
        ) : null}
        <span className={styles['units']}>
          {listUnits(row, programs, words).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
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

/** Stamps of all cards, and points each in its own program's word: what can't be added up is not. */
function listUnits(
  { stamps, points }: MemberRow,
  programs: ProgramBook | undefined,
  { program }: Words,
): readonly string[] {
  const lines = points.map(({ program: id, units }) => program.units(programs?.get(id)?.at(-1), units));
  if (stamps > 0) lines.unshift(program.units(undefined, stamps));
  // Nothing yet, in the word of what the shop counts.
  if (lines.length === 0) lines.push(program.units(programs && listCurrentPrograms(programs)[0], 0));
  // A row has room for two lines.
  return lines.length > 2 ? [lines[0] ?? '', lines.slice(1).join(' · ')] : lines;
}
