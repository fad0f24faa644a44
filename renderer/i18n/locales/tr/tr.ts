import { common } from './everywhere.ts';
import { counterTexts as counter } from './counter.ts';
import { dayTexts as day } from './day.ts';
import { diagnosticsTexts as diagnostics } from './diagnostics.ts';
import { historyTexts as history } from './history.ts';
import { importTexts } from './import.ts';
import { membersTexts as members } from './members.ts';
import { programsTexts as programs } from './programs.ts';
import { rulesTexts as rules } from './rules.ts';
import { settingsTexts as settings } from './settings.ts';
import { setupTexts as setup } from './setup.ts';
import { syncTexts as sync } from './sync.ts';
import { whatIfTexts } from './what-if.ts';

/** Every text of this language, by namespace. */
export const tr = {
  common,
  counter,
  day,
  diagnostics,
  history,
  import: importTexts,
  members,
  programs,
  rules,
  settings,
  setup,
  sync,
  'what-if': whatIfTexts,
};
