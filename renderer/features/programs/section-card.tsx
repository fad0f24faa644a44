import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProgramPart } from '#shared/domain/program-place.ts';
import { Card } from '#renderer/ui/card.tsx';
import { useEditor } from './editor-context.tsx';
import type { Section } from './program-sections.ts';
import { Problems, textsOf } from './rule-item.tsx';
import styles from './program-form.module.css';

interface SectionCardProps {
  readonly section: Section;
  /** Places of which it says itself what is wrong; its rules say their own. */
  readonly parts: readonly ProgramPart[];
  readonly children: ReactNode;
}

export function SectionCard({ section, parts, children }: SectionCardProps) {
  const { t } = useTranslation('programs');
  const editor = useEditor();
  const id = useId();
  const problems = parts.flatMap((part) => editor.problemsAt({ part })).filter(({ isGap }) => !isGap);
  const note = t(`sections.${section}.note`);
  return (
    <div data-section={section} data-parts={parts.join(' ')} className={styles['section']}>
      <Card title={t(`sections.${section}.title`)} {...(note === '' ? {} : { description: note })}>
        <Problems id={`${id}-problems`} texts={textsOf(problems)} />
        {children}
      </Card>
    </div>
  );
}
