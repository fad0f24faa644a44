import type { TFunction } from 'i18next';
import { makePreset, type PresetKey, type PresetRequest } from '#shared/domain/presets.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';

/** A preset with its parts called in the owner's language; the owner may change every name. */
export function makeNamedPreset(
  t: TFunction<'rules'>,
  request: Pick<PresetRequest, 'key' | 'id' | 'currency'>,
): ProgramDefinition {
  const names: unknown = t(`preset.${request.key}.names`, { returnObjects: true });
  // The texts are held against what each preset needs in preset-names.test.ts.
  return makePreset({ ...request, names } as PresetRequest);
}

export const presetTitle = (t: TFunction<'rules'>, key: PresetKey): string => t(`preset.${key}.title`);

/** One line of what it does. */
export const presetSummary = (t: TFunction<'rules'>, key: PresetKey): string => t(`preset.${key}.summary`);
