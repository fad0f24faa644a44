import { Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { UNDO_WINDOW_MS } from '#shared/domain/undo.ts';
import type { VoidableType } from '#shared/ledger/event.ts';
import { findLastAction } from '#renderer/data/last-action.ts';
import { useLive } from '#renderer/data/store-context.tsx';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Keycap } from '#renderer/ui/keycap.tsx';
import { IdleArt } from './idle-art.tsx';
import type { Counter } from './use-counter.ts';
import styles from './idle-panel.module.css';

/** Between customers. The last action can still be taken back, also after a reload. */
export function IdlePanel({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation(['counter', 'common']);
  return (
    <section className={styles['idle']} data-testid="idle">
      <IdleArt />
      <h2>{t('idle.title')}</h2>
      <p>{t('idle.text')}</p>
      <LastActionStrip counter={counter} />
    </section>
  );
}

function LastActionStrip({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation(['counter', 'common']);
  const format = useFormat();
  const { clock } = usePlatform();
  const last = useLive(
    ({ database, identity, ledger }) => findLastAction(database, identity.till, ledger),
    [],
  );
  if (!last || clock.now() - last.event.wall > UNDO_WINDOW_MS) return null;
  const kind = t(`done.kind.${last.event.type as VoidableType}`);
  return (
    <p className={styles['last']}>
      <span>
        {t('done.last')}: {kind}, <bdi>{last.row?.name || t('common:noName')}</bdi>,{' '}
        {format.time(last.event.wall)}
      </span>
      <Button
        variant="quiet"
        icon={Undo2}
        preventFocusOnPress
        isPending={counter.isBusy}
        hint={<Keycap>−</Keycap>}
        onPress={() => void counter.undo()}
      >
        {t('action.undo')}
      </Button>
    </p>
  );
}
