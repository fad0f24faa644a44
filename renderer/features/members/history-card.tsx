import {
  CircleHelp,
  Crown,
  FileStack,
  Gift,
  HandHelping,
  Hourglass,
  Merge,
  PencilRuler,
  ShieldCheck,
  ShoppingBag,
  Split,
  Stamp,
  TriangleAlert,
  Undo2,
  UserPen,
  UserPlus,
  UserRoundX,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import { useState } from 'react';
import type { HistoryEntry } from '#shared/domain/history.ts';
import type { MemberId, TillId } from '#shared/lib/brand.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Skeleton } from '#renderer/ui/skeleton.tsx';
import styles from './history-card.module.css';
import { MemberLink } from './friends-card.tsx';
import { otherMemberOf, type MemberNames } from './use-member-names.ts';
import type { MemberEvents } from './use-member.ts';
import type { Words } from './use-words.ts';

interface HistoryCardProps {
  readonly entries: readonly HistoryEntry[];
  readonly reading: MemberEvents;
  readonly till: TillId;
  readonly names: MemberNames;
  /** The ids under which the person stands here, with the masked number of each. */
  readonly own: ReadonlyMap<MemberId, string | undefined>;
  readonly words: Words;
}

/** Entries shown at first and added by each press. */
const PAGE = 50;

const ICONS: Readonly<Record<HistoryEntry['what']['kind'], LucideIcon>> = {
  enrolment: UserPlus,
  visit: Stamp,
  'paper-card': FileStack,
  opening: FileStack,
  adjustment: PencilRuler,
  redemption: Gift,
  action: HandHelping,
  purchase: ShoppingBag,
  referral: UsersRound,
  expired: Hourglass,
  tier: Crown,
  void: Undo2,
  merge: Merge,
  unmerge: Split,
  erasure: UserRoundX,
  approval: ShieldCheck,
  profile: UserPen,
  unknown: CircleHelp,
};

/** Everything that happened, newest first: who, when, what. Undone things stay, struck through. */
export function HistoryCard({ entries, reading, till, names, own, words }: HistoryCardProps) {
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
          : t(reading.isPastComing ? 'history:coming' : 'history:loading')
      }
    >
      {reading.problem ? (
        <Banner tone="error" role="alert">
          {t(`common:storage.${reading.problem}`)}
        </Banner>
      ) : null}
      {entries.length === 0 && !reading.isComplete && !reading.isPastComing && !reading.problem ? (
        <div aria-hidden className={styles['waiting']}>
          <Skeleton width="60%" />
          <Skeleton width="45%" />
          <Skeleton width="55%" />
        </div>
      ) : null}
      <ol className={styles['entries']} aria-label={t('history:label')}>
        {shown.map((entry) => (
          <Entry key={entry.id} entry={entry} till={till} names={names} own={own} words={words} />
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

interface EntryProps {
  readonly entry: HistoryEntry;
  readonly till: TillId;
  readonly names: MemberNames;
  readonly own: ReadonlyMap<MemberId, string | undefined>;
  readonly words: Words;
}

function underText(number: string | undefined, { t }: Words): string {
  return number === undefined
    ? t('history:fromUnknown')
    : t('history:from', { number: `\u2066${number}\u2069` });
}

function Entry({ entry, till, names, own, words }: EntryProps) {
  const { t, history } = words;
  const event = entry.source === 'event' ? entry : undefined;
  const isAlarming = event !== undefined && event.exceptions.length > 0;
  const isUndone = event?.undone !== undefined;
  const Icon = isAlarming ? TriangleAlert : ICONS[entry.what.kind];
  const title = history.title(entry);
  const other = otherMemberOf(entry);
  return (
    <li className={styles['entry']} data-kind={isAlarming ? 'exception' : entry.what.kind}>
      <span aria-hidden className={styles['icon']}>
        <Icon />
      </span>
      <div className={styles['texts']}>
        <p className={styles['fact']}>
          {isUndone ? (
            <>
              <s>{title}</s> <span className="sr-only">({t('history:isUndone')})</span>
            </>
          ) : (
            title
          )}
        </p>
        <Lines lines={history.sums(entry)} kind="sum" isUndone={isUndone} />
        {other === undefined ? null : (
          <p className={styles['detail']}>
            {t(OTHER_LABELS[entry.what.kind] ?? 'history:broughtBy')}{' '}
            {own.has(other) ? (
              <span className="ltr tabular">{own.get(other) ?? t('members:memberships.noNumber')}</span>
            ) : (
              <MemberLink member={other} names={names} words={words} />
            )}
          </p>
        )}
        {event?.under === undefined ? null : (
          <p className={styles['detail']}>{underText(own.get(event.under), words)}</p>
        )}
        <Lines lines={history.details(entry)} kind="detail" />
      </div>
      <p className={styles['when']}>
        <time dateTime={momentOf(entry)}>{history.when(entry)}</time>
        {event ? <span>{history.who(event, till)}</span> : null}
      </p>
    </li>
  );
}

function Lines({
  lines,
  kind,
  isUndone = false,
}: {
  readonly lines: readonly string[];
  readonly kind: 'sum' | 'detail';
  readonly isUndone?: boolean;
}) {
  return lines.map((line, place) => (
    // oxlint-disable-next-line react/no-array-index-key -- an entry never changes: its lines keep their places, and two may read the same
    <p key={place} className={styles[kind]}>
      {isUndone ? <s>{line}</s> : line}
    </p>
  ));
}

/** What the other member whom an entry speaks of is to this one. */
const OTHER_LABELS: Partial<Record<HistoryEntry['what']['kind'], 'history:friend' | 'history:with'>> = {
  referral: 'history:friend',
  merge: 'history:with',
  unmerge: 'history:with',
};

const momentOf = (entry: HistoryEntry): string =>
  entry.source === 'event' ? new Date(entry.at).toISOString() : entry.day;
