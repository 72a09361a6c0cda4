export type Severity = 'error' | 'warning' | 'information' | 'hint' | 'off';

export interface RuleInfo {
  readonly kind: 'buildkit' | 'hadolint' | 'syntax';
  readonly severity: Severity;
  /** Where it is explained. */
  readonly url: string;
  readonly tag?: 'deprecated' | 'unnecessary';
  /** Rules of hadolint that say the same. */
  readonly aliases: readonly string[];
}

type Row = readonly [name: string, severity?: Severity, aliases?: string, tag?: 'deprecated' | 'unnecessary'];

const buildkit: readonly Row[] = [
  ['StageNameCasing'],
  ['FromAsCasing'],
  ['NoEmptyContinuation'],
  ['ConsistentInstructionCasing'],
  ['DuplicateStageName', 'warning', 'DL3024'],
  ['ReservedStageName', 'warning', 'DL3063'],
  ['JSONArgsRecommended', 'warning', 'DL3025'],
  ['MaintainerDeprecated', 'warning', 'DL4000', 'deprecated'],
  ['UndefinedArgInFrom'],
  ['WorkdirRelativePath', 'warning', 'DL3000'],
  ['UndefinedVar'],
  ['MultipleInstructionsDisallowed', 'warning', 'DL4003 DL4004 DL3012', 'unnecessary'],
  ['LegacyKeyValueFormat', 'warning', '', 'deprecated'],
  ['InvalidBaseImagePlatform'],
  ['RedundantTargetPlatform', 'warning', '', 'unnecessary'],
  ['SecretsUsedInArgOrEnv', 'warning', 'DL3064'],
  ['InvalidDefaultArgInFrom'],
  ['FromPlatformFlagConstDisallowed', 'warning', 'DL3029'],
  ['CopyIgnoredFile'],
  ['InvalidDefinitionDescription'],
  ['ExposeProtoCasing'],
  ['ExposeInvalidFormat'],
];

/** Those that many files break on purpose are hints. */
const hadolint: readonly Row[] = [
  ['DL3001', 'hint'], ['DL3002', 'warning'], ['DL3003', 'hint'], ['DL3004', 'warning'], ['DL3006', 'warning'],
  ['DL3007', 'warning'], ['DL3008', 'hint'], ['DL3009', 'information'], ['DL3010', 'information'], ['DL3013', 'hint'],
  ['DL3014', 'warning'], ['DL3015', 'hint'], ['DL3016', 'hint'], ['DL3018', 'hint'], ['DL3019', 'information'],
  ['DL3020', 'warning'], ['DL3021', 'warning'], ['DL3022', 'information'], ['DL3025', 'hint'], ['DL3026', 'warning'],
  ['DL3027', 'warning'], ['DL3028', 'hint'], ['DL3030', 'warning'], ['DL3032', 'information'], ['DL3033', 'hint'],
  ['DL3034', 'warning'], ['DL3036', 'information'], ['DL3037', 'hint'], ['DL3038', 'warning'], ['DL3040', 'information'],
  ['DL3041', 'hint'], ['DL3042', 'information'], ['DL3044', 'warning'], ['DL3045', 'hint'], ['DL3046', 'warning'],
  ['DL3047', 'hint'], ['DL3048', 'hint'], ['DL3059', 'hint'], ['DL3060', 'information'], ['DL3062', 'hint'],
  ['DL3064', 'warning'], ['DL4001', 'hint'], ['DL4005', 'warning'], ['DL4006', 'information'],
]; // prettier-ignore

/** Own names; most are what the builder refuses. Behind the name: where Docker explains it. */
const syntax: readonly (readonly [name: string, anchor: string, severity?: Severity, aliases?: string])[] = [
  ['no-instructions', 'format', 'information'],
  ['no-stage', 'from', 'error', 'DL3061'],
  ['unknown-instruction', 'overview'],
  ['missing-argument', 'overview'],
  ['missing-name', 'env'],
  ['missing-value', 'env'],
  ['unclosed-quote', 'env'],
  ['unclosed-heredoc', 'here-documents'],
  ['from-form', 'from'],
  ['stage-name', 'from'],
  ['image-reference', 'from'],
  ['unknown-flag', 'overview'],
  ['duplicate-flag', 'overview'],
  ['flag-value', 'overview'],
  ['mount', 'run---mount'],
  ['unknown-stage', 'copy---from'],
  ['circular-stage', 'copy---from', 'error', 'DL3023'],
  ['port', 'expose', 'error', 'DL3011'],
  ['signal', 'stopsignal'],
  ['healthcheck', 'healthcheck'],
  ['modifier', 'environment-replacement'],
  ['onbuild-trigger', 'onbuild', 'error', 'DL3043'],
  ['json-form', 'shell-and-exec-form', 'warning'],
  ['json-array', 'shell-and-exec-form'],
  ['directive', 'parser-directives'],
  ['check-name', 'check', 'warning'],
  ['missing-source', 'copy', 'warning'],
];

const kebab = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '');

const rules = new Map<string, RuleInfo>([
  ...buildkit.map(([name, severity = 'warning', aliases, tag]): [string, RuleInfo] => [
    name,
    {
      kind: 'buildkit',
      severity,
      url: `https://docs.docker.com/reference/build-checks/${kebab(name)}/`,
      aliases: words(aliases),
      tag,
    },
  ]),
  ...hadolint.map(([name, severity = 'warning']): [string, RuleInfo] => [
    name,
    { kind: 'hadolint', severity, url: `https://github.com/hadolint/hadolint/wiki/${name}`, aliases: [] },
  ]),
  ...syntax.map(([name, anchor, severity = 'error', aliases]): [string, RuleInfo] => [
    name,
    {
      kind: 'syntax',
      severity,
      url: `https://docs.docker.com/reference/dockerfile/#${anchor}`,
      aliases: words(aliases),
    },
  ]),
]);

const fallback: RuleInfo = { kind: 'syntax', severity: 'warning', url: '', aliases: [] };

export const ruleInfo = (name: string): RuleInfo => rules.get(name) ?? fallback;

/** The names of all rules, or of those of one kind. */
export const ruleNames = (kind?: RuleInfo['kind']): string[] =>
  [...rules].filter(([, info]) => kind === undefined || info.kind === kind).map(([name]) => name);
