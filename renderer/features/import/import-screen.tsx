import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ArrowLeft, FileSpreadsheet, X } from 'lucide-react';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { ImportId } from '#shared/lib/brand.ts';
import type { JobFailure } from '#renderer/data/import/import-job.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import { CheckCard } from './check-card.tsx';
import { ChooseFile } from './choose-file.tsx';
import { ColumnsCard } from './columns-card.tsx';
import { failureText, IMPORT_NAMESPACES } from './failure-text.ts';
import styles from './import-screen.module.css';
import { InterruptedImports, PastImportsList } from './past-imports.tsx';
import { ReadingCard } from './reading-card.tsx';
import { ResultCard } from './result-card.tsx';
import { RunningCard } from './running-card.tsx';
import { useImportDesk, usePastImports } from './use-import-desk.ts';
import { useImportDraft, type ImportDraft } from './use-import-draft.ts';

interface Undoable {
  readonly id: ImportId;
  readonly fileName: string;
}

/** Members from a file: choose, look, check, import, and take it back as a whole. */
export function ImportScreen() {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const navigate = useNavigate();
  const { desk, state } = useImportDesk();
  const past = usePastImports(desk);
  const draft = useImportDraft();
  const [undoing, setUndoing] = useState<Undoable>();
  const [keepFailure, setKeepFailure] = useState<JobFailure>();
  const { running, finished } = state;

  const start = () => {
    if (!draft.request) return;
    void desk.import(draft.request, UNASSIGNED_STAFF);
    draft.choose(undefined);
  };
  const keep = async ({ id }: Undoable) => {
    const kept = await desk.keep(id, UNASSIGNED_STAFF);
    setKeepFailure(kept.ok ? undefined : kept.error);
  };
  const undo = () => {
    if (undoing) void desk.undo(undoing, UNASSIGNED_STAFF);
    setUndoing(undefined);
  };

  return (
    <Page
      title={t('title')}
      description={t('lead')}
      lead={
        <IconButton icon={ArrowLeft} isMirrored label={t('back')} onPress={() => void navigate('/members')} />
      }
    >
      {running ? <RunningCard job={running} onCancel={desk.cancel} /> : null}
      {finished ? (
        <ResultCard
          job={finished}
          onUndo={({ id }) => setUndoing({ id, fileName: finished.fileName })}
          onMembers={() => {
            desk.dismiss();
            void navigate('/members');
          }}
          onAnother={desk.dismiss}
        />
      ) : null}
      {keepFailure ? (
        <Banner tone="error" role="alert" title={t('failure.title')}>
          {failureText(t, keepFailure)}
        </Banner>
      ) : null}
      {running || finished ? null : (
        <>
          <InterruptedImports past={past} onUndo={setUndoing} onKeep={(row) => void keep(row)} />
          <Steps draft={draft} onStart={start} />
        </>
      )}
      {running || draft.source ? null : <PastImportsList past={past} onUndo={setUndoing} />}
      <ConfirmDialog
        isOpen={undoing !== undefined}
        title={t('past.confirmTitle')}
        confirmLabel={t('result.undo')}
        cancelLabel={t('common:cancel')}
        onConfirm={undo}
        onCancel={() => setUndoing(undefined)}
        isDanger
      >
        {t('past.confirmText')}
      </ConfirmDialog>
    </Page>
  );
}

function Steps({ draft, onStart }: { readonly draft: ImportDraft; readonly onStart: () => void }) {
  const { t } = useTranslation(IMPORT_NAMESPACES);
  const { source, view, failure } = draft;
  if (!source) return <ChooseFile onChoose={draft.choose} />;
  if (failure) {
    return (
      <>
        <Banner tone="error" role="alert" title={source.name}>
          {failureText(t, failure)}
        </Banner>
        <ChooseFile onChoose={draft.choose} />
      </>
    );
  }
  if (!view) return <Progress label={t('choose.reading')} value={undefined} />;
  return (
    <>
      <div className={styles['file']}>
        <FileSpreadsheet aria-hidden />
        <bdi>{source.name}</bdi>
        <Button variant="quiet" icon={X} onPress={() => draft.choose(undefined)}>
          {t('choose.other')}
        </Button>
      </div>
      <ColumnsCard draft={draft} />
      <ReadingCard draft={draft} />
      <CheckCard draft={draft} onStart={onStart} />
    </>
  );
}
