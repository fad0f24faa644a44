import { useTranslation } from 'react-i18next';
import {
  CirclePause,
  CloudAlert,
  CloudCheck,
  CloudOff,
  CloudSync,
  CloudUpload,
  RefreshCw,
} from 'lucide-react';
import type { SyncDesk, SyncStatus } from '#renderer/sync/sync-desk.ts';
import { countUnsent, isCatchingUp, type SyncMood } from '#renderer/sync/sync-mood.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import styles from './sync-screen.module.css';
import { useMoment } from './use-moment.ts';

const ICONS = {
  alert: CloudAlert,
  off: CloudOff,
  pause: CirclePause,
  upload: CloudUpload,
  fetch: CloudSync,
  check: CloudCheck,
} as const;

interface StatusCardProps {
  readonly status: SyncStatus;
  readonly mood: SyncMood;
  /** A person has paused it. */
  readonly isHeld?: boolean;
  readonly desk: SyncDesk;
}

/** The answer to "is everything there?" in one sentence. */
export function StatusCard({ status, mood, isHeld = false, desk }: StatusCardProps) {
  const { t } = useTranslation('sync');
  const moment = useMoment();
  const { phase, lastContactAt } = status;
  const Icon = ICONS[signOf(status, mood)];
  const rests = isHeld || phase.kind === 'paused' || phase.kind === 'stopped';
  return (
    <Card>
      <div className={styles['status']}>
        <span aria-hidden className={styles['medallion']} data-tone={toneOf(mood)}>
          <Icon />
        </span>
        <div className={styles['statusTexts']}>
          <div role="status" className={styles['sentences']}>
            <Sentences status={status} mood={mood} isHeld={isHeld} />
          </div>
          <p className={styles['soft']}>
            {t('now.lastContact')}:{' '}
            <bdi>{lastContactAt === null ? t('now.noContact') : moment(lastContactAt)}</bdi>
          </p>
        </div>
        <Button icon={RefreshCw} onPress={() => desk.syncNow()} isDisabled={rests}>
          {t('now.syncNow')}
        </Button>
      </div>
      {isCatchingUp(status) && !rests ? <CatchUp status={status} /> : null}
    </Card>
  );
}

function Sentences({ status, mood, isHeld }: Pick<StatusCardProps, 'status' | 'mood' | 'isHeld'>) {
  const { t } = useTranslation('sync');
  const format = useFormat();
  const moment = useMoment();
  const { phase, oldestUnsentAt } = status;
  const count = countUnsent(status);
  const because =
    isHeld === true
      ? t('hold.because')
      : phase.kind === 'waiting'
        ? t(`now.because.${phase.because}`)
        : undefined;
  const allSent = () => {
    if (status.lastContactAt === null) return t('progress.asking');
    const aside = status.setAside.filter(({ n }) => n !== null).length;
    return aside === 0 ? t('now.sent') : t('now.aside', { count: aside, formatted: format.number(aside) });
  };
  if (count === 0) {
    return (
      <>
        <p className={styles['sentence']}>
          {because === undefined ? allSent() : t('now.out-of-touch')} {because}
        </p>
        {because === undefined ? null : <p>{t('now.elsewhere')}</p>}
      </>
    );
  }
  const words = { count, formatted: format.number(count) };
  const isSending = phase.kind === 'pushing' || phase.kind === 'hello' || phase.kind === 'pulling';
  return (
    <>
      <p className={styles['sentence']}>
        {oldestUnsentAt === null
          ? t('now.waitingNow', words)
          : t('now.waiting', { ...words, when: moment(oldestUnsentAt) })}{' '}
        {because ?? (isSending ? t('now.sending') : null)}
      </p>
      {mood === 'late' || mood === 'overdue' ? <p className={styles['strong']}>{t(`now.${mood}`)}</p> : null}
      <p>{t('now.keeps')}</p>
    </>
  );
}

function CatchUp({ status }: { readonly status: SyncStatus }) {
  const { t } = useTranslation('sync');
  const format = useFormat();
  const { cursor, head, snapshot, isFiling } = status;
  // What everybody has comes first; how it came about takes longer. Before the first answer nobody knows how much there is.
  const { done, total } = snapshot ?? { done: cursor, total: head };
  const what = snapshot ? 'snapshot' : isFiling ? 'filing' : 'fetching';
  return (
    <div className={styles['catchUp']}>
      <Progress
        label={t(`progress.${what}`)}
        value={total === 0 ? undefined : done}
        maxValue={Math.max(1, total)}
        valueText={
          total === 0
            ? undefined
            : t('progress.of', { done: format.number(done), total: format.number(total) })
        }
      />
      <p className={styles['soft']}>
        {t('progress.text')} {isFiling ? t('progress.isHere') : null}
      </p>
    </div>
  );
}

function signOf({ phase }: SyncStatus, mood: SyncMood): keyof typeof ICONS {
  if (mood === 'manager' || mood === 'overdue' || mood === 'late' || mood === 'look') return 'alert';
  if (mood === 'held') return 'pause';
  if (phase.kind === 'waiting') return 'off';
  if (mood === 'waiting') return 'upload';
  return mood === 'catching-up' || mood === 'asking' ? 'fetch' : 'check';
}

function toneOf(mood: SyncMood): 'danger' | 'warning' | 'plain' {
  if (mood === 'manager' || mood === 'overdue') return 'danger';
  return mood === 'late' || mood === 'look' ? 'warning' : 'plain';
}
