import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { cleanName } from '#shared/domain/person-name.ts';
import { listCountries } from '#shared/domain/phone-number.ts';
import type { PresetKey } from '#shared/domain/presets.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { currencyOfCountry } from '#shared/lib/currency-of-country.ts';
import type { StorageProblem } from '#renderer/data/storage-problem.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import type { Country } from '#renderer/i18n/country-options.ts';
import { languageFor, type Language } from '#renderer/i18n/i18n.ts';
import { makeNamedPreset } from '#renderer/i18n/preset-names.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { cleanNames, withOwnNames, type OwnNames } from './preset-draft.ts';
import { guessCountry } from './setup-guess-country.ts';
import { createSetupCommands, type SetupFailure } from './setup.commands.ts';

const FIRST_PRESET: PresetKey = 'coffee';
/** Where nobody has said where the shop is. */
const ANY_COUNTRY: Country = 'US';

export type SetupProblem = 'store' | StorageProblem;

/** The first run's answers and what they would make. Nothing is written before the end but the language. */
export function useSetup() {
  const { t, i18n } = useTranslation('setup');
  const { t: tRules } = useTranslation('rules');
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
  const [presetKey, setPresetKey] = useState<PresetKey>(FIRST_PRESET);
  const [own, setOwn] = useState<OwnNames>({});
  const [isFinishing, setFinishing] = useState(false);
  const [problem, setProblem] = useState<SetupProblem>();

  const language = languageFor(i18n.language);
  const makeProgram = (key: PresetKey) =>
    makeNamedPreset(tRules, {
      key,
      id: minted.program,
      currency: currencyOfCountry(country ?? ANY_COUNTRY),
    });
  const draft = withOwnNames(makeProgram(presetKey), own);

  const fail = (failure: SetupFailure) => {
    log.error('setup-failed', { code: failure.code });
    setProblem(failure.code === 'storage' ? failure.problem : 'store');
  };

  const finish = async (request: {
    readonly shopName: string;
    readonly preset: PresetKey;
    readonly program: ProgramDefinition;
    readonly next: '/' | '/import';
  }) => {
    if (isFinishing) return;
    setFinishing(true);
    setProblem(undefined);
    const finished = await commands.finish({
      ids: minted,
      shop: { name: cleanName(request.shopName), country: country ?? ANY_COUNTRY, language },
      program: cleanNames(request.program),
    });
    if (!finished.ok) {
      setFinishing(false);
      return fail(finished.error);
    }
    log.info('set-up', { preset: request.preset });
    await navigate(request.next, { replace: true });
  };

  return {
    shopName,
    setShopName,
    country,
    setCountry,
    presetKey,
    /** Another preset brings its own names. */
    choosePreset: (key: PresetKey) => {
      setPresetKey(key);
      setOwn({});
    },
    /** What would be published now, half typed names and all. */
    draft,
    makeProgram,
    setProgramName: (program: string) => setOwn((before) => ({ ...before, program })),
    setRewardName: (id: string, name: string) =>
      setOwn((before) => ({ ...before, rewards: { ...before.rewards, [id]: name } })),
    language,
    chooseLanguage: async (chosen: Language) => {
      const kept = await commands.chooseLanguage(chosen);
      if (!kept.ok) fail(kept.error);
    },
    problem,
    isFinishing,
    finish: (next: '/' | '/import') => finish({ shopName, preset: presetKey, program: draft, next }),
    /** Sensible defaults: the guessed country, a coffee card, a name to be changed later. */
    skip: () =>
      finish({
        shopName: cleanName(shopName) || t('defaultShopName'),
        preset: FIRST_PRESET,
        program: makeProgram(FIRST_PRESET),
        next: '/',
      }),
  };
}

export type Setup = ReturnType<typeof useSetup>;
