import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { HoldingsPromise } from './holdings-promise.tsx';
import { ProgramChangesList } from './program-changes-list.tsx';
import { ProgramSentences } from './program-sentences.tsx';
import styles from './publish-dialog.module.css';
import { PublishFailureBanner } from './publish-failure.tsx';
import { usePublishing } from './use-publishing.ts';

interface PublishDialogProps {
  /** What is published now; version 0 for a new program. */
  readonly base: ProgramDefinition;
  readonly wanted: ProgramDefinition;
  readonly onClose: () => void;
}

/** What changes and for whom, before it does. */
export function PublishDialog({ base, wanted, onClose }: PublishDialogProps) {
  const { t } = useTranslation(['programs', 'common']);
  const navigate = useNavigate();
  const { run, isPending, failure } = usePublishing();
  const isNew = base.version === 0;
  const publish = async () => {
    if (!(await run((commands, id) => commands.publish({ id, program: wanted })))) return;
    onClose();
    if (isNew) await navigate(`/programs/${encodeURIComponent(wanted.id)}`, { replace: true });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      closeLabel={t('common:close')}
      title={isNew ? t('publish.titleNew') : t('publish.title', { version: base.version + 1 })}
      actions={
        <>
          <Button size="lg" onPress={onClose} isDisabled={isPending}>
            {t('common:cancel')}
          </Button>
          <Button size="lg" variant="primary" onPress={() => void publish()} isPending={isPending} autoFocus>
            {isNew ? t('publish.confirmNew') : t('publish.confirm')}
          </Button>
        </>
      }
    >
      <div className={styles['body']}>
        <PublishFailureBanner failure={failure} />
        <PublishSummary base={base} wanted={wanted} />
      </div>
    </Dialog>
  );
}

/** The same before any publishing: by the editor, and of a file. */
export function PublishSummary({ base, wanted }: Pick<PublishDialogProps, 'base' | 'wanted'>) {
  if (base.version === 0) return <ProgramSentences program={wanted} />;
  return (
    <>
      <ProgramChangesList base={base} wanted={wanted} />
      <HoldingsPromise program={wanted} />
    </>
  );
}
