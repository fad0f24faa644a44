import type { ProgramDefinition } from '#shared/domain/program.ts';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { placeKey } from './program-sections.ts';
import styles from './publish-dialog.module.css';

/** The whole program in plain words. */
export function ProgramSentences({ program }: { readonly program: ProgramDefinition }) {
  const words = useProgramWords();
  return (
    <ul className={styles['sentences']}>
      {words.sentences(program).map(({ place, text }) => (
        <li key={`${placeKey(place)} ${text}`}>
          <bdi>{text}</bdi>
        </li>
      ))}
    </ul>
  );
}
