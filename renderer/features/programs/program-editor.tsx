import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShop } from '#renderer/data/usual-data.tsx';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { currencyOfCountry } from '#shared/lib/currency-of-country.ts';
import { Card } from '#renderer/ui/card.tsx';
import { EditorProvider } from './editor-context.tsx';
import styles from './program-editor.module.css';
import type { ProgramDraft } from './program-draft.ts';
import { ProgramForm } from './program-form.tsx';
import { ProgramPreview } from './program-preview.tsx';
import { PublishBox } from './publish-box.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { useKeepDraft } from './use-kept-draft.ts';
import { useProgramEditor } from './use-program-editor.ts';
import { WhatIfCard } from './what-if-card.tsx';

interface ProgramEditorProps {
  readonly base: ProgramDefinition;
  /** What its owner has left unfinished. */
  readonly start: ProgramDraft | undefined;
  /** By which an unfinished draft is kept. */
  readonly keepAs: string;
}

/** `base.version` 0 is a program that was never published. Remount it with a key when the base changes. */
export function ProgramEditor({ base, start, keepAs }: ProgramEditorProps) {
  const { t } = useTranslation('programs');
  const shop = useShop();
  const form = useRef<HTMLDivElement>(null);
  const editing = useProgramEditor({
    base,
    start,
    usualCurrency: currencyOfCountry(shop?.country ?? ''),
    form,
  });
  const [isPublishing, setPublishing] = useState(false);
  const { editor, wanted } = editing;
  useKeepDraft(keepAs, editing.hasEdits ? editor.draft : undefined);
  return (
    <EditorProvider value={editor}>
      <div className={styles['editor']}>
        <div ref={form} className={styles['main']}>
          <ProgramForm shown={editing.shown} onShow={editing.show} />
          <WhatIfCard
            draft={{ ...wanted, version: base.version + 1 }}
            base={base.version === 0 ? undefined : base}
            isDraftValid={editing.problems.length === 0}
          />
        </div>
        <div className={styles['aside']}>
          <div className={styles['preview']}>
            <Card title={t('preview.title')} tone="sunken">
              <ProgramPreview program={wanted} shopName={shop?.name ?? ''} />
            </Card>
          </div>
          <PublishBox editing={editing} onPublish={() => setPublishing(true)} />
        </div>
      </div>
      {isPublishing ? (
        <PublishDialog base={base} wanted={wanted} onClose={() => setPublishing(false)} />
      ) : null}
    </EditorProvider>
  );
}
