import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ArrowLeft, SearchX } from 'lucide-react';
import { useNavigate, useParams } from 'react-router';
import {
  makeProgram,
  STAMP_PRESETS,
  type ProgramDefinition,
  type StampPreset,
} from '#shared/domain/program.ts';
import type { ProgramId } from '#shared/lib/brand.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { RadioCards } from '#renderer/ui/radio-cards.tsx';
import { stampIcons } from '#renderer/ui/stamp-icon.ts';
import { ProgramEditor } from './program-editor.tsx';
import { ProgramVersions } from './program-versions.tsx';

const NEW = 'new';

/** One card program: what it says now, in a form; publishing makes the next version. */
export function ProgramScreen() {
  const { program: id = NEW } = useParams();
  return id === NEW ? <NewProgram /> : <ExistingProgram key={id} id={id} />;
}

function ExistingProgram({ id }: { readonly id: string }) {
  const { t } = useTranslation('programs');
  const book = usePrograms();
  if (!book) return null;
  const versions = book.get(id) ?? [];
  const current = versions.at(-1);
  if (!current) {
    return (
      <Page title={t('title')} lead={<Back />}>
        <EmptyState icon={SearchX} title={t('gone')}>
          {t('goneText')}
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title={current.name}
      description={t('versionOf', { version: current.version })}
      lead={<Back />}
      width="wide"
    >
      <ProgramEditor key={current.version} base={current} />
      <ProgramVersions versions={versions} />
    </Page>
  );
}

function NewProgram() {
  const { t } = useTranslation('programs');
  const { ids } = usePlatform();
  const [id] = useState(() => ids.programId());
  const [key, setKey] = useState<StampPreset['key']>('coffee');
  const base = usePresetProgram(id, key);
  return (
    <Page title={t('newTitle')} description={t('newNote')} lead={<Back />} width="wide">
      <RadioCards<StampPreset['key']>
        label={t('startFrom')}
        columns={4}
        cards={STAMP_PRESETS.map((preset) => ({
          id: preset.key,
          title: t(`presets.${preset.key}.title`),
          icon: stampIcons[preset.icon],
        }))}
        value={key}
        onChange={setKey}
      />
      <ProgramEditor key={key} base={base} />
    </Page>
  );
}

function usePresetProgram(id: ProgramId, key: StampPreset['key']): ProgramDefinition {
  const { t } = useTranslation('programs');
  const preset = STAMP_PRESETS.find((candidate) => candidate.key === key) ?? STAMP_PRESETS[0];
  if (!preset) throw new Error('there is at least one preset');
  const program = makeProgram({
    id,
    preset,
    name: t(`presets.${preset.key}.name`),
    finalReward: t(`presets.${preset.key}.finalReward`),
    milestoneReward: t(`presets.${preset.key}.milestoneReward`),
  });
  // No version of it is published yet.
  return { ...program, version: 0 };
}

function Back() {
  const { t } = useTranslation('programs');
  const navigate = useNavigate();
  return (
    <IconButton icon={ArrowLeft} isMirrored label={t('back')} onPress={() => void navigate('/settings')} />
  );
}
