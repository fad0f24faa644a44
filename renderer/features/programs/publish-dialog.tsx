import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { DescriptionList } from '#renderer/ui/description-list.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import styles from './program-editor.module.css';
import { useProgramTexts } from './program-texts.ts';
import { createProgramCommands, type PublishFailure } from './programs.commands.ts';
import { useOpenCards } from './use-open-cards.ts';

interface PublishDialogProps {
  /** What is published now; version 0 for a new program. */
  readonly base: ProgramDefinition;
  readonly wanted: ProgramDefinition;
  readonly onClose: () => void;
}

/** What changes and for whom, before it does. */
export function PublishDialog({ base, wanted, onClose }: PublishDialogProps) {
  const { t } = useTranslation(['programs', 'common']);
  const { ledger } = useStore();
  const { ids, log } = usePlatform();
  const navigate = useNavigate();
  const commands = useMemo(() => createProgramCommands({ ledger, staff: () => UNASSIGNED_STAFF }), [ledger]);
  // Minted as the dialog opens: pressing twice publishes once.
  const [eventId] = useState(() => ids.eventId());
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<PublishFailure>();
  const isNew = base.version === 0;
  const publish = async () => {
    setPending(true);
    const published = await commands.publish({ id: eventId, program: wanted });
    setPending(false);
    if (!published.ok) {
      log.error('publish-failed', { code: published.error.code });
      return setFailure(published.error);
    }
    onClose();
    if (isNew) await navigate(`/programs/${wanted.id}`, { replace: true });
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
      <div className={styles['changes']}>
        {failure ? (
          <Banner tone="error" role="alert" title={t('publish.failed')}>
            {failure.code === 'storage'
              ? t(`common:storage.${failure.problem}`)
              : t(`publish.${failure.code}`)}
          </Banner>
        ) : null}
        {isNew ? <Summary program={wanted} /> : <Changes base={base} wanted={wanted} />}
        {isNew ? null : <CardsPromise program={base.id} />}
      </div>
    </Dialog>
  );
}

function Summary({ program }: { readonly program: ProgramDefinition }) {
  return <p>{useProgramTexts().summary(program)}</p>;
}

function Changes({ base, wanted }: Pick<PublishDialogProps, 'base' | 'wanted'>) {
  const { t } = useTranslation('programs');
  const texts = useProgramTexts();
  const before = texts.rules(base);
  const changes = texts
    .rules(wanted)
    .map(({ rule, value }, index) => ({ rule, value, before: before[index]?.value ?? '' }))
    .filter((change) => change.value !== change.before);
  return (
    <DescriptionList
      items={changes.map((change) => ({
        term: change.rule,
        value: (
          <>
            <bdi>{change.value}</bdi>
            <span className={styles['before']}>{t('publish.before', { value: change.before })}</span>
          </>
        ),
      }))}
    />
  );
}

function CardsPromise({ program }: { readonly program: string }) {
  const { t } = useTranslation('programs');
  const openCards = useOpenCards(program);
  const count = [...(openCards?.values() ?? [])].reduce((sum, cards) => sum + cards, 0);
  return (
    <Banner title={t('publish.keeps')}>
      <p className={styles['promise']}>
        <span>{openCards ? t('publish.openCards', { count }) : t('publish.counting')}</span>
        <span>{t('publish.newCards')}</span>
      </p>
    </Banner>
  );
}
