import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShop } from '#renderer/data/usual-data.tsx';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { definitionOf, draftOf, findDraftProblems } from './program-draft.ts';
import styles from './program-editor.module.css';
import { ProgramForm } from './program-form.tsx';
import { ProgramPreview } from './program-preview.tsx';
import { PublishDialog } from './publish-dialog.tsx';

/** `base.version` 0 is a program that was never published. Remount it with a key when the base changes. */
export function ProgramEditor({ base }: { readonly base: ProgramDefinition }) {
  const { t } = useTranslation('programs');
  const shop = useShop();
  const [draft, setDraft] = useState(() => draftOf(base));
  const [isPublishing, setPublishing] = useState(false);
  const isNew = base.version === 0;
  const problems = findDraftProblems(draft);
  const wanted = definitionOf(draft);
  const isChanged = isNew || canonicalJson(toComparable(wanted)) !== canonicalJson(toComparable(base));
  return (
    <div className={styles['editor']}>
      <ProgramForm draft={draft} problems={problems} onChange={setDraft} />
      <div className={styles['aside']}>
        <Card title={t('preview.title')} tone="sunken">
          <ProgramPreview program={wanted} shopName={shop?.name ?? ''} />
        </Card>
        <div className={styles['publish']}>
          <p role="status" className={styles['state']} data-problem={problems.size > 0 || undefined}>
            {problems.size > 0
              ? t('problems.count', { count: problems.size })
              : isChanged
                ? null
                : t('publish.nothingChanged')}
          </p>
          <Button
            variant="primary"
            size="lg"
            isFullWidth
            isDisabled={problems.size > 0 || !isChanged}
            onPress={() => setPublishing(true)}
          >
            {isNew ? t('publish.openNew') : t('publish.open')}
          </Button>
          {isChanged && !isNew ? (
            <Button variant="quiet" isFullWidth onPress={() => setDraft(draftOf(base))}>
              {t('publish.discard')}
            </Button>
          ) : null}
        </div>
      </div>
      {isPublishing ? (
        <PublishDialog base={base} wanted={wanted} onClose={() => setPublishing(false)} />
      ) : null}
    </div>
  );
}

/** The order of the rewards says nothing; a half-typed number must not stop the comparison. */
function toComparable(program: ProgramDefinition) {
  const number = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    ...program,
    unit: { ...program.unit, size: number(program.unit.size) },
    earn: program.earn.map((rule) => ({ ...rule, units: number(rule.units) })),
    headStart: number(program.headStart),
    rewards: program.rewards
      .map((reward) => ({ ...reward, at: number(reward.at) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
