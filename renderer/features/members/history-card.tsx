import {
  CircleHelp,
  FileStack,
  Gift,
  PencilRuler,
  Stamp,
  TriangleAlert,
  Undo2,
  UserPen,
  UserPlus,
  type LucideIcon,
} from 'lucide-react';
import { useState } from 'react';
import type { HistoryEntry, HistoryFact } from '#shared/domain/history.ts';
import type { TillId } from '#shared/lib/brand.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Skeleton } from '#renderer/ui/skeleton.tsx';
import styles from './history-card.module.css';
import type { MemberEvents } from './use-member.ts';
import type { Words } from './use-words.ts';

interface HistoryCardProps {
  readonly entries: readonly HistoryEntry[];
  readonly reading: MemberEvents;
  readonly till: TillId;
  readonly words: Words;
}

/** Entries shown at first and added by each press. */
const PAGE = 50;

const ICONS: Readonly<Record<HistoryFact['kind'], LucideIcon>> = {
  enrolment: UserPlus,
  visit: Stamp,
  'paper-card': FileStack,
  opening: FileStack,
  adjustment: PencilRuler,
  redemption: Gift,
  void: Undo2,
  profile: UserPen,
  unknown: CircleHelp,
};

/** Everything that happened, newest first: who, when, what. Undone things stay, struck through. */
export function HistoryCard({ entries, reading, till, words }: HistoryCardProps) {
  const { t, format } = words;
  const [shownCount, setShownCount] = useState(PAGE);
  const shown = entries.slice(0, shownCount);
  const left = entries.length - shown.length;
  return (
    <Card
      title={t('history:title')}
      description={
        reading.isComplete
          ? t('history:count', { count: entries.length, formatted: format.number(entries.length) })
          : t('history:loading')
      }
    >
      {reading.problem ? (
        <Banner tone="error" role="alert">
          {t(`common:storage.${reading.problem}`)}
        </Banner>
      ) : null}
      {entries.length === 0 && !reading.isComplete && !reading.problem ? (
        <div aria-hidden className={styles['waiting']}>
          <Skeleton width="60%" />
          <Skeleton width="45%" />
          <Skeleton width="55%" />
        </div>
      ) : null}
      <ol className={styles['entries']} aria-label={t('history:label')}>
        {shown.map((entry) => (
          <Entry key={entry.id} entry={entry} till={till} words={words} />
        ))}
      </ol>
      {left > 0 ? (
        <div>
          <Button onPress={() => setShownCount(shownCount + PAGE)}>
            {t('history:more', { count: Math.min(PAGE, left) })}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function Entry({
  entry,
  till,
  words,
}: {
  readonly entry: HistoryEntry;
  readonly till: TillId;
  readonly words: Words;
}) {
  const { t, format } = words;
  const { what, undone } = entry;
  const isAlarming = entry.exceptions.length > 0;
  const Icon = isAlarming ? TriangleAlert : ICONS[what.kind];
  const sums = 'sums' in what ? what.sums : [];
  const fact = words.fact(what);
  return (
    <li className={styles['entry']} data-kind={isAlarming ? 'exception' : what.kind}>
      <span aria-hidden className={styles['icon']}>
        <Icon />
      </span>
      <div className={styles['texts']}>
        <p className={styles['fact']}>
          {undone ? (
            <>
              <s>{fact}</s> <span className="sr-only">({t('history:isUndone')})</span>
            </>
          ) : (
            fact
          )}
        </p>
        {sums.map((sum) => (
          <p key={sum.program} className={styles['sum']}>
            {undone ? <s>{words.sum(sum)}</s> : words.sum(sum)}
          </p>
        ))}
        {words.details(entry).map((line) => (
          <p key={line} className={styles['detail']}>
            {line}
          </p>
        ))}
      </div>
      <p className={styles['when']}>
        <time dateTime={new Date(entry.at).toISOString()}>{format.dateTime(entry.at)}</time>
        <span>{words.who(entry, till)}</span>
      </p>
    </li>
  );
}
