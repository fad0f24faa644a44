import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Copy, Send } from 'lucide-react';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { SetAside } from '#shared/sync/sync-state.ts';
import { useLive } from '#renderer/data/store-context.tsx';
import { findSetAsideEvents } from '#renderer/data/waiting-events.ts';
import type { SyncDesk } from '#renderer/sync/sync-desk.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Disclosure } from '#renderer/ui/disclosure.tsx';
import styles from './sync-screen.module.css';
import { useAsideReason } from './use-aside-reason.ts';
import { useKindWords } from './use-kind-words.ts';

/** Enough to see what is the matter; the rest has the same reason nearly always. */
export const SHOWN_ASIDE = 50;

interface SetAsideCardProps {
  readonly setAside: readonly SetAside[];
  readonly desk: SyncDesk;
}

/** What the endpoint did not take: why, what it is, and the way out. */
export function SetAsideCard({ setAside, desk }: SetAsideCardProps) {
  const { t } = useTranslation('sync');
  const format = useFormat();
  const shown = setAside.slice(0, SHOWN_ASIDE);
  const events = useLive(
    ({ database }) => findSetAsideEvents(database, setAside.slice(0, SHOWN_ASIDE)),
    [setAside],
  );
  const [hasFailed, setFailed] = useState(false);
  const offerAgain = async (id: string) => setFailed(!(await desk.offerAgain(id)));
  if (setAside.length === 0) return null;
  return (
    <Card title={t('aside.title')} description={t('aside.text')}>
      {hasFailed ? (
        <Banner tone="error" role="alert">
          {t('aside.failed')}
        </Banner>
      ) : null}
      <ul className={styles['rows']}>
        {shown.map((aside, index) => (
          <li key={aside.id} className={styles['row']}>
            <AsideRow aside={aside} event={events?.[index]} onOfferAgain={() => void offerAgain(aside.id)} />
          </li>
        ))}
      </ul>
      {shown.length < setAside.length ? (
        <p className={styles['soft']}>
          {t('aside.shown', { shown: format.number(shown.length), total: format.number(setAside.length) })}
        </p>
      ) : null}
      <p className={styles['soft']}>{t('aside.meaning')}</p>
    </Card>
  );
}

interface AsideRowProps {
  readonly aside: SetAside;
  readonly event: LedgerEvent | undefined;
  readonly onOfferAgain: () => void;
}

function AsideRow({ aside, event, onOfferAgain }: AsideRowProps) {
  const { t } = useTranslation('sync');
  const format = useFormat();
  const wordOf = useKindWords();
  const reasonOf = useAsideReason();
  const title = event
    ? t('aside.of', { kind: wordOf(event.type), when: format.dateTime(event.wall) })
    : t('aside.unreadable');
  return (
    <>
      <div className={styles['rowHead']}>
        <div className={styles['rowTexts']}>
          <p className={styles['rowTitle']}>{title}</p>
          <p>{reasonOf(aside.code)}</p>
        </div>
        {/* What never arrived whole is not ours to offer. */}
        {aside.n === null ? null : (
          <Button icon={Send} onPress={onOfferAgain} aria-label={`${t('aside.offerAgain')}: ${title}`}>
            {t('aside.offerAgain')}
          </Button>
        )}
      </div>
      {event ? <RawEvent event={event} /> : <p className={styles['soft']}>{t('aside.noRaw')}</p>}
    </>
  );
}

function RawEvent({ event }: { readonly event: LedgerEvent }) {
  const { t } = useTranslation(['sync', 'common']);
  const { host } = usePlatform();
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  const text = JSON.stringify(event, null, 2);
  const copy = async () => setOutcome((await host.copyText(text)).ok ? 'copied' : 'failed');
  return (
    <Disclosure title={t('aside.raw')}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls inside itself, so the keyboard must be able to reach it */}
      <pre className={styles['raw']} dir="ltr" role="region" aria-label={t('aside.rawLabel')} tabIndex={0}>
        {text}
      </pre>
      <div className={styles['buttons']}>
        <Button icon={Copy} onPress={() => void copy()}>
          {t('common:copy')}
        </Button>
        <span role="status">
          {outcome === undefined ? null : t(outcome === 'copied' ? 'common:copied' : 'invite.copyFailed')}
        </span>
      </div>
    </Disclosure>
  );
}
