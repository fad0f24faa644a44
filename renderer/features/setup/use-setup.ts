import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { cleanName } from '#shared/domain/person-name.ts';
import { listCountries } from '#shared/domain/phone-number.ts';
import { makeProgram, STAMP_PRESETS, type StampPreset } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { StorageProblem } from '#renderer/data/storage-problem.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import type { Country } from '#renderer/i18n/country-options.ts';
import { languageFor, type Language } from '#renderer/i18n/i18n.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { guessCountry } from './setup-guess-country.ts';
import { createSetupCommands, type SetupFailure } from './setup.commands.ts';

const [FIRST_PRESET] = STAMP_PRESETS as readonly [StampPreset, ...StampPreset[]];

/** What the owner typed instead of the proposed names; undefined follows preset and language. */
interface OwnNames {
  readonly card?: string;
  readonly finalReward?: string;
  readonly milestoneReward?: string;
}

export type SetupProblem = 'store' | StorageProblem;

/** The first run's answers and what they would make. Nothing is written before the end but the language. */
export function useSetup() {
  const { t, i18n } = useTranslation(['setup', 'programs']);
  const store = useStore();
  const { clock, ids, log } = usePlatform();
  const navigate = useNavigate();
  const commands = useMemo(() => createSetupCommands({ ...store, staff: () => UNASSIGNED_STAFF }), [store]);
  const [minted] = useState(() => ({
    program: ids.programId(),
    programEvent: ids.eventId(),
    shopEvent: ids.eventId(),
  }));
  const [guessed] = useState(() =>
    guessCountry({ locale: navigator.language, timeZone: clock.timeZone(), countries: listCountries() }),
  );
  const [shopName, setShopName] = useState('');
  const [country, setCountry] = useState<Country | null>(guessed ?? null);
  const [preset, setPreset] = useState(FIRST_PRESET);
  const [own, setOwn] = useState<OwnNames>({});
  const [isFinishing, setFinishing] = useState(false);
  const [problem, setProblem] = useState<SetupProblem>();

  const proposed = {
    card: t(`programs:presets.${preset.key}.name`),
    finalReward: t(`programs:presets.${preset.key}.finalReward`),
    milestoneReward: t(`programs:presets.${preset.key}.milestoneReward`),
  };
  const names = { ...proposed, ...own };
  const language = languageFor(i18n.language);

  const fail = (failure: SetupFailure) => {
    log.error('setup-failed', { code: failure.code });
    setProblem(failure.code === 'storage' ? failure.problem : 'store');
  };

  const finish = async (request: {
    readonly shopName: string;
    readonly preset: StampPreset;
    readonly names: typeof names;
    readonly next: '/' | '/import';
  }) => {
    if (isFinishing) return;
    setFinishing(true);
    setProblem(undefined);
    const finished = await commands.finish({
      ids: minted,
      shop: { name: cleanName(request.shopName), country: country ?? 'US', language },
      program: makeProgram({
        id: minted.program,
        preset: request.preset,
        name: cleanName(request.names.card),
        finalReward: cleanName(request.names.finalReward),
        milestoneReward: cleanName(request.names.milestoneReward),
      }),
    });
    if (!finished.ok) {
      setFinishing(false);
      return fail(finished.error);
    }
    log.info('set-up', { preset: request.preset.key });
    await navigate(request.next, { replace: true });
  };

  return {
    shopName,
    setShopName,
    country,
    setCountry,
    preset,
    /** Another preset brings its own names. */
    choosePreset: (key: StampPreset['key']) => {
      setPreset(STAMP_PRESETS.find((candidate) => candidate.key === key) ?? FIRST_PRESET);
      setOwn({});
    },
    names,
    setNames: (change: OwnNames) => setOwn((before) => ({ ...before, ...change })),
    language,
    chooseLanguage: async (chosen: Language) => {
      const kept = await commands.chooseLanguage(chosen);
      if (!kept.ok) fail(kept.error);
    },
    problem,
    isFinishing,
    finish: (next: '/' | '/import') => finish({ shopName, preset, names, next }),
    /** Sensible defaults: the guessed country, a coffee card, a name to be changed later. */
    skip: () =>
      finish({
        shopName: cleanName(shopName) || t('defaultShopName'),
        preset: FIRST_PRESET,
        names: {
          card: t(`programs:presets.${FIRST_PRESET.key}.name`),
          finalReward: t(`programs:presets.${FIRST_PRESET.key}.finalReward`),
          milestoneReward: t(`programs:presets.${FIRST_PRESET.key}.milestoneReward`),
        },
        next: '/',
      }),
  };
}

export type Setup = ReturnType<typeof useSetup>;
