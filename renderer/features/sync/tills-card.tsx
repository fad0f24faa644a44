import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MonitorSmartphone, Plus, RefreshCw } from 'lucide-react';
import type { ShopTill, SyncDesk } from '#renderer/sync/sync-desk.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { Badge } from '#renderer/ui/badge.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import styles from './sync-screen.module.css';
import { useTills } from './use-tills.ts';

/** A chain shows its nearest ones; the endpoint's own list has them all. */
const SHOWN_TILLS = 50;

interface TillsCardProps {
  readonly desk: SyncDesk;
  readonly thisTill: string;
}

/** Who shares this shop's cards, a way in for one more and a way out for a lost one. */
export function TillsCard({ desk, thisTill }: TillsCardProps) {
  const { t } = useTranslation(['sync', 'common']);
  const format = useFormat();
  const { tills, failure, isAsking, refresh, revoke } = useTills(desk);
  const [isInviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<ShopTill>();
  const closeInvitation = () => {
    setInviting(false);
    // Whoever was invited may be there by now.
    refresh();
  };
  const shown = tills?.toSorted(compareTills).slice(0, SHOWN_TILLS) ?? [];
  return (
    <Card
      title={t('tills.title')}
      actions={
        <>
          <IconButton icon={RefreshCw} label={t('tills.refresh')} onPress={refresh} isDisabled={isAsking} />
          <Button icon={Plus} onPress={() => setInviting(true)}>
            {t('tills.add')}
          </Button>
        </>
      }
    >
      <div role="status" className={styles['live']}>
        {isAsking ? <p className={styles['soft']}>{t('tills.loading')}</p> : null}
        {failure === undefined || isAsking ? null : (
          <Banner tone="warning">{t(`tills.failure.${failure}`)}</Banner>
        )}
        {tills?.length === 0 ? <p className={styles['soft']}>{t('tills.none')}</p> : null}
      </div>
      <ul className={styles['rows']}>
        {shown.map((till) => (
          <li key={till.till} className={styles['row']}>
            <TillRow
              till={till}
              isThisTill={till.till === thisTill}
              // Otherwise an answer that is older than the removal could come after it.
              isBusy={isAsking}
              onRevoke={() => setLeaving(till)}
            />
          </li>
        ))}
      </ul>
      {tills && shown.length < tills.length ? (
        <p className={styles['soft']}>
          {t('tills.shown', { shown: format.number(shown.length), total: format.number(tills.length) })}
        </p>
      ) : null}
      {isInviting ? <InviteDialog desk={desk} onClose={closeInvitation} /> : null}
      {leaving ? (
        <RevokeDialog
          till={leaving}
          isThisTill={leaving.till === thisTill}
          revoke={revoke}
          onClose={() => setLeaving(undefined)}
        />
      ) : null}
    </Card>
  );
}

/** Tills in use first, then as they came. */
const compareTills = (a: ShopTill, b: ShopTill): number =>
  Number(a.revokedAt !== null) - Number(b.revokedAt !== null) || a.pairedAt - b.pairedAt;

interface TillRowProps {
  readonly till: ShopTill;
  readonly isThisTill: boolean;
  readonly isBusy: boolean;
  readonly onRevoke: () => void;
}

function TillRow({ till, isThisTill, isBusy, onRevoke }: TillRowProps) {
  const { t } = useTranslation('sync');
  const format = useFormat();
  const { name, app, pairedAt, revokedAt } = till;
  return (
    <div className={styles['rowHead']} data-faded={revokedAt !== null || undefined}>
      <MonitorSmartphone aria-hidden className={styles['rowIcon']} />
      <div className={styles['rowTexts']}>
        <p className={styles['rowTitle']}>
          <bdi>{name}</bdi> {isThisTill ? <Badge tone="accent">{t('tills.thisOne')}</Badge> : null}
          {revokedAt === null ? null : (
            <Badge tone="warning">{t('tills.revoked', { when: format.date(revokedAt) })}</Badge>
          )}
        </p>
        <p className={styles['soft']}>
          {t('tills.version')} <bdi className="ltr tabular">{app}</bdi> · {t('tills.pairedAt')}{' '}
          <bdi>{format.date(pairedAt)}</bdi>
        </p>
      </div>
      {revokedAt === null ? (
        <Button
          variant="quiet"
          onPress={onRevoke}
          isDisabled={isBusy}
          aria-label={t('tills.revokeLabel', { name })}
        >
          {t('tills.revoke')}
        </Button>
      ) : null}
    </div>
  );
}

interface RevokeDialogProps {
  readonly till: ShopTill;
  readonly isThisTill: boolean;
  readonly revoke: (till: string) => Promise<void>;
  readonly onClose: () => void;
}

function RevokeDialog({ till, isThisTill, revoke, onClose }: RevokeDialogProps) {
  const { t } = useTranslation(['sync', 'common']);
  const [isPending, setPending] = useState(false);
  const confirm = async () => {
    setPending(true);
    await revoke(till.till);
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      isDanger
      isPending={isPending}
      title={t('tills.revokeTitle', { name: till.name })}
      confirmLabel={t('tills.revoke')}
      cancelLabel={t('common:cancel')}
      onConfirm={() => void confirm()}
      onCancel={onClose}
    >
      <div className={styles['sentences']}>
        {isThisTill ? <p className={styles['strong']}>{t('tills.revokeSelf')}</p> : null}
        <p>{t('tills.revokeText')}</p>
      </div>
    </ConfirmDialog>
  );
}
