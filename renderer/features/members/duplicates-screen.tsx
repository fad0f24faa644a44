import { ArrowLeft, Scale, UsersRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { listLikelyPairs, type LikelyPair, type LikelyPairs } from '#renderer/data/aliases-suggestions.ts';
import type { Pair } from '#renderer/data/aliases-preview.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import { storageProblemOf, type StorageProblem } from '#renderer/data/storage-problem.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { ToastRegion } from '#renderer/ui/toast.tsx';
import { useToasts } from '#renderer/ui/use-toasts.ts';
import { shortNameOf } from './member-names.ts';
import styles from './memberships.module.css';
import { MergeDialog } from './merge-dialog.tsx';
import { useWords, type Words } from './use-words.ts';

const TOAST = 'merged';

/** Members who may be one person. A manager looks; nothing happens by itself. */
export function DuplicatesScreen() {
  const words = useWords();
  const { t, format } = words;
  const navigate = useNavigate();
  const programs = usePrograms();
  const toasts = useToasts();
  const [turn, setTurn] = useState(0);
  const looking = useLikelyPairs(turn);
  const [asking, setAsking] = useState<Pair>();
  const count = looking?.found?.pairs.length ?? 0;
  const isLooking = !looking || !programs;
  return (
    <Page
      title={t('members:duplicates.title')}
      description={
        count > 0
          ? t('members:duplicates.count', { count, formatted: format.number(count) })
          : t('members:duplicates.text')
      }
      lead={
        <IconButton
          icon={ArrowLeft}
          label={t('members:member.back')}
          isMirrored
          onPress={() => void navigate('/members')}
        />
      }
    >
      <div role="status">
        {isLooking ? <p className={styles['soft']}>{t('members:duplicates.searching')}</p> : null}
      </div>
      {looking?.problem ? (
        <Banner
          tone="error"
          role="alert"
          title={t('members:readFailed')}
          action={{ label: t('common:retry'), onPress: () => setTurn(turn + 1) }}
        >
          {t(`common:storage.${looking.problem}`)}
        </Banner>
      ) : null}
      {programs && looking?.found ? (
        <Pairs found={looking.found} words={words} onCompare={setAsking} />
      ) : null}
      {asking && programs ? (
        <MergeDialog
          pair={asking}
          programs={programs}
          words={words}
          onClose={() => setAsking(undefined)}
          onDone={() => {
            setAsking(undefined);
            setTurn(turn + 1);
            toasts.show({ id: TOAST, message: t('members:merge.done'), tone: 'success' });
          }}
        />
      ) : null}
      <ToastRegion
        toasts={toasts.toasts}
        onDismiss={toasts.dismiss}
        label={t('common:notifications')}
        dismissLabel={t('common:dismiss')}
      />
    </Page>
  );
}

interface PairsProps {
  readonly found: LikelyPairs;
  readonly words: Words;
  readonly onCompare: (pair: Pair) => void;
}

function Pairs({ found, words, onCompare }: PairsProps) {
  const { t } = words;
  if (found.pairs.length === 0) {
    return (
      <EmptyState icon={UsersRound} title={t('members:duplicates.none')}>
        {t('members:duplicates.noneText')}
      </EmptyState>
    );
  }
  return (
    <Card title={t('members:duplicates.list')} description={t('members:duplicates.text')}>
      <ul className={styles['pairs']}>
        {found.pairs.map((pair) => (
          <PairLine
            key={`${pair.member.id} ${pair.other.id}`}
            pair={pair}
            words={words}
            onCompare={onCompare}
          />
        ))}
      </ul>
    </Card>
  );
}

function PairLine({
  pair: { member, other, why },
  words,
  onCompare,
}: {
  readonly pair: LikelyPair;
  readonly words: Words;
  readonly onCompare: (pair: Pair) => void;
}) {
  const { t } = words;
  const names = { one: nameOf(member, words), other: nameOf(other, words) };
  return (
    <li className={styles['pair']}>
      <div>
        <p>
          <Link to={`/members/${member.id}`}>{names.one}</Link>
        </p>
        <p>
          <Link to={`/members/${other.id}`}>{names.other}</Link>
        </p>
        <p className={styles['why']}>
          {why.map((likeness) => t(`members:duplicates.why.${likeness}`)).join(' · ')}
        </p>
      </div>
      <Button
        icon={Scale}
        aria-label={t('members:duplicates.comparePair', names)}
        onPress={() => onCompare({ member: member.id, other: other.id })}
      >
        {t('members:duplicates.compare')}
      </Button>
    </li>
  );
}

const nameOf = ({ name, phone }: MemberRow, words: Words): string =>
  shortNameOf({ name, phone: phone ?? null }, words);

interface Looking {
  readonly turn: number;
  readonly found?: LikelyPairs;
  readonly problem?: StorageProblem;
}

/** @param turn another number looks again. Undefined while it looks for the first time. */
function useLikelyPairs(turn: number): Looking | undefined {
  const store = useStore();
  const { log } = usePlatform();
  const [looking, setLooking] = useState<Looking>();
  useEffect(() => {
    const abort = new AbortController();
    const look = async () => {
      try {
        const { callingCode } = store.region();
        const found = await listLikelyPairs(store.database, callingCode, abort.signal);
        if (found) setLooking({ turn, found });
      } catch (error) {
        const problem = storageProblemOf(error);
        log.error('duplicates-read-failed', { problem });
        if (!abort.signal.aborted) setLooking({ turn, problem });
      }
    };
    void look();
    return () => abort.abort();
  }, [store, log, turn]);
  return looking;
}
