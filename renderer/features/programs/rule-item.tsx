import { useId, type ReactNode } from 'react';
import { ChevronDown, CircleAlert, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ProgramPlace } from '#shared/domain/program-place.ts';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { useEditor, type PlacedProblem } from './editor-context.tsx';
import { placeKey, sectionOf } from './program-sections.ts';
import styles from './program-form.module.css';

interface RuleItemProps {
  readonly place: ProgramPlace;
  /** What kind of rule it is: said while it has no sentence of its own. */
  readonly kind: string;
  readonly onRemove?: (() => void) | undefined;
  /** The form. */
  readonly children: ReactNode;
}

/** One rule: its sentence, what is wrong with it, and its form behind a press on the sentence. */
export function RuleItem({ place, kind, onRemove, children }: RuleItemProps) {
  const { t } = useTranslation('programs');
  const editor = useEditor();
  const id = useId();
  const sentence = editor.sentenceAt(place) ?? kind;
  const isOpen = editor.isOpen(place);
  const remove = () => {
    onRemove?.();
    // The button goes with its rule; the focus stays in the section.
    editor.goToSection(sectionOf(place, editor.draft));
  };
  const problems = editor.problemsAt(place);
  const told = textsOf(isOpen ? problems.filter(({ isGap }) => !isGap) : problems);
  return (
    <li
      className={styles['rule']}
      data-place={placeKey(place)}
      data-problem={problems.length > 0 || undefined}
    >
      <div className={styles['ruleHead']}>
        <button
          type="button"
          className={styles['sentence']}
          aria-expanded={isOpen}
          aria-controls={isOpen ? `${id}-form` : undefined}
          aria-describedby={told.length > 0 ? `${id}-problems` : undefined}
          onClick={() => editor.setOpen(place, !isOpen)}
        >
          <bdi>{sentence}</bdi>
          <ChevronDown aria-hidden />
        </button>
        {onRemove ? (
          <IconButton icon={Trash2} label={t('rule.remove', { rule: sentence })} onPress={remove} />
        ) : null}
      </div>
      <Problems id={`${id}-problems`} texts={told} />
      {isOpen ? (
        <div id={`${id}-form`} className={styles['ruleForm']} data-form>
          {children}
        </div>
      ) : null}
    </li>
  );
}

export const textsOf = (problems: readonly PlacedProblem[]): readonly string[] => [
  ...new Set(problems.map(({ text }) => text)),
];

/** What has to be put right, at the place itself. */
export function Problems({ id, texts }: { readonly id: string; readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <div id={id} className={styles['problems']}>
      {texts.map((text) => (
        <p key={text} className={styles['problem']}>
          <CircleAlert aria-hidden />
          <span>{text}</span>
        </p>
      ))}
    </div>
  );
}
