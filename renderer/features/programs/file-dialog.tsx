import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { readProgramFile, type ProgramFileError } from '#shared/domain/program-file.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { FileDrop } from '#renderer/ui/file-drop.tsx';
import { FileFailure } from './file-failure.tsx';
import { FilePreview } from './file-preview.tsx';
import { planImport, type ImportChoice } from './program-import.ts';
import styles from './publish-dialog.module.css';
import { PublishFailureBanner } from './publish-failure.tsx';
import { usePublishing } from './use-publishing.ts';

type Read =
  | { readonly kind: 'failed'; readonly error: ProgramFileError | { readonly code: 'unreadable' } }
  | { readonly kind: 'read'; readonly text: string; readonly program: ProgramDefinition };

/** A program from a file: what it would be is seen before anything is written. */
export function FileDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['programs', 'common']);
  const navigate = useNavigate();
  const book = usePrograms();
  const { ids } = usePlatform();
  const [newId] = useState(() => ids.programId());
  const [read, setRead] = useState<Read>();
  const [kind, setKind] = useState<ImportChoice['kind']>();
  const { run, isPending, failure } = usePublishing();
  const plan = read?.kind === 'read' && book ? planImport({ program: read.program, book, newId }) : undefined;
  const choice = plan?.choices.find((candidate) => candidate.kind === kind) ?? plan?.choices[0];

  const open = async ([file]: readonly File[]) => {
    setKind(undefined);
    if (file) setRead(await readFile(file));
  };
  const add = async () => {
    if (read?.kind !== 'read' || !choice) return;
    const into = { program: choice.wanted.id, version: choice.base.version };
    if (!(await run((commands, id) => commands.importFile({ id, text: read.text, into })))) return;
    onClose();
    await navigate(`/programs/${encodeURIComponent(into.program)}`, { replace: true });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      closeLabel={t('common:close')}
      title={t('file.title')}
      width="lg"
      actions={
        <>
          <Button size="lg" onPress={onClose} isDisabled={isPending}>
            {t('common:cancel')}
          </Button>
          {choice ? (
            <Button size="lg" variant="primary" onPress={() => void add()} isPending={isPending}>
              {choice.kind === 'new' ? t('publish.confirmNew') : t('publish.confirm')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={styles['body']}>
        <PublishFailureBanner failure={failure} />
        {read?.kind === 'failed' ? <FileFailure error={read.error} /> : null}
        {plan && choice ? (
          <FilePreview plan={plan} choice={choice} onChoose={setKind} />
        ) : (
          <FileDrop
            label={t('file.drop')}
            description={t('file.dropNote')}
            buttonLabel={t('file.choose')}
            acceptedFileTypes={['.json', 'application/json']}
            onFiles={(files) => void open(files)}
          />
        )}
      </div>
    </Dialog>
  );
}

/** Larger than any program file; asked before the text is read at all. */
const MAX_BYTES = 8_000_000;

async function readFile(file: File): Promise<Read> {
  if (file.size > MAX_BYTES) return { kind: 'failed', error: { code: 'too-large' } };
  try {
    const text = await file.text();
    const program = readProgramFile(text);
    return program.ok
      ? { kind: 'read', text, program: program.value }
      : { kind: 'failed', error: program.error };
  } catch {
    // On a stick that was pulled out, or not ours to read.
    return { kind: 'failed', error: { code: 'unreadable' } };
  }
}
