import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Theme = 'light' | 'dark';

const source = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...source.matchAll(/--([a-z\d-]+):\s*light-dark\((#[\da-f]{6}),\s*(#[\da-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

function colour(name: string, theme: Theme): string {
  const token = tokens.get(name);
  if (!token) throw new Error(`tokens.css has no colour --${name}`);
  return token[theme];
}

// https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(first: string, second: string): number {
  const lighter = Math.max(luminance(first), luminance(second));
  const darker = Math.min(luminance(first), luminance(second));
  return (lighter + 0.05) / (darker + 0.05);
}

const surfaces = ['paper', 'surface', 'surface-raised', 'surface-sunken', 'surface-hover'];
const texts = ['ink', 'ink-soft', 'ink-faint', 'accent-text', 'danger-text'];

const textPairs: readonly (readonly [text: string, background: string])[] = [
  ...texts.flatMap((text) => surfaces.map((surface) => [text, surface] as const)),
  ['ink', 'surface-pressed'],
  ['ink-soft', 'surface-pressed'],
  ['accent-text', 'surface-pressed'],
  ...['accent', 'accent-hover', 'accent-pressed'].map((fill) => ['on-accent', fill] as const),
  ...['danger', 'danger-hover', 'danger-pressed'].map((fill) => ['on-danger', fill] as const),
  ...['reward', 'reward-hover', 'reward-pressed'].map((fill) => ['on-reward', fill] as const),
  ['on-accent-soft', 'accent-soft'],
  ['on-reward-soft', 'reward-soft'],
  ['on-danger-soft', 'danger-soft'],
  ['on-warning-soft', 'warning-soft'],
  ['on-success-soft', 'success-soft'],
  ['on-info-soft', 'info-soft'],
  ['on-reward-soft', 'surface'],
];

const controlPairs: readonly (readonly [edge: string, background: string])[] = [
  ...['paper', 'surface', 'surface-raised', 'surface-sunken', 'surface-hover'].map(
    (surface) => ['line-strong', surface] as const,
  ),
  ...['paper', 'surface', 'surface-raised', 'surface-sunken', 'surface-hover'].map(
    (surface) => ['focus', surface] as const,
  ),
  ...['paper', 'surface', 'surface-raised', 'surface-sunken'].map((surface) => ['accent', surface] as const),
  ...['paper', 'surface'].map((surface) => ['danger', surface] as const),
  ...['surface', 'stamp-hole'].map((surface) => ['stamp-edge', surface] as const),
  ...['surface', 'surface-raised', 'reward-soft'].map((surface) => ['reward-edge', surface] as const),
  ['accent', 'stamp-hole'],
  ['accent-text', 'accent-soft'],
];

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  test.each(textPairs)('text --%s on --%s reaches 4.5:1', (text, background) => {
    expect(contrast(colour(text, theme), colour(background, theme))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(controlPairs)('--%s stands out from --%s by 3:1', (edge, background) => {
    expect(contrast(colour(edge, theme), colour(background, theme))).toBeGreaterThanOrEqual(3);
  });
});

test('every pair of a fill and its text is checked', () => {
  const checked = new Set(textPairs.flat());
  const fills = [...tokens.keys()].filter((name) => name.startsWith('on-') || name.endsWith('-text'));
  expect(fills.filter((name) => !checked.has(name))).toEqual([]);
});
