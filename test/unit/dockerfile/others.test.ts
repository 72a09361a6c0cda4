import { describe, expect, test } from 'vitest';
import { complete } from '../../../src/dockerfile/completion/complete';
import { remoteItems } from '../../../src/dockerfile/completion/images';
import { parseModel } from '../../../src/dockerfile/model/model';
import { doneElsewhere, saidElsewhere, type Installed } from '../../../src/dockerfile/others';
import { ruleInfo } from '../../../src/dockerfile/rules/catalog';

const only =
  (...ids: string[]): Installed =>
  (id) =>
    ids.includes(id);

describe('what another extension says', () => {
  const silent = (rule: string, ...ids: string[]): boolean =>
    saidElsewhere('auto', only(...ids))(rule, ruleInfo(rule));

  test.each([
    ['StageNameCasing', 'docker.docker', true],
    ['unknown-flag', 'docker.docker', false],
    ['DL3008', 'docker.docker', false],
    ['MaintainerDeprecated', 'ms-azuretools.vscode-docker', true],
    ['MaintainerDeprecated', 'ms-azuretools.vscode-containers', true],
    ['UndefinedVar', 'ms-azuretools.vscode-containers', false],
    ['mount', 'ms-azuretools.vscode-containers', false],
    ['DL3008', 'exiasr.hadolint', true],
    ['DuplicateStageName', 'exiasr.hadolint', true],
    ['ReservedStageName', 'exiasr.hadolint', false],
    ['UndefinedVar', 'exiasr.hadolint', false],
    ['UndefinedVar', 'wharflab.tally', true],
    ['unclosed-heredoc', 'wharflab.tally', false],
    ['UndefinedVar', 'somebody.else', false],
  ])('%s beside %s', (rule, id, expected) => expect(silent(rule, id)).toBe(expected));

  test('two of them together', () => {
    expect(silent('DL3008', 'docker.docker', 'exiasr.hadolint')).toBe(true);
    expect(silent('unclosed-heredoc', 'docker.docker', 'exiasr.hadolint')).toBe(false);
  });

  test('where the setting says on, everything is said here', () => {
    const says = saidElsewhere('on', only('docker.docker', 'wharflab.tally'));
    expect(says('StageNameCasing', ruleInfo('StageNameCasing'))).toBe(false);
  });
});

describe('what another extension does', () => {
  test.each([
    ['ms-azuretools.vscode-docker', true, true],
    ['ms-azuretools.vscode-containers', true, true],
    ['docker.docker', true, true],
    ['wharflab.tally', false, true],
    ['foxundermoon.shell-format', false, true],
    ['exiasr.hadolint', false, false],
  ])('%s', (id, serves, formats) => {
    expect(doneElsewhere('auto', 'serves', only(id))).toBe(serves);
    expect(doneElsewhere('auto', 'formats', only(id))).toBe(formats);
    expect(doneElsewhere('on', 'serves', only(id))).toBe(false);
    expect(doneElsewhere('on', 'formats', only(id))).toBe(false);
  });
});

describe('what its server offers too', () => {
  const offered = (marked: string): { common: string[]; own: string[] } => {
    const offset = marked.indexOf('|');
    const { items } = complete(parseModel(marked.replace('|', '')), offset);
    const labels = (wanted: boolean): string[] =>
      items.filter(({ common }) => (common ?? false) === wanted).map(({ label }) => label);
    return { common: labels(true), own: labels(false) };
  };

  test.each([
    ['FROM a\n|', ['RUN', 'COPY'], ['FROM: Go']],
    ['FROM --|', ['--platform'], []],
    ['FROM a\nCOPY --|', ['--from', '--chown'], ['--chmod', '--link']],
    ['FROM a\nRUN --|', [], ['--mount']],
    ['FROM a\nHEALTHCHECK --|', ['--interval'], []],
    ['FROM a AS b\nFROM c\nCOPY --from=|', ['b'], []],
    ['FROM a AS b\nFROM |', [], ['b', 'scratch']],
    ['FROM a AS b\nFROM c\nRUN --mount=from=|', [], ['b']],
    ['FROM a AS b\nENV UP=1\nFROM b\nENV OWN=1\nARG ONE=1\nARG X=1 Y=2\nRUN echo $|', ['OWN', 'ONE', 'HTTP_PROXY'], ['UP', 'X', 'Y']],
    ['#|', ['escape=`'], ['check=skip=', 'syntax=docker/dockerfile:1']],
  ])('%j', (marked, common, own) => {
    const found = offered(marked);
    expect(found.common).toEqual(expect.arrayContaining(common));
    expect(found.own).toEqual(expect.arrayContaining(own));
  }); // prettier-ignore

  test('tags of Docker Hub, not those of other registries', () => {
    const want = { kind: 'images', span: { start: 0, end: 0 }, text: 'a:' } as const;
    const tags = { names: [], tags: ['1'] };
    expect(remoteItems(want, tags, [], 'Docker Hub').map(({ common }) => common)).toEqual([true]);
    expect(remoteItems(want, tags, [], 'ghcr.io').map(({ common }) => common)).toEqual([false]);
  });
});
