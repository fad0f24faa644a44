import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ArrowLeft, FileUp, SearchX } from 'lucide-react';
import { useNavigate, useParams } from 'react-router';
import { usePrograms, useShop } from '#renderer/data/usual-data.tsx';
import { makeNamedPreset, presetSummary, presetTitle } from '#renderer/i18n/preset-names.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { RadioCards } from '#renderer/ui/radio-cards.tsx';
import { stampIcons } from '#renderer/ui/stamp-icon.ts';
import { PRESET_KEYS, type PresetKey } from '#shared/domain/presets.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { currencyOfCountry } from '#shared/lib/currency-of-country.ts';
import { FileDialog } from './file-dialog.tsx';
import { ManageCard } from './manage-card.tsx';
import { ProgramEditor } from './program-editor.tsx';
import { ProgramVersions } from './program-versions.tsx';
import { draftFor, useKeptDrafts, type KeptDrafts } from './use-kept-draft.ts';

const NEW = 'new';

/** One program: what it says now, in a form; publishing makes the next version. */
export function ProgramScreen() {
  const { program: id = NEW } = useParams();
  return id === NEW ? <NewProgram /> : <ExistingProgram key={id} id={id} />;
}

function ExistingProgram({ id }: { readonly id: string }) {
  const { t } = useTranslation('programs');
  const book = usePrograms();
  const kept = useKeptDrafts(id);
  if (!book || !kept) return null;
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
      {current.isWithdrawn ? (
        <Banner tone="warning" title={t('withdraw.banner')}>
          {t('withdraw.bannerText')}
        </Banner>
      ) : null}
      <ProgramEditor
        key={current.version}
        base={current}
        start={draftFor(kept.get(id), current)}
        keepAs={id}
      />
      <ManageCard program={current} />
      <ProgramVersions versions={versions} />
    </Page>
  );
}

const keepAs = (preset: PresetKey) => `${NEW}:${preset}`;

function NewProgram() {
  const kept = useKeptDrafts(NEW);
  const book = usePrograms();
  if (!kept || !book) return null;
  // What was added meanwhile, in another window, is not unfinished.
  const unfinished = PRESET_KEYS.find((preset) => {
    const id = draftIdOf(kept, preset);
    return id !== undefined && !book.has(id);
  });
  return <NewProgramForm first={unfinished ?? 'coffee'} />;
}

const draftIdOf = (kept: KeptDrafts, preset: PresetKey) =>
  (kept.get(keepAs(preset))?.draft as ProgramDefinition | undefined)?.id;

function NewProgramForm({ first }: { readonly first: PresetKey }) {
  const { t } = useTranslation(['programs', 'rules']);
  const rules = useTranslation('rules').t;
  const { ids } = usePlatform();
  const shop = useShop();
  const book = usePrograms();
  const [newId] = useState(() => ids.programId());
  const [key, setKey] = useState<PresetKey>(first);
  const [isFileOpen, setFileOpen] = useState(false);
  const kept = useKeptDrafts(key);
  const currency = currencyOfCountry(shop?.country ?? '');
  const presets = new Map(
    PRESET_KEYS.map((preset) => [preset, makeNamedPreset(rules, { key: preset, id: newId, currency })]),
  );
  const chosen = presets.get(key);
  const keptId = kept && draftIdOf(kept, key);
  const id = keptId !== undefined && !book?.has(keptId) ? keptId : newId;
  // No version of it is published yet.
  const base = chosen && { ...chosen, id, version: 0 };
  return (
    <Page
      title={t('newTitle')}
      description={t('newNote')}
      lead={<Back />}
      width="wide"
      actions={
        <Button icon={FileUp} onPress={() => setFileOpen(true)}>
          {t('file.open')}
        </Button>
      }
    >
      <RadioCards<PresetKey>
        label={t('startFrom')}
        columns={4}
        cards={[...presets].map(([preset, program]) => ({
          id: preset,
          title: presetTitle(rules, preset),
          description: presetSummary(rules, preset),
          icon: stampIcons[program.unit.icon],
        }))}
        value={key}
        onChange={setKey}
      />
      {base && kept ? (
        <ProgramEditor
          key={key}
          base={base}
          start={draftFor(kept.get(keepAs(key)), base)}
          keepAs={keepAs(key)}
        />
      ) : null}
      {isFileOpen ? <FileDialog onClose={() => setFileOpen(false)} /> : null}
    </Page>
  );
}

function Back() {
  const { t } = useTranslation('programs');
  const navigate = useNavigate();
  return (
    <IconButton icon={ArrowLeft} isMirrored label={t('back')} onPress={() => void navigate('/settings')} />
  );
}
