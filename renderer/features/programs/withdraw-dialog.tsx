import { useTranslation } from 'react-i18next';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { countOpenCards } from './count-holdings.ts';
import styles from './publish-dialog.module.css';
import { PublishFailureBanner } from './publish-failure.tsx';
import { useHoldings } from './use-holdings.ts';
import { usePublishing } from './use-publishing.ts';

interface WithdrawDialogProps {
  readonly program: ProgramDefinition;
  readonly onClose: () => void;
}

/** What ends and what does not, before it ends. */
export function WithdrawDialog({ program, onClose }: WithdrawDialogProps) {
  const { t } = useTranslation(['programs', 'common']);
  const { run, isPending, failure } = usePublishing();
  const holdings = useHoldings(program.id);
  const withdraw = async () => {
    const { id: programId, version } = program;
    if (await run((commands, id) => commands.withdraw({ id, program: programId, version }))) onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      title={t('withdraw.title', { name: program.name })}
      actions={
        <>
          <Button size="lg" onPress={onClose} isDisabled={isPending} autoFocus>
            {t('common:cancel')}
          </Button>
          <Button size="lg" variant="danger" onPress={() => void withdraw()} isPending={isPending}>
            {t('withdraw.confirm')}
          </Button>
        </>
      }
    >
      <div className={styles['body']}>
        <PublishFailureBanner failure={failure} />
        <ul className={styles['sentences']}>
          <li>{t('withdraw.earns')}</li>
          <li>{t('withdraw.full')}</li>
          {holdings === undefined ? <li>{t('publish.counting')}</li> : null}
          {holdings && program.unit.kind === 'stamps' ? (
            <li>{t('withdraw.openCards', { count: countOpenCards(holdings) })}</li>
          ) : null}
          {holdings && program.unit.kind === 'points' ? (
            <li>{t('publish.holders', { count: holdings.holders })}</li>
          ) : null}
          {holdings && holdings.passes > 0 ? (
            <li>{t('withdraw.passes', { count: holdings.passes })}</li>
          ) : null}
          <li>{t('withdraw.back')}</li>
        </ul>
      </div>
    </Dialog>
  );
}
