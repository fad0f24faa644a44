import { useTranslation } from 'react-i18next';
import { useEditor } from './editor-context.tsx';

/** What the field for a number of units is called: the shop's own word, else stamps or points. */
export function useUnitLabel(): string {
  const { t } = useTranslation('programs');
  const { unit } = useEditor().draft;
  return unit.word?.other || t(`fields.${unit.kind}`);
}
