export type Theme = 'light' | 'dark' | 'contrast';

/** The themes a walk is taken in: one, or with `QUAYSIDE_THEMES=all` each. How they differ is for the eye to judge. */
export function themesOf(usual: Theme): readonly Theme[] {
  return process.env['QUAYSIDE_THEMES'] === 'all' ? ['light', 'dark', 'contrast'] : [usual];
}
